"""The queries of the queue stay quick when there are many cases, whether or not SQLite has counted what there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import NOW, a_case, a_customer
from tuitrack.domain.deadlines import DueFilter
from tuitrack.domain.queue import Cursor, QueueQuery, Scope, Sort
from tuitrack.services.ports import Reader
from tuitrack.services.views import BUILT_IN, View
from tuitrack.storage.case_rows import ROW
from tuitrack.storage.piece import Piece
from tuitrack.storage.store import SqliteStore, open_store

CASES = 20_000

FILL = """
    WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?)
    INSERT INTO cases ({names}) SELECT {values} FROM n JOIN cases AS first ON first.id = 1
"""

WORDS = """
    INSERT OR REPLACE INTO case_search (rowid, words, phones)
    SELECT id, CASE WHEN id % 5000 THEN 'router does not start' ELSE 'needle' END, '' FROM cases
"""

DIFFERENT = {
    "id": "n + 1",
    "reference": "'R' || n",
    "customer_id": "1 + n % 5000",
    "status": "CASE WHEN n % 10 THEN 'closed' ELSE 'open' END",
    "owner": "'agent ' || (n % 40)",
    "received_at": "first.received_at - n * 60000",
    "touched_at": "first.touched_at - n * 1000",
    "due_key": "CASE WHEN n % 10 THEN first.due_key ELSE first.received_at + n * 1000 END",
    "open_work": "n % 10 = 0",
    "category": "CASE WHEN n % 2 THEN 'price' ELSE 'delivery ' || n % 1000 END",
}
"""How the copies of the first case differ; nine in ten are closed with nothing due."""


@pytest.fixture(scope="module", params=["counted", "not counted"])
def full(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    """Twenty thousand cases of five thousand customers, and perhaps what SQLite has learned about them."""
    folder: Path = tmp_path_factory.mktemp("full")
    store = open_store(folder / "tuitrack.db", folder / "backups")
    with store.writing() as writer:
        writer.add_all(a_customer(f"Customer {n}", account=f"A-{n}", id=n) for n in range(1, 5001))
        writer.add(a_case(customer_id=1))
        names = [column.name for column in store.db.get_columns("cases")]
        values = ", ".join(DIFFERENT.get(name, f'first."{name}"') for name in names)
        store.db.execute_sql(FILL.format(names=", ".join(f'"{name}"' for name in names), values=values), (CASES,))
        store.db.execute_sql(WORDS)
    if request.param == "counted":
        store.db.execute_sql("ANALYZE")
    yield store
    store.close()


def plan(store: SqliteStore, piece: Piece) -> list[str]:
    """The steps SQLite takes for a statement, without those of single values looked up for a row."""
    explained = list(store.db.execute_sql(f"EXPLAIN QUERY PLAN {piece.sql}", piece.values))
    aside = {0: False}
    for step, above, _, told in explained:
        aside[step] = aside.get(above, False) or told.startswith("CORRELATED SCALAR SUBQUERY")
    return [told for step, _, _, told in explained if not aside[step]]


def steps_of(store: SqliteStore, query: QueueQuery, after: Cursor | None = None) -> list[str]:
    """The steps SQLite takes for a page of a queue."""
    with store.reading() as reader:
        return plan(store, reader.queue(query, NOW).page(ROW, 101, after))


def reads_a_whole_table(steps: Sequence[str]) -> bool:
    """Whether a table is gone through without an index."""
    tables = ("SCAN t1", "SCAN cases", "SCAN customer ", "SCAN promise", "SCAN entry")
    return any(step.startswith(tables) and "INDEX" not in step for step in steps)


MIDDLE = Cursor(1_795_003_200_000, 500)

WALKS = [
    (QueueQuery(), "work_due"),
    (QueueQuery(sort=Sort.NEWEST), "work_received"),
    (QueueQuery(sort=Sort.OLDEST), "work_received"),
    (QueueQuery(sort=Sort.TOUCHED), "work_touched"),
    (QueueQuery(sort=Sort.ENTERED), "work_entered"),
    (QueueQuery(owner="agent 10"), "work_of_owner"),
    (QueueQuery(owner=""), "work_of_owner"),
    (QueueQuery(due=DueFilter.OVERDUE), "work_due"),
    (QueueQuery(due=DueFilter.SOON, owner="agent 10"), "work_of_owner"),
    (QueueQuery(scope=Scope.UNCONFIRMED), "cases_status_due_key_id"),
    (QueueQuery(scope=Scope.CLOSED, sort=Sort.NEWEST), "cases_status_received_at_id"),
    (QueueQuery(scope=Scope.ALL), "cases_due_key_id"),
    (QueueQuery(scope=Scope.ALL, sort=Sort.NEWEST), "cases_received_at_id"),
    (QueueQuery(scope=Scope.ALL, sort=Sort.TOUCHED), "cases_touched_at_id"),
    (QueueQuery("is:all owner:me", me="agent 10"), "cases_owner_due_key_id"),
    (QueueQuery("status:open due<3d"), "cases_status_due_key_id"),
    (QueueQuery("is:all category:price"), "cases_due_key_id"),
    (QueueQuery("is:all -router"), "cases_due_key_id"),
    (QueueQuery("has:phone no:email"), "work_due"),
    (QueueQuery("is:all router sort:touched"), "cases_touched_at_id"),
    (QueueQuery("is:all router sort:newest category:price"), "cases_received_at_id"),
]
"""What each queue walks through, in its order."""


@pytest.mark.parametrize("after", [None, MIDDLE], ids=["first page", "next page"])
@pytest.mark.parametrize(("query", "index"), WALKS, ids=str)
def test_a_page_walks_the_index_of_its_order_and_sorts_nothing(
    full: SqliteStore, query: QueueQuery, index: str, after: Cursor | None
) -> None:
    first, *others = steps_of(full, query, after)
    assert first.split(" (")[0].split(" INDEX ")[1] == index
    assert not [step for step in others if step.startswith("SCAN") or "TEMP B-TREE" in step]


@pytest.mark.parametrize("view", BUILT_IN, ids=lambda view: view.name)
def test_no_built_in_view_reads_a_whole_table_or_sorts_it(full: SqliteStore, view: View) -> None:
    steps = steps_of(full, QueueQuery(view.text, me="agent 10"), MIDDLE)
    assert not reads_a_whole_table(steps)


@pytest.mark.parametrize("after", [None, Cursor(500, 500)], ids=["first page", "next page"])
@pytest.mark.parametrize(
    ("text", "found_by"),
    [
        ("router", "INDEX work_entered"),
        ("rou", "INDEX work_entered"),
        ("router start -smoke", "INDEX work_entered"),
        ('"does not" age>1d', "INDEX work_entered"),
        ("is:all router", "INTEGER PRIMARY KEY"),
        ("is:all router category:price", "INTEGER PRIMARY KEY"),
    ],
)
def test_words_are_read_from_the_last_case_on(
    full: SqliteStore, text: str, found_by: str, after: Cursor | None
) -> None:
    first, second, *others = steps_of(full, QueueQuery(text), after)
    assert first.startswith("SCAN case_search VIRTUAL TABLE")
    assert second.startswith("SEARCH t1 USING")
    assert found_by in second
    assert not [step for step in others if "TEMP B-TREE" in step]


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("needle sort:due", "case_search VIRTUAL TABLE"),
        ("is:all needle sort:touched", "case_search VIRTUAL TABLE"),
        ("owner:me sort:newest", "INDEX work_of_owner"),
        ("router owner:me", "INDEX work_of_owner"),
        ("is:all category:delivery router", "INDEX cases_category_open_work"),
        ("is:all category:délivery", "INDEX cases_category_open_work"),
        ("category:nothing", "INDEX cases_category_open_work"),
        ("is:all tag:vip router", "INDEX cases_tags_open_work"),
        ("is:all is:urgent", "INDEX cases_priority_open_work"),
        ("is:all is:angry", "INDEX angry"),
        ("is:all is:public", "INDEX in_public"),
        ("is:all is:reopened", "INDEX reopened"),
        ("is:all is:paused", "INDEX clocks_paused"),
        ("is:all is:late category:price", "INDEX clocks_met_late"),
        ("is:all is:first-contact category:price", "INDEX resolved_on_first_contact"),
        ("is:all is:unannounced router", "INDEX calls_unannounced"),
        ("is:all entered:2020-01-05 category:price", "INDEX cases_entered_at_id"),
        ("entered:2020-01-05", "INDEX cases_entered_at_id"),
        ("is:all met:resolve sort:newest", "INDEX clocks_met_in_time"),
        ("is:all missed:resolve router", "INDEX clocks_met_late"),
        ("missed:first_response missed:resolve", "INDEX clocks_met_late"),
        ("is:all no:category router", "INDEX cases_category_open_work"),
        ("is:all has:amount", "INDEX amount_asked"),
        ("is:all has:late-reason", "INDEX clocks_late_because"),
        ("is:all next:promise sort:newest", "INDEX work_due"),
        ("is:all closed:today", "INDEX cases_closed_at_id"),
        ("is:all promise:broken router", "INDEX promises_outcome_case_id"),
        ("is:all approval:waiting router", "INDEX remedies_approval_case_id"),
        ("is:all is:published", "INDEX publicposts_state_case_id"),
        ("is:all is:escalated", "INDEX escalations_ended_at_level_case_id"),
        ("is:all escalated:2 router", "INDEX escalations_ended_at_level_case_id"),
        ("is:all step:listen router", "INDEX ticks_state_step_case_id"),
        ("is:all skipped:any", "INDEX ticks_state_step_case_id"),
        ("is:all loop:fedback router", "INDEX feedbacks_case_id_at"),
        ("is:all loop:corrected", "INDEX feedbacks_case_id_at"),
        ("is:all contact:wanted contact:never", "INDEX contact_wanted"),
        ("is:all is:recurred router", "INDEX recurred"),
        ("is:all read:me", "INDEX casereadings_by_case_id"),
        ("is:all has:remedy", "INDEX remedies_case_id_offered_on"),
        ("is:all account:A-17 router", "INDEX customers_account_key"),
        ("is:all name:17", "customer_search VIRTUAL TABLE"),
        ("is:all phone:234567 category:price", "case_search VIRTUAL TABLE"),
        ("is:all ref:4517", "case_search VIRTUAL TABLE"),
        ("is:all (needle or category:nothing)", "case_search VIRTUAL TABLE"),
        ("(is:all needle) or is:angry", "case_search VIRTUAL TABLE"),
    ],
)
def test_what_few_cases_have_leads_to_them(full: SqliteStore, text: str, way: str) -> None:
    steps = steps_of(full, QueueQuery(text, me="agent 10"))
    assert way in next(step for step in steps if step.startswith(("SCAN", "SEARCH")))
    assert not [step for step in steps if step.startswith("SCAN t1")]


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("is:late", "clocks_met_late"),
        ("missed:resolve", "clocks_met_late"),
        ("met:resolve", "clocks_met_in_time"),
        ("is:unannounced", "calls_unannounced"),
    ],
)
def test_where_the_order_leads_each_case_is_looked_up_in_the_index_of_what_was_asked(
    full: SqliteStore, text: str, index: str
) -> None:
    with full.reading() as reader:
        page = replace(reader.queue(QueueQuery(text), NOW), lead=None).page(ROW, 101)
    steps = [told for *_, told in full.db.execute_sql(f"EXPLAIN QUERY PLAN {page.sql}", page.values)]
    assert [step for step in steps if step.startswith("SEARCH") and f" INDEX {index} " in step]


@pytest.mark.parametrize("query", [*(query for query, _ in WALKS), QueueQuery("router"), QueueQuery("needle")], ids=str)
def test_counts_read_no_whole_table(full: SqliteStore, monkeypatch: pytest.MonkeyPatch, query: QueueQuery) -> None:
    plans = plans_of(full, monkeypatch, lambda reader: reader.counts(replace(query, me="agent 10"), NOW, 100))
    assert len(plans) >= 5
    assert not any(map(reads_a_whole_table, plans))


def test_the_board_is_one_pass_over_what_is_due_and_one_over_what_is_paused(
    full: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    due, paused = plans_of(full, monkeypatch, lambda reader: reader.due_counts([NOW - timedelta(days=1), NOW]))
    assert due == ["SEARCH cases USING INDEX work_due (due_key<?)", "USE TEMP B-TREE FOR GROUP BY"]
    assert "INDEX clocks_paused" in " ".join(paused)
    assert not reads_a_whole_table(paused)


@pytest.mark.parametrize("owner", [None, "agent 10"])
def test_what_becomes_due_next_is_looked_up_and_not_sorted(
    full: SqliteStore, monkeypatch: pytest.MonkeyPatch, owner: str | None
) -> None:
    asked = plans_of(full, monkeypatch, lambda reader: reader.becoming_due(owner, NOW, NOW + timedelta(hours=1), 9))
    steps = [step for steps in asked for step in steps]
    assert all(step.startswith("SEARCH") for step in steps)
    assert len(steps) == 3


@pytest.mark.parametrize("owner", [None, "agent 10"])
def test_promises_that_come_due_are_looked_up_and_not_sorted(
    full: SqliteStore, monkeypatch: pytest.MonkeyPatch, owner: str | None
) -> None:
    (steps,) = plans_of(full, monkeypatch, lambda reader: reader.promises_due(owner, NOW, NOW + timedelta(hours=1), 9))
    assert all(step.startswith("SEARCH") for step in steps)


def plans_of(store: SqliteStore, monkeypatch: pytest.MonkeyPatch, ask: Callable[[Reader], object]) -> list[list[str]]:
    """The steps SQLite takes for each statement of a question."""
    asked: list[Piece] = []
    execute = store.db.execute_sql

    def note(sql: str, values: Sequence[object] = ()) -> object:
        asked.append(Piece(sql, tuple(values)))
        return execute(sql, values)

    with store.reading() as reader:
        monkeypatch.setattr(store.db, "execute_sql", note)
        ask(reader)
        monkeypatch.undo()
    return [plan(store, piece) for piece in asked]
