"""What the desk's server is and how the desk stands there, for the administrator to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tuitrack.domain.finding import Finding
from tuitrack.storage.contents import contents

if TYPE_CHECKING:
    from tuitrack.storage.postgresql.store import PostgresqlStore

_CONNECTIONS = """
    SELECT COUNT(*) || ' of ' || current_setting('max_connections') FROM pg_stat_activity
    WHERE backend_type = 'client backend'
"""


def findings(store: PostgresqlStore) -> Iterator[Finding]:
    """What there is to say, line by line."""

    def answer(sql: str) -> str:
        return str(store.db.execute_sql(sql).fetchone()[0])

    with store.reading():
        size = answer("SELECT pg_size_pretty(pg_database_size(current_database()))")
        yield Finding("database", f"{store.name}, {size}")
        yield Finding("PostgreSQL", answer("SHOW server_version"))
        is_standby = answer("SELECT pg_is_in_recovery()") == "True"
        yield Finding("writes", "refused: it is a standby" if is_standby else "taken", not is_standby)
        yield Finding("connections", answer(_CONNECTIONS))
        yield Finding("schema version", f"{store.db.user_version}, the newest that this tuitrack knows")
        yield from contents(answer)
