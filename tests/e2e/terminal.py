"""A person at a terminal: runs a program in a pty, looks at its screen and presses keys."""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Self

import pyte

from tests.patience import PATIENCE_S

KEYS = {
    "enter": b"\r",
    "esc": b"\x1b",
    "tab": b"\t",
    "shift+tab": b"\x1b[Z",
    "space": b" ",
    "backspace": b"\x7f",
    "delete": b"\x1b[3~",
    "insert": b"\x1b[2~",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "pageup": b"\x1b[5~",
    "pagedown": b"\x1b[6~",
    **{f"f{n}": b"\x1bO" + bytes([0x4F + n]) for n in range(1, 5)},
    **{f"f{n}": b"\x1b[%d~" % code for n, code in zip(range(5, 13), (15, 17, 18, 19, 20, 21, 23, 24), strict=True)},
    **{f"ctrl+{chr(code)}": bytes([code - 96]) for code in range(ord("a"), ord("z") + 1)},
}

# What pyte would misread: private sequences, mode questions, cursor shapes, window operations and strings.
_UNKNOWN_TO_PYTE = re.compile(
    rb"\x1b\[[<=>][0-9;:]*[ -/]*[@-~]|\x1b\[\??[0-9;:]*[ -/][@-~]|\x1b\[[0-9;]*t"
    rb"|\x1b[P_^X][^\x1b]*\x1b\\|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
)
# Half a sequence, and half a frame: what is sent as one is shown when it is whole, as terminals of today do it.
_UNFINISHED = re.compile(
    rb"\x1b\[\?2026h(?!.*\x1b\[\?2026l).*\Z|\x1b(?:[P_^X\]][^\x07\x1b]*\x1b?|\[[<=>?0-9;: -/]*)?\Z", re.DOTALL
)
# The questions a program may ask, answered as a plain xterm does: mode 2048 unknown, no kitty keyboard; but 2026 known.
_ANSWERS: Sequence[tuple[re.Pattern[bytes], Callable[[re.Match[bytes]], bytes]]] = (
    (re.compile(rb"\x1b\[\?2026\$p"), lambda _: b"\x1b[?2026;2$y"),
    (re.compile(rb"\x1b\[(\??)(?!2026)(\d+)\$p"), lambda asked: b"\x1b[%s%s;0$y" % (asked[1], asked[2])),
    (re.compile(rb"\x1b\[0?c"), lambda _: b"\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c"),
    (re.compile(rb"\x1b\[>0?c"), lambda _: b"\x1b[>41;379;0c"),
    (re.compile(rb"\x1b\[5n"), lambda _: b"\x1b[0n"),
    (re.compile(rb"\x1b\[6n"), lambda _: b"\x1b[1;1R"),
)


class _Screen(pyte.Screen):
    """pyte's screen that leaves questions to the terminal and clears on the way into and out of the other screen."""

    def report_device_status(self, *_: object, **__: object) -> None:
        pass

    def report_device_attributes(self, *_: object, **__: object) -> None:
        pass

    def set_mode(self, *modes: int, **options: bool) -> None:
        self._clear_on_switch(modes, options)
        super().set_mode(*modes, **options)

    def reset_mode(self, *modes: int, **options: bool) -> None:
        self._clear_on_switch(modes, options)
        super().reset_mode(*modes, **options)

    def _clear_on_switch(self, modes: tuple[int, ...], options: dict[str, bool]) -> None:
        if options.get("private") and 1049 in modes:
            self.erase_in_display(2)


