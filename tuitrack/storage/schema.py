"""The shape of the database file: made when there is none, brought up to date after a backup, refused when too new."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from typing import Any

from tuitrack.domain.errors import StoreFault
from tuitrack.storage.database import database_at
from tuitrack.storage.filesystem import private_folder

MIGRATIONS = Path(__file__).parent / "migrations"
"""The folder of the numbered steps that make the tables."""

APPLICATION_ID = 0x74756974
"""Tells a database of tuitrack from any other SQLite file."""

HALF_MOVED = 9999
"""The version of a database into which a desk is being moved: no program works in it."""

_HEADER = b"SQLite format 3\x00"


def newest_version(migrations: Path) -> int:
    """The number of the last migration, which a database that has them all keeps as its `user_version`."""
    return max(int(name[:4]) for name in os.listdir(migrations) if name[:4].isdecimal())


def create(path: Path, migrations: Path) -> None:
    """Make a new database under another name and give it its own when it is whole, so that none is ever half made."""
    building = path.with_name(f".{path.name}.new")
    with _one_process_in(path.parent):
        if path.exists():
            return
        building.unlink(missing_ok=True)
        _make_private_file(building)
        db = database_at(building)
        with db.connection_context():
            run_migrations(db, migrations)
        building.replace(path)


def refuse_other_files(path: Path) -> None:
    """Raise a StoreFault for a file that is no database; SQLite itself would take an empty one for new."""
    try:
        with path.open("rb") as file:
            header = file.read(len(_HEADER))
    except OSError as error:
        raise StoreFault(f"The database {path} cannot be read: {error.strerror}.") from error
    if not header:
        raise StoreFault(f"The database {path} is empty: put the latest backup in its place, or move it away.")
    if header != _HEADER:
        raise StoreFault(f"{path} is not a database, or it is damaged. Put the latest backup in its place.")


def bring_up_to_date(db: Any, path: Path, backups: Path, migrations: Path, *, to_move: bool = False) -> int:
    """Run what an open database lacks, after a backup of it; return its version.

    With `to_move` one into which a desk is being moved is taken as it is.
    """
    newest = newest_version(migrations)
    if db.application_id != APPLICATION_ID:
        raise StoreFault(f"{path} is a database of another program. Move it away, or set TUITRACK_HOME elsewhere.")
    if to_move and db.user_version == HALF_MOVED:
        return HALF_MOVED
    refuse_newer(db.user_version, newest, path)
    if db.user_version < newest:
        with _one_process_in(path.parent):
            if db.user_version < newest:
                back_up(db, backups, f"{path.stem}-before-{newest:04}")
                run_migrations(db, migrations)
    return newest


def refuse_newer(version: int, known: int, name: Path | str) -> None:
    """Raise a StoreFault where a newer program has changed the shape of the database, or a move has not ended."""
    if version == HALF_MOVED != known:
        raise StoreFault(f"A desk is being moved to {name} and is not there whole. Go on with tuitrack move.")
    if version > known:
        raise StoreFault(
            f"The database {name} was brought to version {version} by a newer tuitrack; this one knows "
            f"version {known}. Start the newer one."
        )


def back_up(db: Any, folder: Path, name: str) -> Path:
    """Write a whole copy of an open database into a folder, named with the moment once it is whole; return its path."""
    copy = named_now(private_folder(folder), name)
    building = copy.with_name(f".{copy.name}.new")
    building.unlink(missing_ok=True)
    copy_into(db, building)
    return building.replace(copy)


def copy_into(db: Any, copy: Path) -> None:
    """Write a whole copy of an open database, as it is at this moment, into a new file."""
    _make_private_file(copy)
    db.execute_sql("VACUUM INTO ?", (str(copy),))


def named_now(folder: Path, name: str) -> Path:
    """The place of a copy that is made at this moment, where none is yet."""
    name = f"{name}-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(path for one in names if not (path := folder / f"{one}.db").exists())


def run_migrations(db: Any, migrations: Path) -> None:
    """Bring an open file up to the last migration."""
    # Loaded here because a database that is up to date, as nearly always, needs none of it.
    from playhouse.migrations import Runner

    connection = db.connection()
    if hasattr(connection, "convert_binding"):
        # Peewee notes when a migration was run as a datetime, which apsw refuses unless told what to make of it.
        connection.convert_binding = lambda cursor, number, value: str(value)
    Runner(db, str(migrations)).up()
    if hasattr(connection, "convert_binding"):
        connection.convert_binding = None
    db.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute_sql(f"PRAGMA user_version = {newest_version(migrations)}")


def _make_private_file(path: Path) -> None:
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


@contextmanager
def _one_process_in(folder: Path) -> Iterator[None]:
    """Keep other processes from making or changing the database meanwhile; the lock goes with the process."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
