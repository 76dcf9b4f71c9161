"""The queries of the queue stay quick when there are many cases: they walk an index and sort nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.builders import NOW, a_case, a_customer
from tuitrack.domain.deadlines import DueFilter
from tuitrack.domain.queue import Cursor, QueueQuery, Scope, Sort
from tuitrack.storage.queue_sql import rows
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

#: How the copies of the first case differ; nine in ten are closed with nothing due.
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
}


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    """Twenty thousand cases of five thousand customers, and what SQLite has learned about them."""
    folder: Path = tmp_path_factory.mktemp("full")
    store = open_store(folder / "tuitrack.db", folder / "backups")
    with store.writing() as writer:
        writer.add_all(a_customer(f"Customer {n}", id=n) for n in range(1, 5001))
        writer.add(a_case(customer_id=1))
        names = [column.name for column in store.db.get_columns("cases")]
        values = ", ".join(DIFFERENT.get(name, f'first."{name}"') for name in names)
        store.db.execute_sql(FILL.format(names=", ".join(f'"{name}"' for name in names), values=values), (CASES,))
        store.db.execute_sql(WORDS)
    store.db.execute_sql("ANALYZE")
    yield store
    store.close()


def plan(store: SqliteStore, query: Any) -> list[str]:
    """The steps SQLite takes for a query."""
    sql, parameters = query.bind(store.db).sql()
    return [step[-1] for step in store.db.execute_sql(f"EXPLAIN QUERY PLAN {sql}", parameters)]


QUEUES = [
    QueueQuery(),
    QueueQuery(sort=Sort.NEWEST),
    QueueQuery(sort=Sort.OLDEST),
    QueueQuery(sort=Sort.TOUCHED),
    QueueQuery(owner="agent 10"),
    QueueQuery(owner=""),
    QueueQuery(due=DueFilter.OVERDUE),
    QueueQuery(due=DueFilter.SOON, owner="agent 10"),
    QueueQuery(scope=Scope.UNCONFIRMED),
    QueueQuery(scope=Scope.CLOSED, sort=Sort.NEWEST),
    QueueQuery(scope=Scope.ALL),
    QueueQuery(scope=Scope.ALL, sort=Sort.NEWEST),
    QueueQuery(scope=Scope.ALL, sort=Sort.TOUCHED),
    QueueQuery("is:mine", me="agent 10"),
    QueueQuery("is:overdue"),
    QueueQuery("due:today"),
    QueueQuery("is:unowned"),
    QueueQuery("is:unconfirmed"),
    QueueQuery("is:open promise:open"),
    QueueQuery("is:open"),
    QueueQuery("is:all sort:newest"),
    QueueQuery("status:open due<3d -owner:me category:price", me="agent 10"),
    QueueQuery("has:phone no:email promise:broken sort:touched"),
    QueueQuery("age>10d idle>7d"),
]


def steps_of(store: SqliteStore, query: QueueQuery, after: Cursor | None = None) -> list[str]:
    """The steps SQLite takes for a page of a queue."""
    with store.reading() as reader:
        queue = reader.queue(query, NOW)
    page = queue.of(rows())
    if after is not None:
        page = page.where(queue.beyond(after))
    return plan(store, page.order_by(*queue.order).limit(100))


@pytest.mark.parametrize("after", [None, Cursor(1_795_003_200_000, 500)], ids=["first page", "next page"])
@pytest.mark.parametrize("query", QUEUES, ids=str)
def test_a_page_walks_an_index_and_looks_up_names(full: SqliteStore, query: QueueQuery, after: Cursor | None) -> None:
    steps = steps_of(full, query, after)
    assert not [step for step in steps if "TEMP B-TREE" in step]
    assert [step for step in steps if step.startswith(("SCAN", "SEARCH t1")) and "INDEX" in step]
    assert not [step for step in steps if step.startswith("SCAN") and "INDEX" not in step]


def test_the_default_queue_reads_open_work_alone(full: SqliteStore) -> None:
    assert any("work_due" in step for step in steps_of(full, QueueQuery()))


@pytest.mark.parametrize("after", [None, Cursor(500, 500)], ids=["first page", "next page"])
@pytest.mark.parametrize("text", ["router", "rou", "router start -smoke", '"does not" status:open', "is:all router"])
def test_words_are_read_from_the_last_case_on(full: SqliteStore, text: str, after: Cursor | None) -> None:
    first, second, *_ = steps_of(full, QueueQuery(text), after)
    assert first.startswith("SCAN case_search VIRTUAL TABLE")
    assert second == "SEARCH t1 USING INTEGER PRIMARY KEY (rowid=?)"
    assert not [step for step in steps_of(full, QueueQuery(text), after) if "TEMP B-TREE" in step]


@pytest.mark.parametrize("text", ["router sort:due", "router sort:touched", "router sort:newest is:all"])
def test_a_common_word_in_another_order_is_tested_on_each_case(full: SqliteStore, text: str) -> None:
    steps = steps_of(full, QueueQuery(text))
    assert [step for step in steps if step.startswith(("SCAN t1", "SEARCH t1")) and "INDEX" in step]
    assert not [step for step in steps if "TEMP B-TREE" in step]


@pytest.mark.parametrize("text", ["router is:mine", "router is:overdue", "router due:today"])
def test_a_common_word_beside_few_cases_is_tested_on_those(full: SqliteStore, text: str) -> None:
    steps = steps_of(full, QueueQuery(text, me="agent 10"))
    assert [step for step in steps if step.startswith("SEARCH t1") and "INDEX work" in step]


@pytest.mark.parametrize("text", ["account:A", "name:cust", "phone:234567", "ref:4517", "needle", "needle sort:due"])
def test_what_few_cases_have_leads_to_them(full: SqliteStore, text: str) -> None:
    steps = steps_of(full, QueueQuery(f"is:all {text}"))
    assert not [step for step in steps if step.startswith(("SCAN t1", "SCAN customer ")) and "INDEX" not in step]
