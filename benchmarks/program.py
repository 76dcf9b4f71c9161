"""A program in a pty, measured from outside: when its bytes come, what they draw, what it costs in time and memory.

Every chunk is stamped as it is read. Only when a program is silent are its chunks drawn on a terminal in memory, to
find the one that made the screen show something; so the emulator's own time is in no figure.
"""

from __future__ import annotations

import fcntl
import os
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.terminal import COLUMNS, ROWS, Terminal

QUIET_S = 0.25
"""Silence after which a program is taken to have answered."""
LIMIT_S = 60.0
"""How long an answer may take to begin."""

CHECKOUT = Path(__file__).parents[1]
_MODE_QUESTION = re.compile(rb"\x1b\[(\??)(\d+)\$p")
# The pty becomes the controlling terminal, so that closing it ends the program; setsid becomes the program itself.
_BECOME_LEADER = ("setsid", "--ctty")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program sent from a moment on."""

    asked_at: float
    before: tuple[str, ...] = ()
    """The lines of the screen at that moment."""
    chunks: list[tuple[float, bytes]] = field(default_factory=list)
    screens: list[tuple[str, ...]] = field(default_factory=list)
    """The lines of the screen after each chunk."""

    @property
    def first_ms(self) -> float:
        """Milliseconds to the first byte."""
        return (self.chunks[0][0] - self.asked_at) * 1000

    @property
    def last_ms(self) -> float:
        """Milliseconds to the last byte."""
        return (self.chunks[-1][0] - self.asked_at) * 1000

    @property
    def size(self) -> int:
        """Bytes sent."""
        return sum(len(data) for _, data in self.chunks)

    def shown_ms(self, text: str) -> float:
        """Milliseconds until the text stood on the screen."""
        for (at, _), lines in zip(self.chunks, self.screens, strict=True):
            if any(text in line for line in lines):
                return (at - self.asked_at) * 1000
        raise RuntimeError(f"{text!r} was never shown")

    def settled_ms(self, lines: slice) -> float | None:
        """Milliseconds until these lines were as they stayed, None where they stayed as they were."""
        settled, seen = None, self.before[lines]
        for (at, _), screen in zip(self.chunks, self.screens, strict=True):
            if screen[lines] != seen:
                settled, seen = (at - self.asked_at) * 1000, screen[lines]
        return settled


class Program:
    """A program in a terminal of 80 by 24; use it in a `with` statement.

    It is ready once the text stands on the screen that it is said to begin with.
    """

    def __init__(self, command: Sequence[str], begins_with: str, env: Mapping[str, str] | None = None) -> None:
        self._begins_with = begins_with
        self._terminal, inside = os.openpty()
        self._shown = Terminal()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        base = {"LANG": "C.UTF-8", "TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONPATH": str(CHECKOUT)}
        self.started_at = time.perf_counter()
        self._process = subprocess.Popen(
            [*_BECOME_LEADER, *command],
            stdin=inside,
            stdout=inside,
            stderr=inside,
            env=kept | base | dict(env or {}),
        )
        os.close(inside)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._terminal)
        self._process.kill()
        self._process.wait()

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands on the screen."""
        return self._shown.lines

    def start(self) -> Answer:
        """What it draws from its start until it is ready and silent."""
        answer = Answer(self.started_at, self.lines)
        self._read(answer, self._begins_with, quiet_s=4 * QUIET_S)
        return answer

    def ready_ms(self, start: Answer) -> float:
        """Milliseconds from its start until it was ready."""
        return start.shown_ms(self._begins_with)

    def press(self, keys: bytes, shows: str = "") -> Answer:
        """What it draws for keys sent in one write, until a text is shown and it is silent.

        What came before is not counted.
        """
        self.watch(0.0)
        answer = Answer(time.perf_counter(), self.lines)
        os.write(self._terminal, keys)
        self._read(answer, shows, quiet_s=QUIET_S)
        return answer

    def watch(self, seconds: float) -> Answer:
        """What it sends in that time by itself."""
        answer = Answer(time.perf_counter(), self.lines)
        end = answer.asked_at + seconds
        while self._take(answer, end - time.perf_counter()):
            pass
        self._draw(answer)
        return answer

    def cpu_ms(self) -> float:
        """Milliseconds of processor time spent so far."""
        # How Linux numbers the clock of another process; /proc counts in hundredths of a second only.
        return time.clock_gettime((~self._process.pid << 3) | 2) * 1000

    def memory_mb(self) -> float:
        """Megabytes of memory, what is shared with other processes counted in parts."""
        found = re.search(
            r"^Pss:\s+(\d+) kB", Path(f"/proc/{self._process.pid}/smaps_rollup").read_text(), re.MULTILINE
        )
        assert found
        return int(found[1]) / 1000

    def _read(self, answer: Answer, shows: str, quiet_s: float) -> None:
        """Add to an answer what comes until a text is shown and then nothing; raises RuntimeError where it never is."""
        while self._take(answer, LIMIT_S):
            while self._take(answer, quiet_s):
                pass
            self._draw(answer)
            if any(shows in line for line in self.lines):
                return
        raise RuntimeError(f"{shows!r} was never shown; the screen was:\n" + "\n".join(self.lines))

    def _take(self, answer: Answer, wait_s: float) -> bool:
        """Add the next chunk to an answer; tell whether one came in time."""
        if not select.select([self._terminal], [], [], max(wait_s, 0.0))[0]:
            return False
        try:
            data = os.read(self._terminal, 65_536)
        except OSError as error:
            last = b"".join(data for _, data in answer.chunks)[-500:].decode(errors="replace")
            raise RuntimeError(f"the program ended; the last it sent was {last!r}") from error
        answer.chunks.append((time.perf_counter(), data))
        for private, mode in _MODE_QUESTION.findall(data):
            os.write(self._terminal, b"\x1b[%s%s;0$y" % (private, mode))
        return True

    def _draw(self, answer: Answer) -> None:
        """Draw what was added to an answer."""
        for _, data in answer.chunks[len(answer.screens) :]:
            self._shown.feed(data)
            answer.screens.append(self.lines)
