"""Tells by a look at the file system alone whether a database file may have been written to."""

from __future__ import annotations

import os
import time
from pathlib import Path

_SETTLED_AFTER_NS = 5_000_000_000
"""How long after the last write it is looked again: a transaction is seen only once the disk has it, and two writes
within one tick of the clock leave the same time behind."""

Stamp = tuple[tuple[int, int] | None, ...]


class FileWatch:
    """Compares times and sizes of a database file and of its write-ahead log with those of the last look.

    It opens neither: closing a file of the database would give up the locks that this process has on it.
    """

    def __init__(self, database: Path) -> None:
        self._files = (os.fspath(database), f"{database}-wal")
        self._seen: Stamp | None = None
        self.moved()

    def moved(self) -> bool:
        """Whether anybody, this program too, may have stored something since the last look; it may say so in vain."""
        found = tuple(map(_stamp, self._files))
        moved = found != self._seen
        now = time.time_ns()
        is_fresh = any(stamp is not None and abs(now - stamp[0]) < _SETTLED_AFTER_NS for stamp in found)
        self._seen = None if is_fresh else found
        return moved


def _stamp(file: str) -> tuple[int, int] | None:
    """When a file was last written to in nanoseconds, and its size in bytes; None where there is none."""
    try:
        found = os.stat(file)
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size
