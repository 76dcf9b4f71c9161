"""The connection to a PostgreSQL server: Peewee's database over psycopg, which speaks the SQL of the storage room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack, suppress
from select import select
from typing import Any

import psycopg
from peewee import PeeweeException, PostgresqlDatabase, Psycopg3Adapter
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import TransactionStatus
from psycopg.types.numeric import Int8Dumper

from tuitrack.storage.postgresql.search_tables import TOLD
from tuitrack.storage.postgresql.translation import translated

DRIVER_ERRORS: tuple[type[Exception], ...] = (PeeweeException, psycopg.Error)
"""What the driver and Peewee raise."""

_UNLESS_GIVEN = {"connect_timeout": "10", "application_name": "tuitrack"}
"""What the address may say otherwise: how many seconds a host may take to answer, and who asks."""
_LAST_MIGRATION = "SELECT MAX(name) FROM schema_migration"
_SEARCH_ROWS = "SELECT reltuples FROM pg_class WHERE oid = 'case_search'::regclass"
# Looked up in its table: a name alone is answered from what this connection knew before another host made the tables.
_HAS_TABLES = """
    SELECT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'schema_migration')
"""
_DESK = 0x74756974
"""The number of the lock that whoever writes holds: one at a time, as a file allows it."""


def name_of(address: str) -> str:
    """What a database is called in sentences: its name and hosts, without the password of the address."""
    found = conninfo_to_dict(address)
    return f"{found.get('dbname', '')} on {found.get('host') or 'this host'}"


class _FlagDumper(Int8Dumper):
    """Yes and no are kept as 1 and 0."""

    def dump(self, obj: bool) -> bytes:
        return b"1" if obj else b"0"


class _Cursor(psycopg.Cursor[tuple[Any, ...]]):
    """Takes the SQL of the storage room."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> _Cursor:
        return super().execute(*translated(query).with_values(params or ()), **options)

    def executemany(self, query: Any, params_seq: Iterable[Any], **options: Any) -> None:
        super().executemany(translated(query).plain or query, params_seq, **options)


class _Adapter(Psycopg3Adapter):
    """Peewee's way to psycopg 3, which Peewee was loaded without."""

    txn_idle = TransactionStatus.IDLE
    txn_inerror = TransactionStatus.INERROR
    txn_unknown = TransactionStatus.UNKNOWN

    def check_driver(self) -> None:
        """It was loaded with this module."""

    def connect(self, db: Any, **params: Any) -> psycopg.Connection[tuple[Any, ...]]:
        """Connect, and hear of what others store; nothing is prepared on the server, for a pooler would mix it up."""
        given = conninfo_to_dict(db.database)
        more = {name: value for name, value in _UNLESS_GIVEN.items() if name not in given}
        address = make_conninfo(db.database, **more)
        connection = psycopg.connect(address, autocommit=True, cursor_factory=_Cursor, prepare_threshold=None)
        connection.adapters.register_dumper(bool, _FlagDumper)
        connection.add_notify_handler(db.note_told)
        if connection.info.parameter_status("in_hot_standby") != "on":
            # A standby, which is only read, tells of nothing.
            connection.execute(f"LISTEN {TOLD}")
        # Whatever was stored before was not heard.
        db.note_told()
        return connection


class DeskDatabase(PostgresqlDatabase):
    """A database of one connection, which may move between threads but is used by one at a time."""

    param = "?"
    psycopg2_adapter = psycopg3_adapter = _Adapter
    finds_in_order = compares_values = False

    def __init__(self, address: str, busy_seconds: float) -> None:
        """`busy_seconds` is how long a write waits for another one before it is refused."""
        super().__init__(address, autoconnect=False, thread_safe=False)
        self._is_told = True
        self._has_tables = False
        self._pipeline: psycopg.Pipeline | None = None
        self._leaving = ExitStack()
        self.begun_at_version = 0
        """The number of the last migration when the transaction began."""
        # Of the two that change nothing in what is found, one keeps the server from reading whole tables because it
        # knows too little of them, the other from compiling statements that take a millisecond.
        quietly = f"SET LOCAL enable_seqscan = off; SET LOCAL jit = off; {_LAST_MIGRATION}"
        self._begins = {
            "DEFERRED": f"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {quietly}",
            "IMMEDIATE": f"BEGIN; SET LOCAL lock_timeout = {int(busy_seconds * 1000)};"
            f"SELECT pg_advisory_xact_lock({_DESK}); {quietly}",
            "EXCLUSIVE": f"BEGIN; SELECT pg_advisory_xact_lock({_DESK})",
        }

    def begin(self, lock: str | None = None) -> None:
        """Begin a transaction that reads, that writes, or that changes the tables, however long it waits for that.

        In one that reads or writes, a statement waits for the server only once its answer is looked at.
        """
        try:
            begun = self.execute_sql(self._begins[lock or "EXCLUSIVE"])
            if lock in ("DEFERRED", "IMMEDIATE"):
                begun.set_result(-1)
                self.begun_at_version = _number_of(begun.fetchone())
                self._enter_pipeline()
        except (PeeweeException, psycopg.Error):
            self.rollback()
            raise

    def commit(self) -> None:
        """Store what was done; raises what any statement failed with whose answer nobody looked at."""
        super().commit()
        self._leave_pipeline()

    def rollback(self) -> None:
        """Drop what was done."""
        with suppress(psycopg.Error):
            self._leave_pipeline()
        super().rollback()

    def rows_affected(self, cursor: Any) -> int:
        """How many rows a statement changed."""
        if (pipeline := self._pipeline) is not None:
            pipeline.sync()
        changed: int = super().rows_affected(cursor)
        return changed

    def _enter_pipeline(self) -> None:
        self._leaving = ExitStack()
        self._pipeline = self._leaving.enter_context(self.connection().pipeline())

    def _leave_pipeline(self) -> None:
        self._pipeline = None
        self._leaving.close()

    def note_told(self, notify: object = None) -> None:
        """Note that the server told of something that was stored."""
        self._is_told = True

    def was_told(self) -> bool:
        """Whether the server has told of something since this was last asked; it is not waited for."""
        is_told, self._is_told = self._is_told, False
        if is_told or self.is_closed() or (connection := self.connection()).closed:
            return True
        # What it told an idle connection lies there until something is read from it again.
        return bool(select([connection.fileno()], [], [], 0.0)[0])

    def guessed(self, sql: str, values: Sequence[Any]) -> tuple[float, float]:
        """How many search rows of cases the server guesses that a statement selects, and of how many."""
        guess, size = self.execute_sql(f"EXPLAIN (FORMAT JSON) {sql}", values), self.execute_sql(_SEARCH_ROWS)
        return guess.fetchone()[0][0]["Plan"]["Plan Rows"], size.fetchone()[0]

    @property
    def user_version(self) -> int:
        """The number of the last migration that was run, 0 in an empty database."""
        if not self._has_tables:
            (self._has_tables,) = self.execute_sql(_HAS_TABLES).fetchone()
        if not self._has_tables:
            return 0
        return _number_of(self.execute_sql(_LAST_MIGRATION).fetchone())


def _number_of(last: tuple[str | None]) -> int:
    """The number with which the name of a migration begins, 0 where there is none."""
    return int(last[0][:4]) if last[0] else 0
