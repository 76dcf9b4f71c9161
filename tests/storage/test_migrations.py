"""The migrations make exactly the tables, and an older file is brought up to date without losing anything."""

from __future__ import annotations

import pkgutil
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import fields
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from playhouse.schema_diff import diff_models

from tests.builders import NOW, a_case, a_customer
from tuitrack.domain import records
from tuitrack.domain.errors import StoreFault
from tuitrack.domain.words import DueKind, PostState
from tuitrack.services.ports import R
from tuitrack.storage import tables
from tuitrack.storage.mapping import COLUMNS_OF, KEPT_IN, ROW_OF, TABLE_OF, row_of
from tuitrack.storage.schema import MIGRATIONS, newest_version
from tuitrack.storage.store import SqliteStore, open_store
from tuitrack.storage.tables.table import Table

DAY = timedelta(days=1)
KNOWN = newest_version(MIGRATIONS)
NEXT = f"{KNOWN + 1:04}_colour.py"
COLOUR = """
def up(migrator, db):
    db.execute_sql("ALTER TABLE cases ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'")
"""


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """The migrations of a later tuitrack."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder)
    (folder / NEXT).write_text(COLOUR)
    return folder


def tables_of(kind: type[Table]) -> Iterator[type[Table]]:
    """The tables of a kind; a class that others build on is none."""
    kinds = kind.__subclasses__()
    for one in kinds:
        yield from tables_of(one)
    if not kinds:
        yield kind


for found in pkgutil.iter_modules(tables.__path__, f"{tables.__name__}."):
    import_module(found.name)
TABLES = list(tables_of(Table))


def reopened(store: SqliteStore, migrations: Path = MIGRATIONS) -> SqliteStore:
    """The same file opened by another program."""
    return open_store(store.path, store.path.parents[1] / "backups", migrations=migrations)


def test_migrations_make_the_tables_that_the_program_means(sqlite_store: SqliteStore) -> None:
    assert not diff_models(sqlite_store.db, TABLES)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_every_column_is_made_as_declared(sqlite_store: SqliteStore, table: Any) -> None:
    sql = "SELECT sql FROM sqlite_master WHERE name = ?"
    (made,) = sqlite_store.db.execute_sql(sql, (table._meta.table_name,)).fetchone()
    with table.bind_ctx(sqlite_store.db):
        declared = table._schema._create_table(safe=False).query()[0]
    assert "".join(made.split()) == "".join(declared.split())


def test_every_field_has_a_column() -> None:
    kinds = [getattr(records, name) for name in KEPT_IN]
    kept = {kind: {column.column_name for column in COLUMNS_OF[kind]} for kind in kinds}
    without = {field.name for kind in kept for field in fields(kind)} - set.union(*kept.values())
    assert without == {"phones"}


def test_a_database_is_made_private(sqlite_store: SqliteStore) -> None:
    folder = sqlite_store.path.parent
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}


def test_an_older_file_is_copied_and_brought_up_to_date(sqlite_store: SqliteStore, newer: Path) -> None:
    with sqlite_store.writing() as writer:
        case = writer.add(a_case(customer_id=writer.add(a_customer()).id))
    sqlite_store.close()
    store = reopened(sqlite_store, newer)
    assert store.db.user_version == KNOWN + 1
    with store.reading() as reader:
        assert reader.case(case.id) == case
    (colour,) = store.db.execute_sql("SELECT colour FROM cases").fetchone()
    assert colour == "red"
    store.close()
    (backup,) = (sqlite_store.path.parents[1] / "backups").iterdir()
    assert backup.stat().st_mode & 0o777 == 0o600
    copy = sqlite3.connect(backup)
    assert copy.execute("PRAGMA user_version").fetchone() == (KNOWN,)
    assert copy.execute("SELECT reference FROM cases").fetchall() == [(case.reference,)]
    copy.close()


def test_a_file_of_the_first_release_can_undo_what_is_changed_from_now_on(tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    folder.mkdir()
    shutil.copy(MIGRATIONS / "0001_first.py", folder)
    old = open_store(tmp_path / "data" / "tuitrack.db", tmp_path / "backups", migrations=folder)
    old.db.execute_sql("INSERT INTO agent VALUES ('ana', 'Ana', 'agent', '', 1, 0)")
    old.close()
    store = reopened(old)
    assert not diff_models(store.db, TABLES)
    with store.reading() as reader:
        assert reader.last_change(by="ana") is None
    store.close()


def stored_as_then(store: SqliteStore, record: R, **since_gone: Any) -> R:
    """Store a record in a file that does not know all of its columns yet, and has some that are gone since."""
    kind = type(record)
    table = TABLE_OF[kind]._meta.table_name
    known = {name for _, name, *_ in store.db.execute_sql(f"PRAGMA table_info({table})")}
    row = {name: value for name, value in zip(ROW_OF[kind], row_of(record), strict=True) if name in known}
    gone = {"post_link": "", "post_answer": ""} | since_gone
    row |= {name: value for name, value in gone.items() if name in known}
    marks = ", ".join("?" * len(row))
    store.db.execute_sql(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
    return record


def test_dates_of_a_file_without_clocks_become_clocks_that_somebody_set(tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    folder.mkdir()
    for step in sorted(MIGRATIONS.glob("000[1-5]_*.py")):
        shutil.copy(step, folder)
    old = open_store(tmp_path / "data" / "tuitrack.db", tmp_path / "backups", migrations=folder)
    customer = stored_as_then(old, a_customer(id=1))
    late: dict[str, Any] = {"resolve_by": NOW, "resolved_at": NOW + DAY, "confirm_by": NOW + 3 * DAY}
    resolved = stored_as_then(old, a_case(1, customer.id, id=1, reopened_count=1, **late))
    open_case = stored_as_then(old, a_case(2, customer.id, id=2, resolve_by=NOW))
    without = stored_as_then(old, a_case(3, customer.id, id=3, closed_at=NOW))
    old.close()
    store = reopened(old)
    with store.reading() as reader:
        resolve, confirm = reader.clocks(resolved.id)
        assert (resolve.kind, resolve.due_at, resolve.met_at) == (DueKind.RESOLVE, NOW, NOW + DAY)
        assert (confirm.kind, confirm.started_at, confirm.met_at) == (DueKind.CONFIRM, NOW + DAY, None)
        assert (resolve.turn, resolve.rule, confirm.due_at) == (1, "", NOW + 3 * DAY)
        assert [(clock.due_at, clock.met_at) for clock in reader.clocks(open_case.id)] == [(NOW, None)]
        assert reader.clocks(without.id) == []
    store.close()


def test_a_file_that_is_up_to_date_is_not_copied(sqlite_store: SqliteStore) -> None:
    reopened(sqlite_store).close()
    assert not (sqlite_store.path.parents[1] / "backups").exists()


def test_what_cases_had_of_one_public_post_becomes_a_record(tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (posts_kept,) = MIGRATIONS.glob("*_public_posts.py")
    for step in MIGRATIONS.glob("0*.py"):
        if step.name < posts_kept.name:
            shutil.copy(step, folder)
    old = open_store(tmp_path / "data" / "tuitrack.db", tmp_path / "backups", migrations=folder)
    customer = stored_as_then(old, a_customer(id=1))
    posts = {1: {"post_link": "https://x.y/1", "post_asked_on": "2026-11-20", "post_removed_on": "2026-11-21"}, 2: {}}
    posts[3] = {"post_link": "https://x.y/3", "post_answer": "No."}
    for number, told in posts.items():
        stored_as_then(old, a_case(number, id=number, customer_id=customer.id, source="forum"), **told)
    changes = '{"post_link":["","https://x.y/1"],"subject":["a","b"]}'
    old.db.execute_sql(
        "INSERT INTO change (id, case_id, version, by, fields, records) VALUES (1, 1, 2, 'ana', ?, '[]')", (changes,)
    )
    store = reopened(old)
    assert not diff_models(store.db, TABLES)
    with store.reading() as reader:
        (removed,), (online,) = reader.public_posts(1), reader.public_posts(3)
        assert reader.public_posts(2) == []
        change = reader.last_change(case_id=1)
        assert change is not None
        assert dict(change.fields) == {"subject": ("a", "b")}
        assert reader.case(1).source == "forum"
    store.close()
    assert (removed.link, removed.place, removed.state) == ("https://x.y/1", "forum", PostState.REMOVED)
    assert (removed.asked_on, removed.state_on) == (date(2026, 11, 20), date(2026, 11, 21))
    assert (online.answer, online.state, online.asked_on) == ("No.", PostState.ONLINE, None)


def test_an_older_program_refuses_a_newer_file(sqlite_store: SqliteStore, newer: Path) -> None:
    sqlite_store.close()
    reopened(sqlite_store, newer).close()
    with pytest.raises(StoreFault, match=f"version {KNOWN + 1} by a newer tuitrack; this one knows version {KNOWN}"):
        reopened(sqlite_store)


def test_a_program_that_was_open_meanwhile_is_told(sqlite_store: SqliteStore, newer: Path) -> None:
    reopened(sqlite_store, newer).close()
    with pytest.raises(StoreFault, match="a newer tuitrack"), sqlite_store.writing():
        pass


def test_a_migration_that_fails_changes_nothing(sqlite_store: SqliteStore, newer: Path) -> None:
    (newer / NEXT).write_text(COLOUR + "    raise ArithmeticError\n")
    sqlite_store.close()
    with pytest.raises(ArithmeticError):
        reopened(sqlite_store, newer)
    store = reopened(sqlite_store)
    assert not diff_models(store.db, TABLES)
    store.close()
