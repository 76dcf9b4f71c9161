"""What all tests share: how Hypothesis goes about its examples, and one PostgreSQL server with a database for each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.postgresql_server import Server, empty, running
from tuitrack.storage.postgresql.store import PostgresqlStore, open_postgresql

# A busy machine makes an example slow, and an example that is slow says nothing about what it proves.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    """A server without any desk."""
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def postgresql_desk(postgresql_server: Server) -> Iterator[str]:
    """The address of the database that the tests have one after the other."""
    with postgresql_server.database() as address:
        open_postgresql(address).close()
        yield address


@pytest.fixture
def postgresql_store(postgresql_desk: str) -> Iterator[PostgresqlStore]:
    """An empty database that waits a tenth of a second for others."""
    empty(postgresql_desk)
    store = open_postgresql(postgresql_desk, busy_seconds=0.1)
    yield store
    store.close()
