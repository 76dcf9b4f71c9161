"""The store behind the services: transactions on a database, and on one SQLite file."""

from __future__ import annotations

import os
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tuitrack.domain.errors import StoreFault
from tuitrack.storage.database import BUSY_SECONDS, database_at
from tuitrack.storage.faults import told_as_sentences
from tuitrack.storage.file_watch import FileWatch
from tuitrack.storage.filesystem import private_folder, refuse_network_filesystem
from tuitrack.storage.reader import SqlReader
from tuitrack.storage.schema import (
    HALF_MOVED,
    MIGRATIONS,
    bring_up_to_date,
    create,
    newest_version,
    refuse_newer,
    refuse_other_files,
)

if TYPE_CHECKING:
    from tuitrack.domain.finding import Finding
    from tuitrack.storage.past import TakenBack
    from tuitrack.storage.writer import SqlWriter


_SCHEMA = """
    SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%'
    AND name NOT LIKE 'case_search_%' AND name NOT LIKE 'customer_search_%' ORDER BY rowid
"""


class SqlStore(ABC):
    """Transactions on an open database, as every one has them; one thread at a time uses it."""

    def __init__(self, db: Any, name: str, version: int) -> None:
        """`name` is what the database is called in sentences."""
        self.db = db
        self.name = name
        self._version = version
        self._in_use = threading.Lock()
        self._stopping = threading.Lock()
        self._is_reading = self._is_stopped = False
        self._past: TakenBack | None = None
        self._own_news = 0

    @contextmanager
    def reading(self, as_of: datetime | None = None) -> Iterator[SqlReader]:
        """Open a consistent look at the data; with `as_of` its lists of cases are as they were at that moment."""
        with self._transaction("DEFERRED"):
            self._may_be_stopped(True)
            try:
                yield SqlReader(self.db) if as_of is None else self._reader_of(as_of)
            finally:
                self._may_be_stopped(False)

    @contextmanager
    def writing(self) -> Iterator[SqlWriter]:
        """Open one write transaction; it is stored on leaving and dropped on any exception."""
        # Many start the program only to look something up.
        from tuitrack.storage.writer import SqlWriter

        with self._transaction("IMMEDIATE"):
            writer = SqlWriter(self.db)
            yield writer
            writer.finish()
        self._own_news += writer.is_news

    @abstractmethod
    def stirred(self) -> bool:
        """Whether anybody may have stored something since this was last asked."""

    def news(self) -> int:
        """A number that grows with whatever others store and a screen shows."""
        with self._transaction("DEFERRED"):
            number: int = self.db.execute_sql("SELECT number FROM news").fetchone()[0]
        return number - self._own_news

    def interrupt(self) -> None:
        """Stop the read that is under way, if there is one, from another thread; it raises `Superseded`."""
        with self._stopping:
            if self._is_reading:
                self._is_stopped = True
                self._stop_reading()

    def _may_be_stopped(self, may: bool) -> None:
        """A write is never stopped, not even one that begins while a read is told to stop."""
        with self._stopping:
            self._is_reading, self._is_stopped = may, False

    def _reader_of(self, moment: datetime) -> SqlReader:
        """What reads lists as of a moment; what was taken back for it is kept until another moment is asked for."""
        from tuitrack.storage.past import TakenBack
        from tuitrack.storage.past_reader import PastReader

        if self._past is None or self._past.moment != moment:
            self._forget_past()
            self._past = TakenBack(moment, self.make_tables)
        self._past.catch_up(self.db, self._may_stop)
        return PastReader(self.db, self._past, self._may_stop)

    def _may_stop(self) -> bool:
        return self._is_stopped

    def _forget_past(self) -> None:
        if self._past is not None:
            self._past.close()
            self._past = None

    def close(self) -> None:
        """Let go of the database."""
        self._forget_past()
        self.db.close()

    @contextmanager
    def _transaction(self, lock: str) -> Iterator[None]:
        if not self._in_use.acquire(blocking=False):
            raise RuntimeError("a transaction was begun inside another one, or by a second thread")
        try:
            self._make_ready()
            with self._told(), self.db.transaction(lock):
                refuse_newer(self._found_version(), self._version, self.name)
                yield
        finally:
            self._in_use.release()

    def _found_version(self) -> int:
        """The number of the last migration, as the transaction finds it."""
        version: int = self.db.user_version
        return version

    @abstractmethod
    def beside(self) -> SqlStore:
        """The same database over a connection of its own, for what goes on while people work at the screens."""

    @abstractmethod
    def findings(self) -> Iterator[Finding]:
        """What there is to say to an administrator, line by line; it may take seconds."""

    @property
    def is_half_moved(self) -> bool:
        """Whether a desk is being moved into this database."""
        return self._version == HALF_MOVED

    @abstractmethod
    def note_half_moved(self, is_half: bool) -> None:
        """Let nobody work here until a desk is moved here whole, or let everybody in again; within a write."""

    @abstractmethod
    def give_ids_after(self, table: str, last: int) -> None:
        """Give the next row of a table an id behind this one; within a write."""

    @abstractmethod
    def make_tables(self, scratch: Any) -> None:
        """Give an empty private database of SQLite the tables that this one has."""

    @abstractmethod
    def _make_ready(self) -> None:
        """Do what has to be done before a transaction; raises StoreFault where none can be begun."""

    @abstractmethod
    def _told(self) -> AbstractContextManager[None]:
        """Whatever the database fails with meanwhile is said as a sentence."""

    @abstractmethod
    def _stop_reading(self) -> None:
        """Stop the read that is under way, from another thread."""


