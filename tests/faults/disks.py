"""R5: a disk that is full, read-only or broken, and a database that somebody holds: a sentence, and nothing is lost.

The program writes through a file system of its own that refuses what such a disk refuses; a program of another process
holds the database.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw

from tests.e2e.desk import looking_in
from tests.faults.told import Told
from tests.faults.writers import forked, make_desk
from tuitrack.domain.errors import StoreFault
from tuitrack.services.once import stored_once
from tuitrack.storage import database

FAULTS: dict[str, tuple[int | None, str]] = {
    "full disk": (apsw.SQLITE_FULL, "The disk is full: nothing was stored."),
    "read-only disk": (apsw.SQLITE_READONLY, "cannot be written: it is read-only"),
    "broken disk": (apsw.SQLITE_IOERR, "cannot be read or written. Nothing was stored"),
    "held database": (None, "The database is busy"),
}
"""What every write meets, and what the person is to read."""
WAIT_S = 0.05


def run(home: Path, *, times: int) -> Told:
    """Meet each fault so many times with a call to log, which is logged once the fault is gone."""
    make_desk(home, 1)
    wrong: list[str] = []
    pid = forked(lambda: meet_all(home, times))
    if os.waitpid(pid, 0)[1]:
        wrong.append("the program ended")
    told: list[str] = pickle.loads((home / "told").read_bytes())
    for fault, (_, sentence) in FAULTS.items():
        unlike = [one for one in told if one.startswith(f"{fault}: ") and sentence not in one]
        wrong += unlike[:1]
    with looking_in(home) as services, services.desk.store.reading() as reader:
        notes = [entry.body for entry in reader.timeline(1, 100_000) if entry.body.startswith("note")]
    expected = [f"note {number}" for number in range(times * len(FAULTS))]
    lost = len(set(expected) - set(notes))
    figures = {
        "faults met": len(told),
        "told by a sentence": len(told) - len(wrong),
        "text lost": lost,
        "stored twice": len(notes) - len(set(notes)),
    }
    if lost or len(notes) != len(expected) or len(told) != len(expected):
        wrong.append(f"{lost} lost, {len(notes)} stored of {len(expected)}, {len(told)} told")
    return Told("R5: full, read-only, broken, held", figures, tuple(wrong))


def meet_all(home: Path, times: int) -> None:
    """Log a note under each fault, which is refused, and again when that is gone."""
    disk = FaultyDisk()
    database.BUSY_SECONDS = WAIT_S
    told: list[str] = []
    with looking_in(home) as services:
        services.desk.store.db.execute_sql(f"PRAGMA busy_timeout = {1000 * WAIT_S:.0f}")  # type: ignore[attr-defined]
        for number in range(times * len(FAULTS)):
            name, (fault, _) = list(FAULTS.items())[number % len(FAULTS)]
            with disk.faulty(fault) if fault else held(home), stored_once(f"key {number}"):
                try:
                    services.casework.add_note(1, {"text": f"note {number}"})
                except StoreFault as failure:
                    told.append(f"{name}: {failure.sentence}")
            with stored_once(f"key {number}"):
                services.casework.add_note(1, {"text": f"note {number}"})
    (home / "told").write_bytes(pickle.dumps(told))


@contextmanager
def held(home: Path) -> Iterator[None]:
    """Another connection is in the middle of a change."""
    other = apsw.Connection(str(home / "tuitrack.db"))
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


class FaultyDisk(apsw.VFS):
    """A disk whose writes fail when that is wanted; every database that is opened lies on it."""

    def __init__(self) -> None:
        self.fault: int | None = None
        super().__init__("faulty", "unix", makedefault=True)

    @contextmanager
    def faulty(self, fault: int) -> Iterator[None]:
        """Every write fails in this way."""
        self.fault = fault
        try:
            yield
        finally:
            self.fault = None

    def xOpen(self, name: Any, flags: Any) -> Any:
        """Open a file."""
        return super().xOpen(name, flags) if name is None else FileOnIt(self, name, flags)


class FileOnIt(apsw.VFSFile):
    """A file on such a disk."""

    def __init__(self, disk: FaultyDisk, path: Any, flags: Any) -> None:
        self._disk = disk
        super().__init__("unix", path, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        """Write, where the disk takes it."""
        if self._disk.fault is not None:
            raise apsw.exception_for(self._disk.fault)
        super().xWrite(data, offset)