class Terminal:
    """A program in a pty of `cols` by `rows`, and the screen a person would see; use it in a `with` statement.

    The program gets a bare environment (PATH, HOME, LANG, TERM) plus `env`.
    """

    def __init__(
        self,
        command: Sequence[str],
        cols: int = 80,
        rows: int = 24,
        env: Mapping[str, str] | None = None,
        cwd: str | os.PathLike[str] | None = None,
    ) -> None:
        self.output = bytearray()
        """Every byte the program has sent."""
        self._screen = _Screen(cols, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._unfed = b""
        self._master, slave = os.openpty()
        self._open = True
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))
        inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        self.process = subprocess.Popen(
            [sys.executable, "-c", _BECOME_LEADER, *command],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            env={**inherited, "LANG": "C.UTF-8", "TERM": "xterm-256color", **(env or {})},
            cwd=cwd,
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.hang_up()

    @property
    def screen(self) -> list[str]:
        """The lines on the screen, without the blanks at their ends."""
        # Not pyte's `display`: it fails on a wide character that was overwritten by halves.
        screen = self._screen
        return ["".join(screen.buffer[y][x].data for x in range(screen.columns)).rstrip() for y in range(screen.lines)]

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.screen)

    def wait_for(
        self,
        wanted: str | re.Pattern[str],
        timeout: float = PATIENCE_S,
        meanwhile: Callable[[], object] = lambda: None,
    ) -> str:
        """Read until the text or pattern is on the screen; returns the screen, or fails showing it.

        `meanwhile` is done each time nothing has come for half a second.
        """
        return self._wait_until(lambda: _find(wanted, self.text), f"never saw {wanted!r}", timeout, meanwhile)

    def wait_gone(self, unwanted: str | re.Pattern[str], timeout: float = PATIENCE_S) -> str:
        """Read until the text or pattern is no longer on the screen; returns the screen, or fails showing it."""
        return self._wait_until(lambda: not _find(unwanted, self.text), f"still saw {unwanted!r}", timeout)

    def wait_exit(self, timeout: float = PATIENCE_S) -> int:
        """Read until the program has ended; returns its exit code, negative for the signal that killed it."""
        deadline = time.monotonic() + timeout
        while self._open and self.process.poll() is None:
            self._fail_after(deadline, "the program did not end")
            self._read(0.05)
        self.process.wait(timeout)
        self._read_rest()
        return self.process.returncode

    def wait_stopped(self, timeout: float = PATIENCE_S) -> None:
        """Read until the program is stopped, as job control does it."""
        deadline = time.monotonic() + timeout
        while os.waitid(os.P_PID, self.process.pid, os.WSTOPPED | os.WNOHANG) is None:
            self._fail_after(deadline, "the program did not stop")
            self._read(0.05)
        self._read_rest()

    def press(self, *keys: str) -> None:
        """Press keys by name (enter, esc, f2, ctrl+s, down) or as single characters, each in a write of its own."""
        for key in keys:
            self.write(KEYS[key] if key in KEYS else key.encode())

    def type(self, text: str) -> None:
        """Type text, all of it in one write."""
        self.write(text.encode())

    def paste(self, text: str) -> None:
        """Paste text the way a terminal does when the program asked for bracketed pastes."""
        self.write(b"\x1b[200~" + text.encode() + b"\x1b[201~")

    def write(self, data: bytes) -> None:
        """Send bytes in one write; reads meanwhile what the program answers, so that neither side blocks."""
        while data:
            _, writable, _ = select.select([], [self._master], [], 0.0)
            if writable:
                data = data[os.write(self._master, data[:4096]) :]
            else:
                self._read(0.01)

    def resize(self, cols: int, rows: int) -> None:
        """Change the size of the terminal window."""
        self._screen.resize(rows, cols)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """Close the terminal window."""
        if self._open:
            self._open = False
            os.close(self._master)

    def _wait_until(
        self, met: Callable[[], bool], complaint: str, timeout: float, meanwhile: Callable[[], object] = lambda: None
    ) -> str:
        deadline = time.monotonic() + timeout
        while not met():
            self._fail_after(deadline, complaint)
            if self._read(0.5):
                continue
            meanwhile()
            if self.process.poll() is not None and not self._read(0.0):
                if met():
                    break
                raise AssertionError(f"{complaint}; the program ended with {self.process.returncode}:\n{self.text}")
        return self.text

    def _fail_after(self, deadline: float, complaint: str) -> None:
        if time.monotonic() > deadline:
            raise AssertionError(f"{complaint}; the screen was:\n{self.text}")

    def _read_rest(self) -> None:
        """Read what was written before the program ended or stopped."""
        while self._open and self._read(0.0):
            pass

    def _read(self, timeout: float) -> bool:
        """Take in what the program has sent; `False` when nothing came in `timeout` seconds."""
        readable, _, _ = select.select([self._master], [], [], timeout)
        if not readable:
            return False
        try:
            data = os.read(self._master, 65_536)
        except OSError:  # EIO: the program has closed its side
            data = b""
        self.output += data
        self._show(data)
        return bool(data)

    def _show(self, data: bytes) -> None:
        data = self._unfed + data
        unfinished = _UNFINISHED.search(data)
        cut = unfinished.start() if unfinished else len(data)
        data, self._unfed = data[:cut], data[cut:]
        for question, answer in _ANSWERS:
            for asked in question.finditer(data):
                os.write(self._master, answer(asked))
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", data))


def _find(wanted: str | re.Pattern[str], text: str) -> bool:
    return wanted in text if isinstance(wanted, str) else wanted.search(text) is not None


# The pty becomes the controlling terminal of the program's session, as a login does it: closing it sends SIGHUP.
_BECOME_LEADER = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execvp(sys.argv[1], sys.argv[1:])"
)