class SqliteStore(SqlStore):
    """Implements the port `Store` on an open file."""

    def __init__(self, db: Any, path: Path, backups: Path, version: int) -> None:
        super().__init__(db, str(path), version)
        self.path = path
        self._backups = backups
        self._file = _identity(path)
        self._watch = FileWatch(path)

    def beside(self) -> SqliteStore:
        """The same file over a connection of its own."""
        return open_store(self.path, self._backups)

    def stirred(self) -> bool:
        """Whether anybody may have stored something since this was last asked."""
        return self._watch.moved()

    def findings(self) -> Iterator[Finding]:
        """What there is to say; for what a damaged file cannot tell, the sentence that says so."""
        from tuitrack.storage.doctor import findings

        return findings(self, self._backups)

    def note_half_moved(self, is_half: bool) -> None:
        """Let nobody work here until a desk is moved here whole, or let everybody in again."""
        self._version = HALF_MOVED if is_half else newest_version(MIGRATIONS)
        self.db.user_version = self._version

    def give_ids_after(self, table: str, last: int) -> None:
        """Give the next row of a table an id behind this one."""
        self.db.execute_sql("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        self.db.execute_sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, last))

    def make_tables(self, scratch: Any) -> None:
        """Give an empty private database of SQLite the tables that this file has."""
        for (statement,) in list(self.db.execute_sql(_SCHEMA)):
            scratch.execute_sql(statement)

    def _told(self) -> AbstractContextManager[None]:
        return told_as_sentences(self.path)

    def _stop_reading(self) -> None:
        self.db.connection().interrupt()

    def _make_ready(self) -> None:
        """Raise a StoreFault where the open file is no longer the one at its path: what is written would be lost."""
        if _identity(self.path) != self._file:
            raise StoreFault(
                f"The database {self.path} was removed or replaced while tuitrack was open. Nothing was stored; "
                "put it back, or start tuitrack again."
            )


def open_store(
    path: Path,
    backups: Path,
    *,
    busy_seconds: float = BUSY_SECONDS,
    migrations: Path = MIGRATIONS,
    to_move: bool = False,
) -> SqliteStore:
    """Open the database at `path`, made where there is none and brought up to date after a copy into `backups`.

    Only `to_move` opens one into which a desk is being moved.
    """
    refuse_network_filesystem(path)
    private_folder(path.parent)
    db = database_at(path, busy_seconds)
    with told_as_sentences(path):
        if not path.exists():
            create(path, migrations)
        refuse_other_files(path)
        db.connect()
        try:
            version = bring_up_to_date(db, path, backups, migrations, to_move=to_move)
        except BaseException:
            db.close()
            raise
    return SqliteStore(db, path, backups, version)


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another one of the same name, None where there is none."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
