"""Only text passes the guard."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.color import Color
from textual.widgets import Static

from tuitrack.tui.base_app import KeyedApp
from tuitrack.tui.guard import ControlGuard, harmless

HARMFUL = {
    "clear screen": "a\x1b[2Jb",
    "clipboard": "a\x1b]52;c;cHduZWQ=\x07b",
    "title": "a\x1b]0;OWNED\x1b\\b",
    "one-byte sequence": "a\x9b2Jb",
    "bell and null": "a\x07\x00\x7fb",
    "right to left override": "a\u202egpj.exe\u202cb",
    "isolate": "a\u2066x\u2069b",
    "tags": "a\U000e0041\U000e007fb",
    "zero width": "a\u200b\ufeff\u2060b",
    "line separators": "a\u2028\u2029b",
    "lone surrogate": "a\ud800b",
}
PART_OF_THE_TEXT = ["e\u0301", "می\u200cخواهم", "👩\u200d💻", "❤\ufe0f", "Zorić", "日本", "שלום\u200f"]


def guarded(text: str) -> str:
    """What the guard lets through of one segment."""
    return ControlGuard().apply([Segment(text)], Color(0, 0, 0))[0].text


@pytest.mark.parametrize("text", HARMFUL.values(), ids=HARMFUL.keys())
def test_what_acts_on_a_terminal_is_taken_out(text: str) -> None:
    left = guarded(text)
    assert left.startswith("a")
    assert left.endswith("b")
    assert all(unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} for character in left)
    assert left == harmless(text)


@pytest.mark.parametrize("text", PART_OF_THE_TEXT)
def test_what_belongs_to_a_word_stays(text: str) -> None:
    assert guarded(text) == text
    assert harmless(text) == text


@given(st.text(st.characters(exclude_categories=[])))
def test_no_text_gets_a_control_past_the_guard(text: str) -> None:
    assert not {unicodedata.category(character) for character in guarded(text)} & {"Cc", "Cs"}


def test_line_ends_of_a_text_become_one_kind_and_a_tab_stays() -> None:
    assert harmless("a\r\nb\rc\nd\te") == "a\nb\nc\nd\te"


def test_our_own_controls_and_styles_stay() -> None:
    segments = [Segment("plain"), Segment("x\x1by")]
    assert ControlGuard().apply(segments[:1], Color(0, 0, 0)) == segments[:1]
    assert [segment.text for segment in ControlGuard().apply(segments, Color(0, 0, 0))] == ["plain", "xy"]


class Shown(App[None]):
    """One line of hostile text."""

    def compose(self) -> ComposeResult:
        yield Static("a\x1b[2Jb", markup=False)


async def drawn(app: App[None]) -> str:
    """What an app draws, as far as it goes through its filters."""
    async with app.run_test() as pilot:
        await pilot.pause()
        return "".join(segment.text for strip in app.screen._compositor.render_strips() for segment in strip)


async def test_the_app_draws_through_the_guard() -> None:
    class Guarded(KeyedApp, Shown):
        pass

    assert "a\x1b[2Jb" in await drawn(Shown()), "Textual filters by itself now: the guard may go"
    assert "a[2Jb" in await drawn(Guarded())
