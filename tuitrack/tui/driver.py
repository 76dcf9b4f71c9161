"""The road from the terminal to the app: an input thread that sleeps until there is input and survives any bytes."""

from __future__ import annotations

import contextvars
import os
import select
import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import IO, Any

from textual import events
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from tuitrack.tui.guard import harmless
from tuitrack.tui.terse import terse

ESCAPE_DELAY_S = 0.025
"""How long an ESC may stay alone before it is the Esc key and not the start of a sequence."""
PASTE_SILENCE_S = 5.0
"""How long a paste that was never closed may keep the keyboard."""
PASTE_LIMIT = 1_000_000
"""Characters kept of one paste; the rest is dropped."""
READ_BYTES = 65_536

# What the parser may answer to bytes that make no sense: numbers out of range, sizes of zero, unfinished sequences.
_PARSER_FAULTS = (ArithmeticError, LookupError, ParseError, RuntimeError, TypeError, ValueError)
# Mouse, focus and cursor reports and resizes told in the input are dropped: no key, no meaning here.
_WANTED = (events.Key, TerminalSupportsSynchronizedOutput)
# What may follow an ESC in a sequence: functions, strings, and word moves that Option with an arrow sends on a Mac.
_SECOND = frozenset("[O]P_^X\\\x7f\tbf")
# Textual takes these for unprintable; Persian words and joined emoji are typed with them.
_JOINERS = ("\u200c", "\u200d")


class PasteSplitter:
    """Takes bracketed pastes out of the input whole, so that nothing inside one is ever read as a key."""

    START = "\x1b[200~"
    END = "\x1b[201~"

    def __init__(self, limit: int = PASTE_LIMIT) -> None:
        self._limit = limit
        self._held = ""
        self._paste: list[str] | None = None
        self._room = limit

    @property
    def in_paste(self) -> bool:
        """Whether a paste was begun and not yet ended."""
        return self._paste is not None

    @property
    def holds(self) -> bool:
        """Whether the last characters are kept back because they could begin a paste."""
        return bool(self._held) and not self.in_paste

    def split(self, text: str) -> Iterator[str | events.Paste]:
        """The input in order: text that is not pasted as `str`, every finished paste as one event."""
        text, self._held = self._held + text, ""
        while text:
            marker = self.END if self.in_paste else self.START
            before, found, text = text.partition(marker)
            if not found:
                before, self._held = _cut_beginning(before, marker)
            if self._paste is None:
                if before:
                    yield before
                if found:
                    self._paste, self._room = [], self._limit
            else:
                self._paste.append(before[: self._room])
                self._room -= len(self._paste[-1])
                if found:
                    yield self._close()

    def flush(self) -> Iterator[str | events.Paste]:
        """What is kept back, given up because nothing followed in time."""
        held, self._held = self._held, ""
        if self.in_paste:
            yield self._close()
        elif held:
            yield held

    def _close(self) -> events.Paste:
        pieces, self._paste = self._paste or [], None
        return events.Paste(harmless("".join(pieces)))


def _cut_beginning(text: str, marker: str) -> tuple[str, str]:
    """`text` without its end where that could begin `marker`, and that end."""
    for length in range(min(len(marker) - 1, len(text)), 0, -1):
        if text.endswith(marker[:length]):
            return text[:-length], text[-length:]
    return text, ""


