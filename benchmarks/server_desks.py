"""Desks on a PostgreSQL server, copied once from those in files and kept for later runs; nobody writes to them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from psycopg.sql import SQL, Identifier

from benchmarks.desk import open_desk
from benchmarks.progress import Bar
from tests.postgresql_server import Server, keeping
from tuitrack.storage.moving import Table, tables_of
from tuitrack.storage.postgresql.store import open_postgresql
from tuitrack.storage.store import SqlStore

KEPT_IN = Path("/var/tmp/tuitrack-benchmarks-postgresql")
"""Where the server keeps its desks: root's folders are closed to the account that it runs as."""
_OPTIONS = {
    "shared_buffers": "2GB",
    "effective_cache_size": "6GB",
    "maintenance_work_mem": "512MB",
    "max_wal_size": "4GB",
    "max_connections": "200",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "autovacuum": "on",
}
"""What an administrator sets; everything that is stored is on the disk before it is told."""
_INDEXES = """
    SELECT indexname, indexdef FROM pg_indexes
    WHERE schemaname = 'public' AND indexname NOT IN (SELECT conname FROM pg_constraint)
"""
_COUNT_WORDS = """
    UPDATE case_search_size SET (cases, words) = (SELECT COUNT(*), COALESCE(SUM(length), 0) FROM case_search)
"""
_GIVE_IDS_AFTER = "SELECT setval(pg_get_serial_sequence('{0}', 'id'), (SELECT MAX(id) FROM {0}))"
_ROWS_AT_ONCE = 10_000


@contextmanager
def serving() -> Iterator[Server]:
    """The server of the kept desks."""
    with keeping(KEPT_IN, **_OPTIONS) as server:
        yield server


def kept_on(server: Server, home: Path) -> str:
    """The address of the desk of a home folder on the server, copied there where it is not yet."""
    name = home.name.replace("-", "_")
    with psycopg.connect(server.address(), autocommit=True) as connection:
        known = {found for (found,) in connection.execute("SELECT datname FROM pg_database")}
        if name not in known:
            building = f"{name}_new"
            for stale in known & {building}:
                connection.execute(SQL("DROP DATABASE {}").format(Identifier(stale)))
            connection.execute(SQL("CREATE DATABASE {}").format(Identifier(building)))
            _copy(home, server.address(building))
            connection.execute(SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(building), Identifier(name)))
    return server.address(name)


@contextmanager
def home_over(address: str) -> Iterator[Path]:
    """A home folder whose settings name a database, gone afterwards."""
    with TemporaryDirectory(prefix="home-") as folder:
        Path(folder, "config.toml").write_text(f'database = "{address}"\n')
        yield Path(folder)


@contextmanager
def copy_on(server: Server, address: str) -> Iterator[str]:
    """The address of a desk to write to, gone afterwards."""
    name = address.partition("@/")[2].partition("?")[0]
    copied = f"{name}_copy"
    with psycopg.connect(server.address(), autocommit=True) as connection:
        connection.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(copied)))
        connection.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(copied), Identifier(name)))
        try:
            yield server.address(copied)
        finally:
            connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(copied)))


def _copy(home: Path, address: str) -> None:
    """Fill an empty database with all rows of a desk in a file; indexes are made when the rows are there."""
    open_postgresql(address).close()
    desk = open_desk(home)
    try:
        with desk.store.reading(), psycopg.connect(address) as connection:
            assert isinstance(desk.store, SqlStore)
            connection.execute("SET LOCAL session_replication_role = replica")
            indexes = connection.execute(_INDEXES).fetchall()
            for index, _ in indexes:
                connection.execute(SQL("DROP INDEX {}").format(Identifier(index)))
            tables = tables_of(desk.store)
            rows = sum(_count(desk.store, table.name) for table in tables)
            with Bar(f"Copying {home.name} to the server", rows) as bar:
                for done, _ in enumerate(row for table in tables for row in _copied(desk.store, connection, table)):
                    if not done % _ROWS_AT_ONCE:
                        bar.show(done)
            connection.execute(_COUNT_WORDS)
            with Bar("Indexes", len(indexes)) as bar:
                for done, (_, definition) in enumerate(indexes):
                    connection.execute(definition)
                    bar.show(done)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
    finally:
        desk.store.close()


def _copied(store: SqlStore, connection: psycopg.Connection, table: Table) -> Iterator[object]:
    """Copy the rows of a table, one after the other."""
    names = ", ".join(f'"{column}"' for column in table.columns)
    connection.execute(f"DELETE FROM {table.name}")
    with connection.cursor().copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
        for row in store.db.execute_sql(f"SELECT {names} FROM {table.name}"):
            copy.write_row(row)
            yield row
    if table.gives_ids:
        connection.execute(_GIVE_IDS_AFTER.format(table.name))


def _count(store: SqlStore, table: str) -> int:
    ((count,),) = store.db.execute_sql(f"SELECT COUNT(*) FROM {table}")
    return int(count)
