"""The connection to a PostgreSQL server: Peewee's database over psycopg, which speaks the SQL of the storage room."""

from __future__ import annotations

from collections.abc import Iterable
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
SILENT_SECONDS = 60.0
"""How long a writer may say nothing in the middle of a write before the server drops that: its host may be gone.

Behind a batch of rows the server waits longer: the flush that ends one stops its clock.
"""
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
        # Of the two that change nothing in what is found, one keeps the server from reading whole tables because it
        # knows too little of them, the other from compiling statements that take a millisecond.
        self._begins = {
            "DEFERRED": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL enable_seqscan = off;"
            "SET LOCAL jit = off",
            "IMMEDIATE": f"BEGIN; SET LOCAL lock_timeout = {int(busy_seconds * 1000)};"
            f"SET LOCAL idle_in_transaction_session_timeout = {int(SILENT_SECONDS * 1000)};"
            f"SELECT pg_advisory_xact_lock({_DESK}); SET LOCAL enable_seqscan = off; SET LOCAL jit = off",
            "EXCLUSIVE": f"BEGIN; SELECT pg_advisory_xact_lock({_DESK})",
        }

    def begin(self, lock: str | None = None) -> None:
        """Begin a transaction that reads, that writes, or that changes the tables, however long it waits for that."""
        try:
            self.execute_sql(self._begins[lock or "EXCLUSIVE"])
        except PeeweeException:
            self.rollback()
            raise

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

    def last_insert_id(self, cursor: Any, query_type: Any = None) -> Any:
        """The id that was given last."""
        if query_type is not None:
            return super().last_insert_id(cursor, query_type)
        return self.execute_sql("SELECT lastval()").fetchone()[0]

    @property
    def user_version(self) -> int:
        """The number of the last migration that was run, 0 in an empty database."""
        if not self._has_tables:
            (self._has_tables,) = self.execute_sql(_HAS_TABLES).fetchone()
        if not self._has_tables:
            return 0
        (last,) = self.execute_sql("SELECT MAX(name) FROM schema_migration").fetchone()
        return int(last[:4]) if last else 0
