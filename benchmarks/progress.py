"""A bar on stderr while one waits: one line that is written anew, or a line now and then where it is no terminal."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self, TextIO

_WIDTH = 30
_EVERY_S = {True: 0.2, False: 30.0}
"""How often it tells, on a terminal and elsewhere."""


class Bar:
    """Tells how much of some work is done; use it in a `with` statement."""

    def __init__(self, title: str, total: int, out: TextIO = sys.stderr) -> None:
        self._title = title
        self._total = total
        self._out = out
        self._rewrites = out.isatty()
        self._begun = self._told = time.monotonic()
        self._done = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._tell(time.monotonic(), "\n")

    def show(self, done: int) -> None:
        """Tell that so much is done, unless it was told a moment ago."""
        self._done = done
        now = time.monotonic()
        if now - self._told >= _EVERY_S[self._rewrites]:
            self._told = now
            self._tell(now, "" if self._rewrites else "\n")

    def _tell(self, now: float, end: str) -> None:
        share, seconds = self._done / self._total, now - self._begun
        left = f", {seconds / share - seconds:.0f} s left" if 0 < share < 1 else f" in {seconds:.0f} s"
        filled = round(share * _WIDTH)
        line = f"{self._title} [{'#' * filled}{'.' * (_WIDTH - filled)}] {self._done:,} of {self._total:,}{left}"
        self._out.write(f"\r\x1b[K{line}{end}" if self._rewrites else f"{line}{end}")
        self._out.flush()
