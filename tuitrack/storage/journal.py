"""What is being typed, key by key, in files beside the database: they outlive the program, though not the machine.

Each form of a running program has a file of its own, locked as long as the program lives. It has its full size from
the start, so that a disk which is full by then still takes every key, and two halves that are written by turns, so
that a key which was cut short leaves what stood there before it.
"""

from __future__ import annotations

import fcntl
import json
import os
import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from tempfile import mkstemp
from typing import Any

from tuitrack.domain.errors import StoreFault
from tuitrack.domain.keeping import Draft
from tuitrack.storage.filesystem import private_folder

HALF = 128 * 1024
"""Bytes of what is noted at a time; a form that holds more is kept by the database alone."""
_HEAD = struct.Struct("<II")
_ENDING = ".typed"


class FileJournal:
    """Implements the port `Journal` in a folder, which is made when something is noted."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._noted: dict[str, _Noted] = {}
        # A file is closed on the thread of the database, while the next key may be on its way into it.
        self._turn = threading.Lock()

    def note(self, draft: Draft) -> bool:
        """Keep what stands in a form in place of what was noted before; returns whether it could be."""
        with self._turn:
            try:
                if draft.form not in self._noted:
                    self._noted[draft.form] = _Noted(private_folder(self._folder))
                return self._noted[draft.form].write(draft)
            except (OSError, StoreFault):
                return False

    def drop(self, form: str) -> None:
        """Forget what was noted of a form."""
        with self._turn:
            if (noted := self._noted.pop(form, None)) is not None:
                noted.remove()

    def left_behind(self) -> Iterator[Draft]:
        """What programs had noted that were killed, of any agent; each is forgotten when the next is asked for."""
        names = os.listdir(self._folder) if self._folder.exists() else []
        for name in sorted(names):
            if name.endswith(_ENDING):
                with suppress(OSError):
                    yield from _left_in(self._folder / name)


class _Noted:
    """The file of one form."""

    def __init__(self, folder: Path) -> None:
        self._file, building = mkstemp(dir=folder)
        self._path = Path(building + _ENDING)
        self._number = 0
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX)
            os.posix_fallocate(self._file, 0, 2 * HALF)
            # Only now it has the name by which others find it, for it is locked.
            os.rename(building, self._path)
        except OSError:
            os.unlink(building)
            os.close(self._file)
            raise

    def write(self, draft: Draft) -> bool:
        """Note a draft over the one before the last; returns whether it fits."""
        self._number += 1
        values = asdict(draft) | {"saved_at": draft.saved_at.isoformat(), "number": self._number}
        content = json.dumps(values).encode()
        if len(content) > HALF - _HEAD.size:
            return False
        head = _HEAD.pack(len(content), zlib.crc32(content))
        os.pwrite(self._file, head + content, HALF * (self._number % 2))
        return True

    def remove(self) -> None:
        """Take the file away."""
        with suppress(FileNotFoundError):
            self._path.unlink()
        os.close(self._file)


def _left_in(path: Path) -> Iterator[Draft]:
    """The last draft in the file of a program that is gone, which is removed afterwards; none of one that lives."""
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        halves = [values for _ in range(2) if (values := _read(file.read(HALF))) is not None]
        if halves:
            yield _draft_of(max(halves, key=lambda values: int(values["number"])))
        path.unlink()


def _read(half: bytes) -> dict[str, Any] | None:
    """What stands in a half of a file, None where that was cut short or never written."""
    if len(half) < _HEAD.size:
        return None
    length, checksum = _HEAD.unpack_from(half)
    content = half[_HEAD.size : _HEAD.size + length]
    if not content or zlib.crc32(content) != checksum:
        return None
    values: dict[str, Any] = json.loads(content)
    return values


def _draft_of(values: dict[str, Any]) -> Draft:
    return Draft(
        **{name: value for name, value in values.items() if name in Draft.__dataclass_fields__}
        | {"saved_at": datetime.fromisoformat(values["saved_at"])}
    )
