"""What the tests of storage share: the same data as another session has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest

from tests.fakes import MemoryStore
from tuitrack.services.ports import Store
from tuitrack.storage.store import SqlStore


@pytest.fixture
def beside(store: Store) -> Iterator[Store]:
    """The same data as another session has them open."""
    if isinstance(store, SqlStore):
        another = store.beside()
        yield another
        another.close()
    else:
        yield MemoryStore(cast(MemoryStore, store))
