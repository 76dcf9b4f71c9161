"""What a server is asked and how it fails; that it answers as every other store does, the contract suite shows."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.builders import a_case, a_customer, an_entry
from tests.postgresql_server import Server, running
from tuitrack.domain.errors import StoreFault
from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.words import Status
from tuitrack.storage.postgresql.driver import DeskDatabase, name_of
from tuitrack.storage.postgresql.store import PostgresqlStore, open_postgresql
from tuitrack.storage.postgresql.translation import translated
from tuitrack.storage.schema import MIGRATIONS, newest_version

KNOWN = newest_version(MIGRATIONS)
COLOUR = """
def up(migrator, db):
    db.execute_sql("ALTER TABLE cases ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'")
"""


@pytest.fixture
def address(postgresql_server: Server) -> Iterator[str]:
    """An empty database."""
    with postgresql_server.database() as address:
        yield address


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """The migrations of a later tuitrack."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder)
    (folder / f"{KNOWN + 1:04}_colour.py").write_text(COLOUR)
    return folder


@pytest.mark.parametrize(
    ("sql", "values", "statement", "bound"),
    [
        ("SELECT id FROM cases INDEXED BY work_due WHERE a = ?", [1], "SELECT id FROM cases WHERE a = %s", [1]),
        ("a CROSS JOIN cases AS t1 INDEXED BY x ON t1.id = a.id", [], "a JOIN cases AS t1 ON t1.id = a.id", None),
        ("a CROSS JOIN cases AS t1  WHERE TRUE", [], "a CROSS JOIN cases AS t1  WHERE TRUE", None),
        ("owner IS ? AND chosen IS NOT 0", ["ana"], "owner = %s AND chosen IS DISTINCT FROM 0", ["ana"]),
        ("owner IS ? AND id = ?", [None, 3], "owner IS NULL AND id = %s", [3]),
        ("case_search MATCH ?", ['words : ("a" AND "b"*)'], "case_search.found @@ %s::tsquery", ["'a' & 'b':*"]),
        ("SELECT 1 WHERE a LIKE %s", ["x"], "SELECT 1 WHERE a LIKE %s", ["x"]),
    ],
)
def test_sql_is_spelled_as_the_server_knows_it(
    sql: str, values: Sequence[Any], statement: str, bound: Sequence[Any] | None
) -> None:
    spelled, found = translated(sql).with_values(values)
    assert (spelled.replace("(", "").replace(")", ""), found) == (statement, bound)


def test_two_hosts_that_make_or_upgrade_the_tables_at_once_do_it_once(address: str, newer: Path) -> None:
    failed: list[BaseException] = []

    def start(migrations: Path) -> None:
        try:
            open_postgresql(address, migrations=migrations).close()
        except StoreFault as fault:
            failed.append(fault)

    for migrations in (MIGRATIONS, newer):
        hosts = [threading.Thread(target=start, args=(migrations,)) for _ in range(4)]
        for host in hosts:
            host.start()
        for host in hosts:
            host.join()
    assert failed == []
    with psycopg.connect(address) as connection:
        names = connection.execute("SELECT name FROM schema_migration ORDER BY id").fetchall()
        assert [int(name[:4]) for (name,) in names] == list(range(1, KNOWN + 2))


def test_a_host_that_waited_for_another_one_sees_the_tables_that_it_made(address: str) -> None:
    other: Any = DeskDatabase(address, busy_seconds=1)
    other.connect()
    with ThreadPoolExecutor(1) as host, other.transaction("EXCLUSIVE"):
        waiting = host.submit(open_postgresql, address)
        while not other.execute_sql("SELECT COUNT(*) FROM pg_locks WHERE NOT granted").fetchone()[0]:
            assert not waiting.done()
        other.execute_sql("CREATE TABLE schema_migration (id INTEGER, name TEXT)")
        other.execute_sql("INSERT INTO schema_migration VALUES (1, ?)", (f"{KNOWN:04}_the_last",))
        other.commit()
        waiting.result().close()
    other.close()


def test_an_older_program_refuses_a_newer_database(address: str, newer: Path) -> None:
    open_before = open_postgresql(address)
    open_postgresql(address, migrations=newer).close()
    told = f"version {KNOWN + 1} by a newer tuitrack; this one knows version {KNOWN}"
    with pytest.raises(StoreFault, match=told):
        open_postgresql(address)
    with pytest.raises(StoreFault, match=told), open_before.writing():
        pass
    open_before.close()


def test_a_migration_that_fails_changes_nothing(address: str, newer: Path) -> None:
    open_postgresql(address).close()
    (newer / f"{KNOWN + 1:04}_colour.py").write_text(COLOUR + "    raise ArithmeticError\n")
    with pytest.raises(ArithmeticError):
        open_postgresql(address, migrations=newer)
    with psycopg.connect(address) as connection:
        named = "SELECT COUNT(*) FROM information_schema.columns WHERE table_name = 'cases' AND column_name = 'colour'"
        assert connection.execute(named).fetchone() == (0,)
    open_postgresql(address).close()


