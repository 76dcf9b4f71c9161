"""Bytes of a terminal become keys and pastes, whatever they are."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from tuitrack.tui.driver import ESCAPE_DELAY_S, PASTE_SILENCE_S, InputReader, PasteSplitter, SafeDriver


def told(messages: list[Message]) -> list[str]:
    """Messages in short: a key by its name, a paste as <text>."""
    return [
        f"<{message.text}>" if isinstance(message, events.Paste) else message.key
        for message in messages
        if isinstance(message, events.Key | events.Paste)
    ]


def read(*chunks: bytes) -> list[str]:
    """What the reader makes of reads that follow each other at once, and of the silence after them."""
    reader = InputReader()
    messages = [message for chunk in chunks for message in reader.feed(chunk)]
    while reader.patience_s is not None:
        messages += reader.expire()
    return told(messages)


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (b"ab\r", ["a", "b", "enter"]),
        (b"\x1b[A\x1bOP\x13", ["up", "f1", "ctrl+s"]),
        ("žđ日".encode(), ["ž", "đ", "日"]),
        (b"\x1b[57349;1;97u", ["a"]),
        (b"\x1b", ["escape"]),
        (b"x\x1b", ["x", "escape"]),
        (b"\x1bg\x1b/z\x1b\r\x1b1", ["escape", "g", "escape", "slash", "z", "escape", "enter", "escape", "1"]),
        (b"\x1b\x1b[B\x1bb", ["escape", "down", "ctrl+left"]),
        (b"\x1b\x1b", ["escape", "escape"]),
        (b"\x1b]", ["escape", "right_square_bracket"]),
        (b"\x1b[j", ["escape", "left_square_bracket", "j"]),
        (b"\x1bO", ["escape", "O"]),
        (b"\x1bP\x1b\x1b]\r", ["escape", "P", "escape", "escape", "right_square_bracket", "enter"]),
    ],
)
def test_keys_are_read(data: bytes, keys: list[str]) -> None:
    assert read(data) == keys


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (b"abc\xe9def", ["a", "b", "c", "replacement_character", "d", "e", "f"]),
        (b"a\x1b[99999999;1ub", ["a", "b"]),
        (b"a\x1b[48;0;0;0;0tb", ["a", "b"]),
        (b"a\x1b[<0;10;10M\x1b[<0;10;10mb", ["a", "b"]),
        (b"a\x1b[I\x1b[Ob", ["a", "b"]),
        (b"a\x1b[12;40Rb", ["a", "b"]),
    ],
    ids=["not UTF-8", "no such character", "size of zero", "mouse", "focus", "cursor position"],
)
def test_nonsense_takes_nothing_with_it(data: bytes, keys: list[str]) -> None:
    assert read(data) == keys


def test_a_letter_split_between_two_reads_arrives_whole() -> None:
    assert read(b"\xc4", b"\x87") == ["ć"]


def test_a_sequence_split_between_two_reads_is_one_key() -> None:
    assert read(b"\x1b", b"[", b"B") == ["down"]


@pytest.mark.parametrize("cut", range(1, len(b"\x1b[200~") + len(b"\x1b[201~") + 4))
def test_a_paste_may_be_cut_anywhere(cut: int) -> None:
    data = b"\x1b[200~abc\x1b[201~"
    assert read(b"x" + data[:cut], data[cut:] + b"y") == ["x", "<abc>", "y"]


def test_sequences_inside_a_paste_leak_no_keys() -> None:
    assert read(b"\x1b[200~x \x1b[31mddd \x1b\x1b[A q\x1b[201~z") == ["<x [31mddd [A q>", "z"]


def test_line_ends_of_a_paste_become_one_kind() -> None:
    assert read(b"\x1b[200~a\rb\r\nc\x1b[201~") == ["<a\nb\nc>"]


def test_joiners_are_typed_as_text() -> None:
    assert read("م\u200cخ".encode()) == ["م", "<\u200c>", "خ"]


def test_a_paste_is_capped() -> None:
    splitter = PasteSplitter(limit=5)
    pieces = [piece for text in ("\x1b[200~abc", "def", "ghi\x1b[201~k") for piece in splitter.split(text)]
    assert [piece.text if isinstance(piece, events.Paste) else piece for piece in pieces] == ["abcde", "k"]


def test_a_paste_that_is_never_closed_gives_the_keyboard_back() -> None:
    reader = InputReader()
    assert not list(reader.feed(b"\x1b[200~lost\x1b[20"))
    assert reader.patience_s == PASTE_SILENCE_S
    assert told(list(reader.expire())) == ["<lost>"]
    assert reader.patience_s is None
    assert told(list(reader.feed(b"k"))) == ["k"]


@pytest.mark.parametrize("pending", [b"\x1b", b"\x1b[", b"\x1b[20", b"\x1bO"])
def test_only_an_unfinished_sequence_asks_for_a_short_wait(pending: bytes) -> None:
    reader = InputReader()
    list(reader.feed(b"abc\x1b[A"))
    assert reader.patience_s is None
    list(reader.feed(pending))
    assert reader.patience_s == ESCAPE_DELAY_S
    list(reader.expire())
    assert reader.patience_s is None


def test_synchronised_output_is_still_offered() -> None:
    (message,) = InputReader().feed(b"\x1b[?2026;2$y")
    assert isinstance(message, TerminalSupportsSynchronizedOutput)


@pytest.mark.parametrize("seed", range(40))
def test_random_bytes_leave_the_keyboard_alive(seed: int) -> None:
    reader = InputReader()
    list(reader.feed(random.Random(seed).randbytes(2000)))
    list(reader.expire())
    assert told(list(reader.feed(b"abc")))[-3:] == ["a", "b", "c"]


@given(st.lists(st.binary(max_size=40), max_size=8))
def test_no_bytes_make_the_reader_raise(chunks: list[bytes]) -> None:
    read(*chunks)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])))
def test_pasted_text_arrives_in_one_piece(text: str) -> None:
    assert len(read(b"\x1b[200~" + text.encode() + b"\x1b[201~")) == 1


def test_the_private_names_used_of_textual_are_there() -> None:
    assert XTermParser()._timeout_time is None
    assert "_query_in_band_window_resize" in vars(LinuxDriver)
    assert "self._file = sys.__stderr__" in _source_of(LinuxDriver.__init__)
    assert "WriterThread(self._file)" in _source_of(LinuxDriver.start_application_mode)
    assert "self._key_thread.join()" in _source_of(LinuxDriver.disable_input)
    assert SafeDriver.run_input_thread is not LinuxDriver.run_input_thread


def _source_of(method: object) -> str:
    import inspect

    return inspect.getsource(method)  # type: ignore[arg-type]
