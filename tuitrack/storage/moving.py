"""Moves a desk from one database to another, a file or a server, and proves that nothing was left behind."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import Any

from tuitrack.domain.errors import StoreFault
from tuitrack.lean import dataclass
from tuitrack.storage.database import scratch_database
from tuitrack.storage.store import SqlStore

_AT_ONCE = 1000
_SEARCH = {"case_search": ("rowid", "words", "phones"), "customer_search": ("rowid", "words")}
"""What the tables of words keep under the names that both databases know."""
_TABLES = """
    SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'schema_migration'
    AND name NOT LIKE '%_search' AND name NOT LIKE '%_search_%' ORDER BY name
"""
_LAST_ID = "SELECT seq FROM sqlite_sequence WHERE name = ?"
_KEY = 5
"""The place of a column's number in the key, from 1, in what SQLite tells of it."""
_OTHER = 2
"""The place of the other table's name in what SQLite tells of a column that points to it."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved."""

    cases: int
    rows: int
    """Of all tables together."""
    digest: str
    """The SHA-256 of every value of every row, the same of both databases."""


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    columns: tuple[str, ...]
    key: tuple[int, ...]
    """The places of the columns that no two rows have the same values in."""
    gives_ids: bool
    points_to: frozenset[str]
    """The tables whose rows its own name."""

    @property
    def _key_names(self) -> list[str]:
        return [self.columns[place] for place in self.key]

    def page(self, store: SqlStore, after: Sequence[Any] | None) -> list[tuple[Any, ...]]:
        """The next rows in the order of the key."""
        names = _listed(self._key_names)
        behind = f" WHERE ({names}) > ({_marks(self.key)})" if after else ""
        sql = f"SELECT {_listed(self.columns)} FROM {self.name}{behind} ORDER BY {names} LIMIT {_AT_ONCE}"
        return [tuple(row) for row in store.db.execute_sql(sql, tuple(after or ()))]

    def key_of(self, row: Sequence[Any]) -> tuple[Any, ...]:
        """What tells a row from all others."""
        return tuple(row[place] for place in self.key)

    def last_key(self, store: SqlStore) -> tuple[Any, ...] | None:
        """The key of the last row, None where there is none."""
        order = ", ".join(f'"{name}" DESC' for name in self._key_names)
        sql = f"SELECT {_listed(self._key_names)} FROM {self.name} ORDER BY {order} LIMIT 1"
        found = store.db.execute_sql(sql).fetchone()
        return tuple(found) if found else None


def move(source: SqlStore, target: SqlStore, on_progress: Callable[[float], None]) -> Moved:
    """Copy a whole desk into an empty database, or go on where that was stopped, and compare every row at the end.

    Nobody stores anything in the one meanwhile, and the other lets nobody in until the desk is there whole. Raises
    StoreFault where another desk is there, or where the two differ, with the first row in which they do.
    """
    with source.writing():
        tables = tables_of(source)
        with target.writing():
            _make_room(target, tables)
        total = 2 * sum(_count(source, table.name) for table in tables) or 1
        done = 0
        for table in tables:
            for copied in _copy(source, target, table):
                done += copied
                on_progress(min(done / total, 0.5))
        digest = hashlib.sha256()
        rows = 0
        with target.writing():
            for table in tables:
                for compared in _compare(source, target, table, digest):
                    rows += compared
                    on_progress(min(0.5 + rows / total, 1.0))
            for table in tables:
                if table.gives_ids and (last := source.db.execute_sql(_LAST_ID, (table.name,)).fetchone()) and last[0]:
                    target.give_ids_after(table.name, last[0])
            target.note_half_moved(False)
        return Moved(_count(source, "cases"), rows, digest.hexdigest())


def tables_of(store: SqlStore) -> list[Table]:
    """Every table of a desk, those first to which others point."""
    scratch = scratch_database()
    try:
        store.make_tables(scratch)
        names = [name for (name,) in scratch.execute_sql(_TABLES)]
        found = [_table_of(scratch, name) for name in names]
    finally:
        scratch.close()
    found += [Table(name, columns, (0,), False, frozenset()) for name, columns in _SEARCH.items()]
    return list(_fillable(found))


def _fillable(tables: Sequence[Table]) -> Iterator[Table]:
    """The tables in an order in which each can be filled once those are that it points to."""
    left = list(tables)
    while left:
        ready = [table for table in left if not table.points_to & {other.name for other in left if other != table}]
        yield from ready
        left = [table for table in left if table not in ready]


def _table_of(scratch: Any, name: str) -> Table:
    columns = list(scratch.execute_sql(f'PRAGMA table_info("{name}")'))
    key = sorted((column[_KEY], place) for place, column in enumerate(columns) if column[_KEY])
    (sql,) = scratch.execute_sql("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()
    names, places = tuple(column[1] for column in columns), tuple(place for _, place in key)
    others = scratch.execute_sql(f'PRAGMA foreign_key_list("{name}")')
    return Table(name, names, places, "AUTOINCREMENT" in sql, frozenset(other[_OTHER] for other in others))


def _make_room(target: SqlStore, tables: Sequence[Table]) -> None:
    """Begin with nothing at all, unless this is the rest of a move."""
    if target.is_half_moved:
        return
    if _count(target, "cases") or _count(target, "customer") or _count(target, "agent"):
        raise StoreFault(f"{target.name} holds a desk already. Name a new database for the move.")
    for table in reversed(tables):
        target.db.execute_sql(f"DELETE FROM {table.name}")
    target.note_half_moved(True)


def _copy(source: SqlStore, target: SqlStore, table: Table) -> Iterator[int]:
    """Copy the rows that are not there yet; tells how many at a time."""
    after = table.last_key(target)
    insert = f"INSERT INTO {table.name} ({_listed(table.columns)}) VALUES ({_marks(table.columns)})"
    while rows := table.page(source, after):
        with target.writing():
            target.db.cursor().executemany(insert, rows)
        after = table.key_of(rows[-1])
        yield len(rows)


def _compare(source: SqlStore, target: SqlStore, table: Table, digest: Any) -> Iterator[int]:
    """Compare all rows and add them to the digest; tells how many at a time."""
    digest.update(f"{table.name}{table.columns}".encode())
    after = None
    while True:
        here, there = table.page(source, after), table.page(target, after)
        for one, other in zip_longest(here, there):
            if one != other:
                key = table.key_of(one or other)
                raise StoreFault(
                    f"{target.name} differs from {source.name}: {table.name} {', '.join(map(str, key))}. "
                    "The desk was worked in since the move began: take that database away and move it anew."
                )
            digest.update(repr(one).encode())
        if not here:
            return
        after = table.key_of(here[-1])
        yield len(here)


def _count(store: SqlStore, table: str) -> int:
    number: int = store.db.execute_sql(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
    return number


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))
