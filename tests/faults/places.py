"""Where the desk of a home is kept, in a file or on a server, and whether that is whole; each promise holds in both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg

from tests.faults.told import Told
from tests.pgbouncer import PGBOUNCER, pooled
from tests.postgresql_server import LASTING, Server, running
from tuitrack.paths import find_paths
from tuitrack.settings import load
from tuitrack.storage.postgresql.store import open_postgresql
from tuitrack.storage.store import SqliteStore, SqlStore, open_store

SOUND = ("integrity check", "foreign key check", "search index")
"""What the doctor finds wrong in a damaged database, of whichever kind."""
_EVERY_ROW = """
    SELECT relname || ': ' || msg FROM pg_class, LATERAL verify_heapam(oid)
    WHERE relkind = 'r' AND relpersistence = 'p'
"""
_EVERY_INDEX = """
    SELECT bt_index_check(pg_class.oid, true) FROM pg_class JOIN pg_am ON pg_am.oid = relam
    WHERE relkind = 'i' AND relpersistence = 'p' AND amname = 'btree'
"""


def keep_at(home: Path, address: str) -> None:
    """Let a server keep the desk of this home, as config.toml says it."""
    (home / "config.toml").write_text(f'database = "{address}"\n')


@contextmanager
def served(home: Path, **options: str) -> Iterator[Server]:
    """A server that keeps the desk of this home, and keeps it as at work unless `options` say otherwise."""
    with running(**LASTING | options) as server:
        keep_at(home, server.address())
        yield server


def on_a_server(promise: Callable[[Path], Told], **options: str) -> Callable[[Path], Told]:
    """The same promise where a server keeps the desk."""

    def tried(home: Path) -> Told:
        with served(home, **options):
            told = promise(home)
        return replace(told, promise=f"{told.promise}, PostgreSQL")

    return tried


def through_a_pooler(promise: Callable[[Path], Told], connections: int) -> Callable[[Path], Told]:
    """The same where PgBouncer lends so many connections of the server, a transaction at a time."""

    def tried(home: Path) -> Told:
        if PGBOUNCER is None:
            return Told("through PgBouncer", {"not tried": "there is no pgbouncer here"})
        with served(home) as server, pooled(server, connections) as way:
            keep_at(home, server.address() + way)
            told = promise(home)
        return replace(told, promise=f"{told.promise}, PgBouncer")

    return tried


def opened(home: Path, migrations: Path) -> SqlStore:
    """The database of a home as a program with these migrations opens it."""
    paths = find_paths({"TUITRACK_HOME": str(home)})
    if address := load(paths, {}).database:
        return open_postgresql(address, migrations=migrations)
    return open_store(paths.database, paths.backups, migrations=migrations)


def whole(store: SqlStore) -> tuple[str, tuple[str, ...]]:
    """What has looked through all that a database holds, and the damage it found."""
    found = [f"{one.name}: {one.told}" for one in store.findings() if one.name in SOUND and not one.is_well]
    if isinstance(store, SqliteStore):
        return "integrity_check", tuple(found)
    with psycopg.connect(store.db.database, autocommit=True) as server:
        if not server.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'amcheck'").fetchone():
            return "doctor", tuple(found)
        server.execute("CREATE EXTENSION IF NOT EXISTS amcheck")
        found += [str(damage) for (damage,) in server.execute(_EVERY_ROW)]
        try:
            server.execute(_EVERY_INDEX)
        except psycopg.errors.IndexCorrupted as error:
            found.append(str(error))
    return "amcheck", tuple(found)
