"""Several processes work on one file: nobody's work is lost, and what was acknowledged survives a kill."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import a_case, a_customer
from tuitrack.storage.store import SqliteStore

CHECKOUT = Path(__file__).parents[2]

OPEN = """
import sys
from dataclasses import replace
from pathlib import Path
from tests.builders import an_entry
from tuitrack.domain.errors import Conflict
from tuitrack.storage.store import open_store
store = open_store(Path(sys.argv[1]), Path(sys.argv[1]).parent / "backups")
"""

ADD_ENTRIES = """
number = 0
while True:
    with store.writing() as writer:
        writer.add(an_entry(1, body=f"entry {number}"))
    print(number, flush=True)
    number += 1
"""
"""Says each entry only after it is stored."""

ADD_MARKS = """
done = 0
while done < 50:
    with store.reading() as reader:
        case = reader.case(1)
    try:
        with store.writing() as writer:
            writer.put_case(replace(case, version=case.version + 1, words=case.words + sys.argv[2]), case)
        done += 1
    except Conflict:
        pass
"""
"""Adds its mark to the case's words fifty times, each time from what it has read before."""


@pytest.fixture
def shared(sqlite_store: SqliteStore) -> SqliteStore:
    """A database with one case."""
    with sqlite_store.writing() as writer:
        writer.add(a_case(customer_id=writer.add(a_customer()).id))
    return sqlite_store


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", OPEN + script, *map(str, arguments)]
    return subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)


def test_a_killed_writer_loses_nothing_it_acknowledged(shared: SqliteStore) -> None:
    writer = start(ADD_ENTRIES, shared.path)
    assert writer.stdout is not None
    acknowledged = [int(writer.stdout.readline()) for _ in range(50)]
    writer.send_signal(signal.SIGKILL)
    acknowledged += [int(line) for line in writer.stdout.read().split()]
    writer.wait()
    writer.stdout.close()
    with shared.reading() as reader:
        stored = [entry.body for entry in reader.timeline(1, 100_000)]
    assert stored[: len(acknowledged)] == [f"entry {number}" for number in acknowledged]
    assert shared.db.execute_sql("PRAGMA integrity_check").fetchone() == ("ok",)


def test_two_who_change_one_case_lose_nothing(shared: SqliteStore) -> None:
    writers = [start(ADD_MARKS, shared.path, mark) for mark in "ab"]
    for writer in writers:
        writer.communicate()
    assert [writer.returncode for writer in writers] == [0, 0]
    with shared.reading() as reader:
        case = reader.case(1)
    assert (case.version, sorted(case.words)) == (100, ["a"] * 50 + ["b"] * 50)


def test_several_who_start_at_once_share_one_new_database(tmp_path: Path) -> None:
    path = tmp_path / "new" / "tuitrack.db"
    script = "with store.writing() as writer: print(writer.next_sequence(2026))"
    starters = [start(script, path) for _ in range(4)]
    numbers = [starter.communicate()[0] for starter in starters]
    assert sorted(map(int, numbers)) == [1, 2, 3, 4]


def test_opening_and_the_first_page_load_nothing_heavy(shared: SqliteStore) -> None:
    script = """
from tests.builders import NOW
from tuitrack.domain.queue import QueueQuery
with store.reading() as reader:
    assert len(reader.page(QueueQuery(), NOW, 100).rows) == 1
heavy = {"pydantic", "playhouse.migrations", "playhouse.migrate", "psycopg", "psycopg2", "phonenumbers", "textual"}
print(*sorted(heavy & sys.modules.keys()))
"""
    starter = start(script, shared.path)
    assert (starter.communicate()[0].strip(), starter.returncode) == ("", 0)
