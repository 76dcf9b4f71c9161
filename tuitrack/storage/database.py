"""The connection to a SQLite file: the driver, how safely it writes, and what to say about both."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from peewee import PeeweeException, SqliteDatabase

from tuitrack.domain.query.matching import begins, has_number, has_tag
from tuitrack.storage.office_days import office_days

try:
    import apsw
    from playhouse.apsw_ext import APSWDatabase
except ImportError:
    import sqlite3

    apsw = None  # type: ignore[assignment]

_SCRATCH_KB = 32 * 1024
BUSY_SECONDS = 5.0
"""How long a write waits for another one before it is refused."""
_ASKS_AGAIN_MOST_S = 0.004

DRIVER_ERRORS: tuple[type[Exception], ...] = (PeeweeException, apsw.Error if apsw else sqlite3.Error)
"""What the driver and Peewee raise."""


def safe_version(version: tuple[int, ...]) -> bool:
    """Whether this SQLite is free of the fault by which several processes can damage a file with a write-ahead log."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def journal_mode(version: tuple[int, ...]) -> str:
    """The journal for a SQLite version: `wal`, where readers never wait, or `delete`, where `wal` is not safe."""
    return "wal" if safe_version(version) else "delete"


def driver() -> tuple[str, tuple[int, ...]]:
    """The name of the driver in use, and the version of the SQLite it brings."""
    if apsw is not None:
        return f"apsw {apsw.apsw_version()}", tuple(map(int, apsw.sqlite_lib_version().split(".")))
    return "Python's own sqlite3", sqlite3.sqlite_version_info


def database_at(path: Path, busy_seconds: float = BUSY_SECONDS) -> Any:
    """A database of one connection, not yet open; every commit waits for the disk, and deleted text is overwritten.

    The connection may move between threads but is used by one at a time, which `SqliteStore` sees to.
    """
    pragmas = {
        "journal_mode": journal_mode(driver()[1]),
        "synchronous": "full",
        "foreign_keys": 1,
        "secure_delete": 1,
    }
    shared: dict[str, Any] = {
        "pragmas": pragmas,
        "timeout": busy_seconds,
        "lock_type": "IMMEDIATE",
        "autoconnect": False,
        "thread_safe": False,
    }
    return _with_functions(str(path), shared)


def scratch_database() -> Any:
    """An open database of one connection that nobody else sees, and of which nothing is left once it is closed.

    What does not fit into its few pages of memory goes to a file without a name, which SQLite makes and removes.
    """
    pragmas = {"journal_mode": "off", "synchronous": "off", "foreign_keys": 0, "cache_size": -_SCRATCH_KB}
    shared = {"pragmas": pragmas, "autoconnect": False, "thread_safe": False}
    db = _with_functions(":memory:", shared)
    # Peewee takes the empty name, which is that of such a file, for one that is to be given later.
    db.database = ""
    db.connect()
    return db


class _Patience:
    """Waits for what another session writes, and asks again so soon that those who came later are not served first.

    SQLite's own waits grow to a tenth of a second: of many who write at once some were passed over for seconds.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._until = 0.0

    def __call__(self, asked: int) -> bool:
        """Wait a little after having asked in vain so many times before; whether to ask once more."""
        now = time.monotonic()
        if not asked:
            self._until = now + self._seconds
        if now >= self._until:
            return False
        time.sleep(min(0.0005 * (asked + 1), _ASKS_AGAIN_MOST_S))
        return True


class _DeskDatabase(APSWDatabase if apsw is not None else SqliteDatabase):  # type: ignore[misc]
    """What SQLite does by itself, and a server leaves to the program."""

    finds_in_order = True
    """Whether what is found by words comes in the order of entry without being sorted."""
    compares_values = True
    """Whether it compares a stored value with a typed one as the domain does."""

    def _connect(self) -> Any:
        """The connection, which waits for others in its own way where the driver lets it."""
        connection = super()._connect()
        if apsw is not None:
            connection.set_busy_handler(_Patience(self._timeout))
        return connection


def _with_functions(path: str, shared: dict[str, Any]) -> Any:
    """A database that compares the values of a query as the domain does."""
    db = _DeskDatabase(path, **shared) if apsw is not None else _DeskDatabase(path, check_same_thread=False, **shared)
    for compare in (begins, has_tag, has_number, office_days):
        db.register_function(compare, compare.__name__, 3)
    return db
