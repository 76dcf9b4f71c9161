"""What all tests share: how Hypothesis goes about its examples, and the stores that every one of them is held to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.fakes import MemoryStore
from tests.pgbouncer import pooled
from tests.postgresql_server import Server, empty, running
from tuitrack.services.ports import Store
from tuitrack.storage.postgresql.store import PostgresqlStore, open_postgresql
from tuitrack.storage.store import SqliteStore, open_store

# A busy machine makes an example slow, and an example that is slow says nothing about what it proves.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


POOL = 3
"""Connections that a pooler may have of the server."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the tests of a store go another way to the server."""
    parser.addoption("--pooler", action="store_true", help="reach the server through PgBouncer, by transactions")


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    """A server without any desk."""
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def postgresql_desk(postgresql_server: Server, pytestconfig: pytest.Config) -> Iterator[str]:
    """The address of the database that the tests have one after the other."""
    way = pooled(postgresql_server, POOL) if pytestconfig.getoption("--pooler") else nullcontext("")
    with way as through, postgresql_server.database() as address:
        open_postgresql(address + through).close()
        yield address + through


@pytest.fixture
def postgresql_store(postgresql_desk: str) -> Iterator[PostgresqlStore]:
    """An empty database that waits a tenth of a second for others."""
    empty(postgresql_desk)
    store = open_postgresql(postgresql_desk, busy_seconds=0.1)
    yield store
    store.close()


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[SqliteStore]:
    """A new database that waits a tenth of a second for others."""
    store = open_store(tmp_path / "data" / "tuitrack.db", tmp_path / "backups", busy_seconds=0.1)
    yield store
    store.close()


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Store:
    """Each store in turn, empty."""
    if request.param == "memory":
        return MemoryStore()
    found: Store = request.getfixturevalue(f"{request.param}_store")
    return found


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def fresh(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], AbstractContextManager[Store]]:
    """Opens an empty database of each sort, for tests that take one for every example."""
    address = request.getfixturevalue("postgresql_desk") if request.param == "postgresql" else None

    @contextmanager
    def opened() -> Iterator[Store]:
        if address is not None:
            empty(address)
            store: Store = open_postgresql(address)
        else:
            folder = tmp_path_factory.mktemp("fresh")
            store = open_store(folder / "tuitrack.db", folder / "backups")
        yield store
        store.close()

    return opened
