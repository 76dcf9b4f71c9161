"""The same SQLite file by hand: what a program could not do with fewer or better statements."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import apsw

from tuitrack.services.desk import Desk
from tuitrack.storage.store import SqliteStore

_LIKE_THE_PROGRAM = ("synchronous", "foreign_keys", "secure_delete", "cache_size", "mmap_size", "wal_autocheckpoint")
_RECORDS = ("clock", "pause", "call", "promise", "action", "remedy", "escalation", "entry", "tick", "change")
"""The tables of what a change of a case brings; a change has the id of its first entry."""


def connected(desk: Desk) -> Any:
    """A connection beside the desk's own, which keeps what is written as safely and as much in memory."""
    store = cast(SqliteStore, desk.store)
    connection = apsw.Connection(str(store.path))
    for pragma in _LIKE_THE_PROGRAM:
        ((value,),) = store.db.execute_sql(f"PRAGMA {pragma}")
        connection.execute(f"PRAGMA {pragma} = {value}").fetchall()
    return connection


@dataclass(frozen=True, slots=True)
class Insertion:
    """A row to store again, for another case."""

    table: str
    columns: tuple[str, ...]
    values: tuple[Any, ...]

    def run(self, connection: Any, **other: Any) -> None:
        """Store it with other values in some of its columns; SQLite keeps the statement prepared."""
        values = [other.get(name, value) for name, value in zip(self.columns, self.values, strict=True)]
        connection.execute(_insertion(self.table, self.columns), values)


def brought(connection: Any, change: Callable[[], object]) -> list[Insertion]:
    """The rows of a case's records that a change brings, in the order in which they point at each other."""
    last = {table: _last_id(connection, table) for table in _RECORDS}
    change()
    return [row for table in _RECORDS for row in rows(connection, table, "id > ?", last[table])]


def rows(connection: Any, table: str, where: str, *values: Any) -> list[Insertion]:
    """Rows of a table."""
    cursor = connection.execute(f'SELECT * FROM "{table}" WHERE {where}', values)
    found: Sequence[tuple[Any, ...]] = cursor.fetchall()
    columns = _columns(connection, table)
    return [Insertion(table, columns, values) for values in found]


def store_records(connection: Any, records: Sequence[Insertion], case_id: int) -> None:
    """Store what a change brought again, in another case, with the receipt under which that is known."""
    told = None
    for record in records:
        record.run(connection, case_id=case_id, id=told if record.table == "change" else None)
        if record.table == "entry" and told is None:
            told = connection.last_insert_rowid()
    receipt = (os.urandom(16).hex(), time.time_ns() // 1_000_000, told)
    connection.execute('INSERT INTO receipt ("key", at, entry_id) VALUES (?, ?, ?)', receipt)


def whole_table(connection: Any, table: str) -> tuple[str, list[tuple[Any, ...]]]:
    """The statement that stores a row of a table, and all its rows."""
    columns = _columns(connection, table)
    if table.endswith("_search"):
        columns = ("rowid", *columns)
    names = ", ".join(f'"{name}"' for name in columns)
    return _insertion(table, columns), connection.execute(f'SELECT {names} FROM "{table}"').fetchall()


def _columns(connection: Any, table: str) -> tuple[str, ...]:
    return tuple(column[1] for column in connection.execute(f'PRAGMA table_info("{table}")'))


@cache
def _insertion(table: str, columns: tuple[str, ...]) -> str:
    names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
    return f'INSERT INTO "{table}" ({names}) VALUES ({marks})'


def _last_id(connection: Any, table: str) -> int:
    ((last,),) = connection.execute(f'SELECT coalesce(max(id), 0) FROM "{table}"')
    return int(last)
