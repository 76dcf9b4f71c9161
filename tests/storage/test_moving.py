"""A desk moves from a file to a server and back whole, also after it was stopped half way."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.builders import NOW, a_customer
from tests.postgresql_server import Server
from tuitrack.demo.story import fill
from tuitrack.domain.errors import StoreFault
from tuitrack.domain.queue import QueueQuery, Scope
from tuitrack.domain.words import Role
from tuitrack.services.bundle import Services
from tuitrack.services.desk import Desk
from tuitrack.services.signing_in import join
from tuitrack.settings import Settings
from tuitrack.storage.filesystem import private_folder
from tuitrack.storage.moving import move
from tuitrack.storage.postgresql.store import open_postgresql
from tuitrack.storage.store import SqliteStore, SqlStore, open_store

CASES = 25
QUERIES = ("", "is:overdue", "delivery", "phone:1234", "refund sort:oldest", "no:owner")


class StoppedAt:
    """Stops a move when it has come that far."""

    def __init__(self, share: float) -> None:
        self._share = share

    def __call__(self, share: float) -> None:
        if share >= self._share:
            raise KeyboardInterrupt


NEVER = StoppedAt(2.0)


class Place:
    """A database into which a desk can be moved, by file or by server."""

    def __init__(self, where: str | Path) -> None:
        self._where = where

    def open(self, *, to_move: bool = False) -> SqlStore:
        if isinstance(self._where, str):
            return open_postgresql(self._where, to_move=to_move)
        return open_store(self._where, self._where.parent / "backups", to_move=to_move)


def services_of(store: SqlStore) -> Services:
    return Services(Desk(store=store, agent="ana", settings=Settings(agent="Ana"), clock=lambda: NOW))


def told(store: SqlStore) -> list[Any]:
    """What a desk answers: lists, numbers, and a whole case."""
    services = services_of(store)
    pages = [services.queue.page(QueueQuery(text=text, scope=Scope.ALL)).rows for text in QUERIES]
    return [*pages, services.queue.counts(QueueQuery()), services.casefile.open(pages[0][0].id)]


def add_customer(store: SqlStore) -> int:
    """The id that a new customer gets."""
    with store.writing() as writer:
        return writer.add(a_customer("Next One")).id


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk in a file, of cases with everything that can be kept of them."""
    folder = tmp_path_factory.mktemp("filled")
    with closing(open_store(folder / "tuitrack.db", folder / "backups")) as store:
        join(store, "Ana", NOW, Role.ADMINISTRATOR)
        fill(services_of(store).desk, CASES, seed=1)
        return store.path


@pytest.fixture
def desk(filled: Path, tmp_path: Path) -> Iterator[SqliteStore]:
    """The same desk in a file of its own."""
    path = tmp_path / "desk" / "tuitrack.db"
    private_folder(path.parent)
    shutil.copy(filled, path)
    with closing(open_store(path, tmp_path / "backups")) as store:
        yield store


@pytest.fixture
def server(postgresql_server: Server) -> Iterator[Place]:
    """A database of a server, without anything."""
    with postgresql_server.database() as address:
        yield Place(address)


@pytest.fixture
def file(tmp_path: Path) -> Place:
    """A file that is not there yet."""
    return Place(tmp_path / "other" / "tuitrack.db")


@pytest.fixture(params=["server", "file"])
def place(request: pytest.FixtureRequest) -> Place:
    """Each of them in turn."""
    found: Place = request.getfixturevalue(request.param)
    return found


def test_a_desk_moves_to_a_server_and_back_and_answers_the_same(desk: SqliteStore, server: Place, file: Place) -> None:
    with closing(server.open(to_move=True)) as there, closing(file.open(to_move=True)) as back:
        moved = move(desk, there, NEVER)
        assert move(there, back, NEVER) == moved
        assert moved.cases == CASES
        assert told(desk) == told(there) == told(back)
        assert add_customer(desk) == add_customer(there) == add_customer(back)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.7])
def test_a_move_that_was_stopped_lets_nobody_in_and_goes_on(desk: SqliteStore, place: Place, share: float) -> None:
    with closing(place.open(to_move=True)) as half, pytest.raises(KeyboardInterrupt):
        move(desk, half, StoppedAt(share))
    with pytest.raises(StoreFault, match="is not there whole"):
        place.open()
    with closing(place.open(to_move=True)) as half:
        assert move(desk, half, NEVER).cases == CASES
    with closing(place.open()) as whole:
        assert told(whole) == told(desk)


def test_what_changed_since_a_move_was_stopped_is_found(desk: SqliteStore, place: Place) -> None:
    with closing(place.open(to_move=True)) as half:
        with pytest.raises(KeyboardInterrupt):
            move(desk, half, StoppedAt(0.5))
        desk.db.execute_sql("UPDATE entry SET summary = 'another' WHERE id = 1")
        with pytest.raises(StoreFault, match=r"differs from .*: entry 1\. "):
            move(desk, half, NEVER)


def test_another_desk_is_not_written_over(desk: SqliteStore, place: Place) -> None:
    with closing(place.open(to_move=True)) as other:
        join(other, "Bo", NOW, Role.ADMINISTRATOR)
        with pytest.raises(StoreFault, match="holds a desk already"):
            move(desk, other, NEVER)


def test_nobody_stores_anything_meanwhile(desk: SqliteStore, beside_desk: SqlStore, server: Place) -> None:
    refused: list[str] = []

    def try_to_write(share: float) -> None:
        if not refused:
            with pytest.raises(StoreFault) as fault:
                add_customer(beside_desk)
            refused.append(str(fault.value))

    with closing(server.open(to_move=True)) as there:
        move(desk, there, try_to_write)
    assert "busy" in refused[0]


@pytest.fixture
def beside_desk(desk: SqliteStore, tmp_path: Path) -> Iterator[SqlStore]:
    """The same file as another program has it open."""
    with closing(open_store(desk.path, tmp_path / "backups", busy_seconds=0.1)) as another:
        yield another
