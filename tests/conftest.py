"""What all tests share: how Hypothesis goes about its examples, and one PostgreSQL server with a database for each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.postgresql_server import Server, running
from tuitrack.storage.postgresql.store import PostgresqlStore, open_postgresql

# A busy machine makes an example slow, and an example that is slow says nothing about what it proves.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    """A server that has a database with all tables."""
    with running() as server:
        open_postgresql(server.template("desk")).close()
        yield server


@pytest.fixture
def postgresql_store(postgresql_server: Server) -> Iterator[PostgresqlStore]:
    """A new database on the server that waits a tenth of a second for others."""
    with postgresql_server.database("desk") as address:
        store = open_postgresql(address, busy_seconds=0.1)
        yield store
        store.close()
