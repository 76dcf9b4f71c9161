"""Backups: a whole copy made while people work, proven readable before it gets its name, and put back as carefully."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillGoingOn
from pathlib import Path

from tuitrack.domain.errors import StoreFault
from tuitrack.lean import dataclass
from tuitrack.storage.database import database_at
from tuitrack.storage.faults import told_as_sentences
from tuitrack.storage.filesystem import private_folder
from tuitrack.storage.schema import (
    APPLICATION_ID,
    MIGRATIONS,
    copy_into,
    named_now,
    newest_version,
    refuse_newer,
    refuse_other_files,
)

LOOK_EVERY_S = 0.2
"""How often is looked how far a copy is."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was read again and found sound."""

    path: Path
    size: int
    """Bytes."""
    cases: int
    version: int
    """Of the shape of the database."""


def back_up(database: Path, to: Path, on_progress: Callable[[float], None]) -> Backup:
    """Copy the database as it is at this moment into a new file; raises StoreFault where it cannot be, or is there.

    Nobody who works waits for it. The file gets its name only when it is whole.
    """
    if to.exists():
        raise StoreFault(f"{to} is there already; name another file.")
    if not database.exists():
        raise StoreFault(f"There is no database at {database} yet.")
    refuse_other_files(database)
    building = to.with_name(f".{to.name}.new")
    building.unlink(missing_ok=True)
    expected = max(database.stat().st_size, 1)
    try:
        with ThreadPoolExecutor(1) as beside:
            copying = beside.submit(_copy, database, building)
            while True:
                try:
                    copying.result(LOOK_EVERY_S)
                    break
                except StillGoingOn:
                    on_progress(min(_size(building) / expected, 1.0))
        found = examine(building)
        building.replace(to)
    finally:
        building.unlink(missing_ok=True)
    return Backup(to, found.size, found.cases, found.version)


def restore(database: Path, backup: Path, backups: Path) -> tuple[Backup, Path | None]:
    """Put a backup in the place of the database; returns what was put there, and where the other one is now.

    Raises StoreFault where the backup is no sound database of tuitrack, or where somebody is at work.
    """
    if not backup.exists():
        raise StoreFault(f"There is no file {backup}.")
    refuse_newer(examine(backup).version, newest_version(MIGRATIONS), backup)
    private_folder(database.parent)
    building = database.with_name(f".{database.name}.restored")
    building.unlink(missing_ok=True)
    try:
        _copy(backup, building)
        found = examine(building)
        kept = _put_aside(database, backups) if database.exists() else None
        building.replace(database)
    finally:
        building.unlink(missing_ok=True)
    return Backup(database, found.size, found.cases, found.version), kept


def examine(path: Path) -> Backup:
    """What is in a file; raises StoreFault where it is no database of tuitrack, or damaged."""
    refuse_other_files(path)
    db = database_at(path)
    with told_as_sentences(path), db.connection_context():
        if db.application_id != APPLICATION_ID:
            raise StoreFault(f"{path} is a database of another program.")
        (found,) = db.execute_sql("PRAGMA integrity_check(1)").fetchone()
        if found != "ok":
            raise StoreFault(f"{path} is damaged: {found}.")
        (cases,) = db.execute_sql("SELECT COUNT(*) FROM cases").fetchone()
        return Backup(path, _size(path), cases, db.user_version)


def _copy(database: Path, to: Path) -> None:
    db = database_at(database)
    with told_as_sentences(database), db.connection_context():
        copy_into(db, to)


def _put_aside(database: Path, backups: Path) -> Path:
    """Move a database that nobody has open away, whole in one file; raises StoreFault where somebody has it open."""
    aside = named_now(private_folder(backups), f"{database.stem}-before-restore")
    try:
        _close_the_log(database)
    except StoreFault as fault:
        raise StoreFault(f"{database} is open in another tuitrack; restore when everybody has left.") from fault
    os.replace(database, aside)
    return aside


def _close_the_log(database: Path) -> None:
    """Leave the write-ahead log, which SQLite allows to nobody who is not alone."""
    db = database_at(database, busy_seconds=0.5)
    with told_as_sentences(database), db.connection_context():
        db.execute_sql("PRAGMA journal_mode = delete")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
