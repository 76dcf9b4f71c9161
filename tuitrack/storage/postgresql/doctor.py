"""What the desk's server is and how large the desk is there, for the administrator to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuitrack.storage.doctor import COUNTED

if TYPE_CHECKING:
    from tuitrack.storage.postgresql.store import PostgresqlStore

_ROLE = "SELECT CASE WHEN pg_is_in_recovery() THEN 'a standby, which can only be read' ELSE 'takes writes' END"
_CONNECTIONS = """
    SELECT COUNT(*) || ' of ' || current_setting('max_connections') FROM pg_stat_activity
    WHERE backend_type = 'client backend'
"""


def facts(store: PostgresqlStore) -> list[tuple[str, str]]:
    """Name and finding, line by line."""

    def answer(sql: str) -> str:
        return str(store.db.execute_sql(sql).fetchone()[0])

    with store.reading():
        counts = [f"{answer(f'SELECT COUNT(*) FROM {table}')} {title}" for table, title in COUNTED.items()]
        return [
            ("database", f"{store.name}, {answer('SELECT pg_size_pretty(pg_database_size(current_database()))')}"),
            ("PostgreSQL", f"{answer('SHOW server_version')}, {answer(_ROLE)}"),
            ("connections", answer(_CONNECTIONS)),
            ("schema version", str(store.db.user_version)),
            ("contents", ", ".join(counts)),
        ]
