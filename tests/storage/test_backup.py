"""A backup is whole while people write, is proven before it gets its name, and goes back where nobody is at work."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tests.builders import a_case, a_customer
from tuitrack.domain.errors import StoreFault
from tuitrack.storage.backup import back_up, examine, restore
from tuitrack.storage.store import SqliteStore, open_store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for a desk."""
    folder = tmp_path / "desk"
    folder.mkdir(mode=0o700)
    return folder


def opened(folder: Path) -> SqliteStore:
    return open_store(folder / "tuitrack.db", folder / "backups")


def take(store: SqliteStore, numbers: range) -> None:
    for number in numbers:
        with store.writing() as writer:
            writer.add(a_case(number, writer.add(a_customer()).id))


def cases_in(folder: Path) -> int:
    return examine(folder / "tuitrack.db").cases


def told(share: float) -> None:
    assert 0 <= share <= 1


def test_a_backup_under_load_is_whole(folder: Path, tmp_path: Path) -> None:
    store = opened(folder)
    take(store, range(1, 20))
    ended = threading.Event()

    def write_on() -> None:
        beside = opened(folder)
        for number in range(1000, 2000):
            if ended.is_set():
                break
            take(beside, range(number, number + 1))
        beside.close()

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        made = [back_up(folder / "tuitrack.db", tmp_path / f"{number}.db", told) for number in range(3)]
    finally:
        ended.set()
        writer.join()
    store.close()
    counts = [one.cases for one in made]
    assert counts[0] >= 19
    assert counts == sorted(counts)
    assert [examine(one.path).cases for one in made] == counts
    assert all(one.path.stat().st_mode & 0o777 == 0o600 for one in made)


def test_a_backup_goes_back_and_what_was_there_is_kept(folder: Path, tmp_path: Path) -> None:
    store = opened(folder)
    take(store, range(1, 4))
    back_up(folder / "tuitrack.db", tmp_path / "three.db", told)
    take(store, range(4, 6))
    store.close()
    restored, kept = restore(folder / "tuitrack.db", tmp_path / "three.db", folder / "backups")
    assert (restored.cases, cases_in(folder)) == (3, 3)
    assert kept is not None
    assert examine(kept).cases == 5
    opened(folder).close()
    assert not list(folder.glob("*.db-*"))


def test_nothing_is_put_back_under_somebody_at_work(folder: Path, tmp_path: Path) -> None:
    store = opened(folder)
    take(store, range(1, 4))
    back_up(folder / "tuitrack.db", tmp_path / "three.db", told)
    with pytest.raises(StoreFault, match="open in another tuitrack; restore when everybody has left"):
        restore(folder / "tuitrack.db", tmp_path / "three.db", folder / "backups")
    take(store, range(4, 5))
    store.close()
    assert cases_in(folder) == 4


def test_a_backup_goes_where_no_database_is(folder: Path, tmp_path: Path) -> None:
    store = opened(folder)
    take(store, range(1, 3))
    store.close()
    back_up(folder / "tuitrack.db", tmp_path / "two.db", told)
    (folder / "tuitrack.db").unlink()
    assert restore(folder / "tuitrack.db", tmp_path / "two.db", folder / "backups")[1] is None
    assert cases_in(folder) == 2


@pytest.mark.parametrize(
    ("content", "sentence"), [(b"", "is empty"), (b"no database", "not a database"), (None, "There is no file")]
)
def test_what_is_no_backup_is_refused_and_nothing_changes(
    folder: Path, tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    opened(folder).close()
    backup = tmp_path / "backup.db"
    if content is not None:
        backup.write_bytes(content)
    with pytest.raises(StoreFault, match=sentence):
        restore(folder / "tuitrack.db", backup, folder / "backups")
    assert cases_in(folder) == 0


def test_a_damaged_backup_is_refused(folder: Path, tmp_path: Path) -> None:
    store = opened(folder)
    take(store, range(1, 200))
    store.close()
    made = back_up(folder / "tuitrack.db", tmp_path / "backup.db", told)
    bytes_ = bytearray(made.path.read_bytes())
    bytes_[4096 * 3 : 4096 * 20] = bytes(4096 * 17)
    made.path.write_bytes(bytes_)
    with pytest.raises(StoreFault, match="damaged"):
        restore(folder / "tuitrack.db", made.path, folder / "backups")
    assert cases_in(folder) == 199


def test_a_file_that_is_there_is_kept(folder: Path, tmp_path: Path) -> None:
    opened(folder).close()
    there = tmp_path / "there.db"
    there.write_text("mine")
    with pytest.raises(StoreFault, match="is there already"):
        back_up(folder / "tuitrack.db", there, told)
    assert there.read_text() == "mine"
