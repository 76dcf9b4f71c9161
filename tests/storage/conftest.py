"""The stores that the contract suite is run against."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from tests.fakes import MemoryStore
from tuitrack.services.ports import Store
from tuitrack.storage.store import SqliteStore, SqlStore, open_store


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[SqliteStore]:
    """A new database that waits a tenth of a second for others."""
    store = open_store(tmp_path / "data" / "tuitrack.db", tmp_path / "backups", busy_seconds=0.1)
    yield store
    store.close()


@pytest.fixture
def beside(store: Store) -> Iterator[Store]:
    """The same data as another session has them open."""
    if isinstance(store, SqlStore):
        another = store.beside()
        yield another
        another.close()
    else:
        yield MemoryStore(cast(MemoryStore, store))


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Store:
    """Each store in turn, empty."""
    if request.param == "memory":
        return MemoryStore()
    found: Store = request.getfixturevalue(f"{request.param}_store")
    return found