class InputReader:
    """Bytes of a terminal into the messages an app wants; no byte sequence makes it raise."""

    def __init__(self) -> None:
        self._decoder = getincrementaldecoder("utf-8")(errors="replace")
        self._splitter = PasteSplitter()
        self._parser = XTermParser()
        self._begun = ""

    @property
    def patience_s(self) -> float | None:
        """Seconds of silence after which `expire` is due; `None` when nothing is pending."""
        if self._splitter.in_paste:
            return PASTE_SILENCE_S
        return ESCAPE_DELAY_S if self._splitter.holds or self._waits else None

    @property
    def _waits(self) -> bool:
        """Whether the parser waits for the rest of a sequence, which it tells only by this private name."""
        return self._parser._timeout_time is not None

    def feed(self, data: bytes) -> Iterator[Message]:
        """The messages that `data` completes."""
        return self._read(self._splitter.split(self._decoder.decode(data)))

    def expire(self) -> Iterator[Message]:
        """The messages that silence completes: a lone ESC, half a sequence, a paste that nobody closed."""
        yield from self._read(self._splitter.flush())
        yield from self._end_waiting()

    def _read(self, pieces: Iterator[str | events.Paste]) -> Iterator[Message]:
        for piece in pieces:
            if isinstance(piece, events.Paste):
                yield piece
                continue
            # One at a time, so that a sequence the parser chokes on takes nothing with it.
            for character in piece:
                # Esc with the next key typed ahead, not Alt, which no command has; nor does a sequence hold an Esc.
                if character == "\x1b" or (self._begun == "\x1b" and character not in _SECOND):
                    yield from self._end_waiting()
                yield from self._wanted(self._parser.feed(character))
                self._begun = self._begun + character if self._waits else ""

    def _end_waiting(self) -> Iterator[Message]:
        """The keys behind a sequence that was begun and never came: Esc, and what was typed after it in one burst."""
        begun, self._begun = self._begun, ""
        if not begun:
            return
        if begun == "\x1b":
            self._parser._timeout_time = 0.0
            yield from self._wanted(self._parser.tick())
            return
        # The parser would lose the Esc: what follows it is read anew.
        self._parser = XTermParser()
        yield events.Key("escape", begun[0])
        yield from self._read(iter([begun[1:]]))

    def _wanted(self, messages: Any) -> Iterator[Message]:
        try:
            for message in messages:
                if isinstance(message, events.Key) and message.character in _JOINERS:
                    yield events.Paste(message.character)
                elif isinstance(message, _WANTED):
                    yield message
        except _PARSER_FAULTS:
            self._parser = XTermParser()


class TerminalOutput:
    """The terminal as a file whose writes go nowhere once it is gone, so that leaving never hangs or fails."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> None:
        """Send text to the terminal."""
        try:
            self._file.write(text)
        except OSError:
            self._give_up()

    def flush(self) -> None:
        """Send what is buffered."""
        try:
            self._file.flush()
        except OSError:
            self._give_up()

    def fileno(self) -> int:
        """The file descriptor of the terminal."""
        return self._file.fileno()

    def _give_up(self) -> None:
        # The interpreter flushes again when it ends, and a failure there would change the exit code.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._file.fileno())
        os.close(nowhere)


class SafeDriver(LinuxDriver):
    """Textual's driver with an input thread that never polls, never dies of a byte and tells when the terminal is gone.

    It calls `hang_up()` of the app on the app's own loop, or `exit()` where there is none.
    """

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=False, size=size)
        # The writer thread of the stock driver writes to this private name, and dies when a write fails.
        self._file: Any = TerminalOutput(self._file)
        self._wake_reader, self._wake_writer = os.pipe()
        # The input thread has no context of its own: without the app's, Textual would not know its app there.
        self._app_context = contextvars.copy_context()

    def write(self, data: str) -> None:
        """Send text to the terminal in as few bytes as show it."""
        super().write(terse(data))

    def disable_input(self) -> None:
        """Stop reading the terminal; waits until the input thread has ended."""
        os.write(self._wake_writer, b"!")
        super().disable_input()
        os.read(self._wake_reader, 1)

    def run_input_thread(self) -> None:
        """Sleep until there is input, or until what is pending is due, and pass it on."""
        reader = InputReader()
        sources = [self.fileno, self._wake_reader]
        due: float | None = None
        while True:
            timeout = None if due is None else max(0.0, due - time.monotonic())
            readable, _, _ = select.select(sources, [], [], timeout)
            if self._wake_reader in readable:
                return
            if readable:
                data = self._read_terminal()
                if not data:
                    self._terminal_gone()
                    return
                messages = reader.feed(data)
            else:
                messages = reader.expire()
            self._hand_in(list(messages))
            due = None if (patience := reader.patience_s) is None else time.monotonic() + patience

    def _read_terminal(self) -> bytes:
        try:
            return os.read(self.fileno, READ_BYTES)
        except OSError:
            return b""

    def _hand_in(self, messages: list[Message]) -> None:
        """Post what was read, all of it at once: to wake the app's loop costs more than a key."""

        def post() -> None:
            for message in messages:
                message.set_sender(self._app)
                self._app.post_message(message)

        self._on_loop(post)

    def _terminal_gone(self) -> None:
        self._on_loop(getattr(self._app, "hang_up", self._app.exit))

    def _on_loop(self, work: Callable[[], object]) -> None:
        # The app may have ended in the meantime: a closed loop has nobody left to tell.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(work, context=self._app_context)

    # The size comes from the system's signal alone: a size told in the input can be any number that somebody sent.
    def _query_in_band_window_resize(self) -> None:
        pass