def test_a_database_of_another_program_is_refused(address: str) -> None:
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE orders (id integer)")
    with pytest.raises(StoreFault, match="another program"):
        open_postgresql(address)


def test_what_a_server_refuses_is_a_sentence_without_the_password(postgresql_server: Server) -> None:
    missing = postgresql_server.address("nowhere").replace("tester@", "tester:secret@")
    with pytest.raises(StoreFault, match='does not answer: database "nowhere" does not exist') as refusal:
        open_postgresql(missing)
    assert "secret" not in refusal.value.sentence
    with pytest.raises(StoreFault, match="does not answer"):
        open_postgresql("postgresql://tester@/desk?host=/nowhere")
    assert name_of("postgresql://a:secret@one,two:5433/desk?target_session_attrs=read-write") == "desk on one,two"


def test_a_write_that_waits_too_long_is_told(postgresql_store: PostgresqlStore) -> None:
    other = postgresql_store.beside()
    with other.writing():
        with pytest.raises(StoreFault, match="busy"), postgresql_store.writing():
            pass
        with postgresql_store.reading() as reader:
            assert reader.agents() == []
    with postgresql_store.writing() as writer:
        writer.add(a_customer())
    other.close()


def test_work_goes_on_after_the_connection_was_lost_and_nothing_is_half_stored(
    postgresql_store: PostgresqlStore, postgresql_desk: str
) -> None:
    def store_and_lose_the_connection() -> None:
        with postgresql_store.writing() as writer:
            writer.add(a_customer())
            with psycopg.connect(postgresql_desk) as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tuitrack'"
                )
            writer.add(a_customer())

    with pytest.raises(StoreFault, match="does not answer"):
        store_and_lose_the_connection()
    with postgresql_store.reading() as reader:
        assert reader.counts(QueueQuery("is:all"), a_case().received_at, 9).all == 0
        assert reader.find_customers("ana", 9) == []


def test_ids_that_records_bring_along_are_never_given_again(postgresql_store: PostgresqlStore) -> None:
    with postgresql_store.writing() as writer:
        brought = writer.add(a_customer(id=41))
        given = writer.add(a_customer())
        assert list(writer.reserve_ids(type(given), 2)) == [given.id + 1, given.id + 2]
    assert (brought.id, given.id) == (41, 42)


def test_words_that_follow_each_other_far_on_in_a_long_timeline_are_found(postgresql_store: PostgresqlStore) -> None:
    with postgresql_store.writing() as writer:
        case = writer.add(a_case(customer_id=writer.add(a_customer()).id, status=Status.OPEN))
        for turn in range(12):
            writer.add(an_entry(case.id, body=" ".join(f"w{turn}x{number}" for number in range(1900))))
        writer.add(an_entry(case.id, body="the courier was very rude"))
    with postgresql_store.reading() as reader:
        for text, expected in (('"very rude"', 1), ('"rude very"', 0), ('"w11x1898 w11x1899"', 1)):
            assert reader.counts(QueueQuery(text), case.received_at, 9).all == expected, text


def test_a_case_that_a_file_of_an_older_program_had_is_found_by_its_numbers(
    postgresql_store: PostgresqlStore, postgresql_desk: str
) -> None:
    with postgresql_store.writing() as writer:
        case = writer.add(a_case(customer_id=writer.add(a_customer()).id, foreign_id="OLD/0077"))
    with psycopg.connect(postgresql_desk) as connection:
        connection.execute("UPDATE case_search SET words = replace(words, E'\\n', '')")
    with postgresql_store.reading() as reader:
        for text, expected in (("ref:77", 1), ("ref:old", 1), (f"ref:{case.reference}", 1), ("ref:8", 0)):
            assert reader.count(QueueQuery(f"is:all {text}"), case.received_at, 9) == expected, text


def test_a_poolers_transactions_find_nothing_prepared(postgresql_store: PostgresqlStore) -> None:
    for _ in range(20):
        with postgresql_store.reading() as reader:
            reader.agents()
            assert postgresql_store.db.execute_sql("SELECT COUNT(*) FROM pg_prepared_statements").fetchone() == (0,)


def test_the_server_of_the_tests_packages_keeps_a_desk_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("tests.postgresql_server._DEBIAN", Path("/nowhere"))
    with running() as server, server.database() as address:
        store = open_postgresql(address)
        with store.writing() as writer:
            case = writer.add(a_case(customer_id=writer.add(a_customer()).id))
        with store.reading() as reader:
            assert reader.case(case.id) == case
        store.close()
