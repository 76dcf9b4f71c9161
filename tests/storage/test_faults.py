"""A database that cannot be used is a sentence, nothing is half stored, and work goes on when the cause is gone."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders import NOW, a_case, a_customer, a_draft, an_entry
from tuitrack.domain.errors import StoreFault
from tuitrack.domain.finding import Finding
from tuitrack.domain.queue import QueueQuery
from tuitrack.storage.database import journal_mode, safe_version
from tuitrack.storage.store import SqliteStore, open_store

CHECKOUT = Path(__file__).parents[2]


def take_case(store: SqliteStore, number: int = 1, words: str = "") -> None:
    """Store a case with its customer."""
    with store.writing() as writer:
        writer.add(a_case(number, writer.add(a_customer()).id, words=words))


def case_count(store: SqliteStore) -> int:
    with store.reading() as reader:
        return reader.counts(QueueQuery(), NOW, 1000).all


def found_in(store: SqliteStore) -> dict[str, Finding]:
    """What the doctor finds, by its names."""
    return {one.name: one for one in store.findings()}


def opened_again(store: SqliteStore) -> SqliteStore:
    return open_store(store.path, store.path.parent / "backups", busy_seconds=0.05)


def test_a_write_that_waits_too_long_is_told(sqlite_store: SqliteStore) -> None:
    other = opened_again(sqlite_store)
    with sqlite_store.writing():
        assert case_count(other) == 0
        with pytest.raises(StoreFault, match="busy"):
            take_case(other)
    take_case(other)
    assert case_count(sqlite_store) == 1
    other.close()


def test_a_full_disk_is_told_and_work_goes_on_afterwards(sqlite_store: SqliteStore) -> None:
    take_case(sqlite_store)
    pages = sqlite_store.db.pragma("page_count")
    sqlite_store.db.pragma("max_page_count", pages + 1)
    with pytest.raises(StoreFault, match="disk is full"):
        take_case(sqlite_store, 2, "long " * 10_000)
    assert case_count(sqlite_store) == 1
    sqlite_store.db.pragma("max_page_count", pages + 1000)
    take_case(sqlite_store, 2, "long " * 10_000)
    assert case_count(sqlite_store) == 2


def test_a_read_only_database_is_told(sqlite_store: SqliteStore) -> None:
    sqlite_store.db.pragma("query_only", 1)
    with pytest.raises(StoreFault, match="cannot be written"):
        take_case(sqlite_store)
    assert case_count(sqlite_store) == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "is empty"), (b"a,b,c\n1,2,3\n", "is not a database"), (b"SQLite format 3\x00" + b"x" * 4096, "damaged")],
)
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "tuitrack.db"
    path.write_bytes(content)
    with pytest.raises(StoreFault, match=sentence):
        open_store(path, tmp_path / "backups")
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "tuitrack.db")
    other.execute("CREATE TABLE moz_places (url)")
    other.close()
    with pytest.raises(StoreFault, match="of another program"):
        open_store(tmp_path / "tuitrack.db", tmp_path / "backups")


def test_a_damaged_database_is_told(sqlite_store: SqliteStore) -> None:
    take_case(sqlite_store)
    (page,) = sqlite_store.db.execute_sql("SELECT rootpage FROM sqlite_master WHERE name = 'cases'").fetchone()
    size = sqlite_store.db.pragma("page_size")
    sqlite_store.close()
    with sqlite_store.path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    store = opened_again(sqlite_store)
    with pytest.raises(StoreFault, match="damaged"), store.reading() as reader:
        reader.case(1)
    assert not found_in(store)["integrity check"].is_well
    store.close()


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE cases SET status = 'ewn'",
        "UPDATE cases SET occurred_on = '2026-13-01'",
        "UPDATE cases SET subject = CAST(x'b5b5' AS TEXT)",
        "ALTER TABLE cases RENAME COLUMN subject TO subjebt",
    ],
)
def test_what_nobody_can_have_stored_is_told_as_damage(sqlite_store: SqliteStore, harm: str) -> None:
    take_case(sqlite_store)
    sqlite_store.db.execute_sql(harm)
    with pytest.raises(StoreFault, match="is damaged"), sqlite_store.reading() as reader:
        reader.case(1)


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(path.rename(path.with_name("old")).read_bytes()),
    ],
    ids=["removed", "replaced"],
)
def test_nothing_is_written_to_a_file_that_is_gone(sqlite_store: SqliteStore, harm: Callable[[Path], None]) -> None:
    take_case(sqlite_store)
    harm(sqlite_store.path)
    with pytest.raises(StoreFault, match="removed or replaced"):
        take_case(sqlite_store, 2)


def test_a_transaction_inside_another_is_a_fault_of_the_program(sqlite_store: SqliteStore) -> None:
    with sqlite_store.reading(), pytest.raises(RuntimeError, match="inside another"), sqlite_store.writing():
        pass
    take_case(sqlite_store)


def test_a_look_is_consistent_while_others_write(sqlite_store: SqliteStore) -> None:
    take_case(sqlite_store)
    other = opened_again(sqlite_store)
    with other.reading() as reader:
        assert len(reader.timeline(1, 9)) == 0
        with sqlite_store.writing() as writer:
            writer.add(an_entry(1))
        assert len(reader.timeline(1, 9)) == 0
    with other.reading() as reader:
        assert len(reader.timeline(1, 9)) == 1
    other.close()


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 54, 1), True),
        ((4, 0), True),
    ],
)
def test_a_write_ahead_log_is_used_where_it_is_safe(version: tuple[int, ...], safe: bool) -> None:
    assert safe_version(version) is safe
    assert journal_mode(version) == ("wal" if safe else "delete")


def test_the_doctor_tells_what_the_database_runs_on(sqlite_store: SqliteStore) -> None:
    take_case(sqlite_store)
    found = {name: one.told for name, one in found_in(sqlite_store).items()}
    assert found["journal"] == "wal (readers never wait)"
    assert found["integrity check"] == found["foreign key check"] == "ok"
    assert found["search index"] == "in step with cases and customers"
    assert found["contents"].startswith("1 cases, 0 timeline entries, 1 customers")
    assert str(sqlite_store.path) in found["database"]


HARM: dict[str, Callable[[SqliteStore], object]] = {
    "search index": lambda store: store.db.execute_sql("DELETE FROM case_search"),
    "foreign key check": lambda store: [
        store.db.pragma("foreign_keys", 0),
        store.db.execute_sql("UPDATE cases SET customer_id = 99"),
    ],
    "journal": lambda store: store.db.pragma("journal_mode", "delete"),
    "file rights": lambda store: store.path.chmod(0o640),
    "agents at work": lambda store: store.db.execute_sql(
        "INSERT INTO agent VALUES ('ana', 'Ana', 'agent', '', '', 1, 0)"
    ),
}


@pytest.mark.parametrize("name", HARM)
def test_the_doctor_names_what_is_not_well(sqlite_store: SqliteStore, name: str) -> None:
    take_case(sqlite_store)
    assert found_in(sqlite_store)[name].is_well
    HARM[name](sqlite_store)
    assert not found_in(sqlite_store)[name].is_well


def test_the_doctor_tells_what_waits_and_what_was_copied(sqlite_store: SqliteStore) -> None:
    assert "none in" in found_in(sqlite_store)["backups"].told
    with sqlite_store.writing() as writer:
        writer.put_draft(a_draft(saved_at=NOW))
    backups = sqlite_store.path.parents[1] / "backups"
    backups.mkdir()
    (backups / "one.db").touch()
    found = found_in(sqlite_store)
    assert found["drafts waiting"].told == f"1, the oldest since {NOW:%Y-%m-%d}"
    assert "1 backup in " in found["backups"].told
    assert found["backups"].told.endswith("the latest 0 hours old")


def test_pythons_own_sqlite_serves_where_the_driver_is_missing(tmp_path: Path) -> None:
    script = """
import sys
sys.modules["apsw"] = None
from pathlib import Path
from tests.builders import NOW, a_case, a_customer, reference
from tuitrack.domain.queue import QueueQuery
from tuitrack.storage.store import open_store
store = open_store(Path(sys.argv[1]) / "tuitrack.db", Path(sys.argv[1]) / "backups")
with store.writing() as writer:
    writer.add(a_case(1, writer.add(a_customer()).id, words="it smells"))
with store.reading() as reader:
    found = reader.page(QueueQuery(text="smel"), NOW, 9)
drivers = [one.told for one in store.findings() if one.name == "SQLite"]
print([row.reference for row in found.rows] == [reference(1)], "sqlite3" in drivers[0])
store.close()
"""
    done = subprocess.run([sys.executable, "-c", script, tmp_path], cwd=CHECKOUT, capture_output=True, text=True)
    assert (done.stdout.split(), done.stderr) == (["True", "True"], "")
