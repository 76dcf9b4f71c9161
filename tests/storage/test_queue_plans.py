"""The queries of the queue stay quick when there are many cases: they walk an index and sort nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.builders import NOW, a_case, a_customer
from tuitrack.domain.deadlines import DueFilter
from tuitrack.domain.queue import Cursor, QueueQuery, Scope, Sort
from tuitrack.storage.queue_sql import QueueSql, rows
from tuitrack.storage.store import SqliteStore, open_store

CASES = 20_000

FILL = """
    WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?)
    INSERT INTO cases ({names}) SELECT {values} FROM n JOIN cases AS first ON first.id = 1
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
]


@pytest.mark.parametrize("after", [None, Cursor(1_795_003_200_000, 500)], ids=["first page", "next page"])
@pytest.mark.parametrize("query", QUEUES, ids=str)
def test_a_page_walks_an_index_and_looks_up_names(full: SqliteStore, query: QueueQuery, after: Cursor | None) -> None:
    queue = QueueSql(query, NOW)
    conditions = [*queue.conditions(), *([queue.beyond(after)] if after else [])]
    steps = plan(full, rows().where(*conditions).order_by(*queue.order).limit(100))
    assert not [step for step in steps if "TEMP B-TREE" in step]
    assert [step for step in steps if step.startswith(("SCAN", "SEARCH t1")) and "INDEX" in step]
    assert not [step for step in steps if step.startswith("SCAN") and "INDEX" not in step]


def test_the_default_queue_reads_open_work_alone(full: SqliteStore) -> None:
    queue = QueueSql(QueueQuery(), NOW)
    steps = plan(full, rows().where(*queue.conditions()).order_by(*queue.order).limit(100))
    assert any("work_due" in step for step in steps)
