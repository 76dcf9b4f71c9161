"""The store behind the services: transactions on a PostgreSQL server."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tuitrack.domain.errors import NotKnown, Unreachable
from tuitrack.storage.database import BUSY_SECONDS
from tuitrack.storage.postgresql.driver import DeskDatabase, name_of
from tuitrack.storage.postgresql.faults import told_as_sentences
from tuitrack.storage.postgresql.schema import bring_up_to_date
from tuitrack.storage.schema import HALF_MOVED, MIGRATIONS, run_migrations
from tuitrack.storage.store import SqlStore

if TYPE_CHECKING:
    from tuitrack.domain.finding import Finding

ASK_ANYWAY_S = 10.0
"""How long it is at most until somebody behind a pooler learns what others stored."""
_HALF_MOVED = f"{HALF_MOVED}_half_moved"

_NOT_KNOWN = "The database {name} was lost while it stored this: look whether it is there before you do it again."


class PostgresqlStore(SqlStore):
    """Implements the port `Store` on an open connection to a server; one thread at a time uses it."""

    def __init__(self, db: DeskDatabase, version: int) -> None:
        super().__init__(db, name_of(db.database), version)
        self._asked_at = 0.0

    def beside(self) -> PostgresqlStore:
        """The same database over a connection of its own."""
        return open_postgresql(self.db.database)

    def stirred(self) -> bool:
        """Whether the server told of something stored; now and then without that, for a pooler passes nothing on."""
        now = time.monotonic()
        if self.db.was_told() or now > self._asked_at + ASK_ANYWAY_S:
            self._asked_at = now
            return True
        return False

    def findings(self) -> Iterator[Finding]:
        """What there is to say about the server and the desk on it."""
        from tuitrack.storage.postgresql.doctor import findings

        return findings(self)

    def note_half_moved(self, is_half: bool) -> None:
        """Let nobody work here until a desk is moved here whole, or let everybody in again."""
        self.db.execute_sql("DELETE FROM schema_migration WHERE name = ?", (_HALF_MOVED,))
        if is_half:
            noted = "INSERT INTO schema_migration (name, applied) VALUES (?, CURRENT_TIMESTAMP)"
            self.db.execute_sql(noted, (_HALF_MOVED,))
        self._version = self.db.user_version

    def give_ids_after(self, table: str, last: int) -> None:
        """Give the next row of a table an id behind this one."""
        self.db.execute_sql("SELECT setval(pg_get_serial_sequence(quote_ident(?), 'id'), ?)", (table, last))

    def make_tables(self, scratch: Any) -> None:
        """Give an empty private database of SQLite the tables that this one has."""
        run_migrations(scratch, MIGRATIONS)

    @contextmanager
    def _transaction(self, lock: str) -> Iterator[None]:
        is_asked = False
        try:
            with super()._transaction(lock):
                yield
                is_asked = True
        except Unreachable as fault:
            if is_asked and lock == "IMMEDIATE":
                raise NotKnown(_NOT_KNOWN.format(name=self.name), fault.sentence) from fault
            raise

    def _found_version(self) -> int:
        """What came with the beginning of the transaction."""
        version: int = self.db.begun_at_version
        return version

    def _make_ready(self) -> None:
        """Connect anew where the connection was lost."""
        if self.db.is_closed() or self.db.connection().closed:
            self.db.close()
            with self._told():
                self.db.connect()

    def _told(self) -> AbstractContextManager[None]:
        return told_as_sentences(self.name)

    def _stop_reading(self) -> None:
        self.db.connection().cancel_safe()


def open_postgresql(
    address: str, *, busy_seconds: float = BUSY_SECONDS, migrations: Path = MIGRATIONS, to_move: bool = False
) -> PostgresqlStore:
    """Open the database at a `postgresql://` address, its tables made where there are none and brought up to date.

    Only `to_move` opens one into which a desk is being moved.
    """
    db = DeskDatabase(address, busy_seconds)
    name = name_of(address)
    with told_as_sentences(name):
        db.connect()
        try:
            version = bring_up_to_date(db, name, migrations, to_move=to_move)
        except BaseException:
            db.close()
            raise
    return PostgresqlStore(db, version)
