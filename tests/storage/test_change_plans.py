"""The change to undo is found by index however many were made."""

from __future__ import annotations

from typing import Any

import pytest
from playhouse.test_utils import count_queries

from tests.builders import a_case, a_change, a_customer, an_entry
from tuitrack.storage.store import SqliteStore


@pytest.fixture
def busy_store(sqlite_store: SqliteStore) -> SqliteStore:
    """Two thousand changes by forty agents of a hundred cases, and what SQLite has learned about them."""
    with sqlite_store.writing() as writer:
        customer = writer.add(a_customer())
        writer.add_all(a_case(n, customer.id, id=n) for n in range(1, 101))
        writer.add_all(an_entry(1 + n % 100) for n in range(2000))
        told = ((n, 1 + n % 100, f"agent {n % 40}", n + 9 if n % 3 else None) for n in range(1, 2000))
        writer.add_all(a_change(n, case_id, by=by, undone_by=undone) for n, case_id, by, undone in told)
    sqlite_store.db.execute_sql("ANALYZE")
    return sqlite_store


@pytest.mark.parametrize("undone", [False, True])
@pytest.mark.parametrize("whose", [{"by": "agent 7"}, {"case_id": 8}, {"case_id": 8, "by": "agent 7"}], ids=str)
def test_the_last_change_is_found_by_index_and_nothing_is_sorted(
    busy_store: SqliteStore, whose: dict[str, Any], undone: bool
) -> None:
    with count_queries(only_select=True) as asked, busy_store.reading() as reader:
        assert reader.last_change(**whose, undone=undone) is not None
    (sql, parameters) = next(query.msg for query in asked.get_queries() if "change" in query.msg[0])
    steps = [step[-1] for step in busy_store.db.execute_sql(f"EXPLAIN QUERY PLAN {sql}", parameters)]
    assert len(steps) == 1
    assert "USING INDEX changes_" in steps[0]


def test_the_cases_of_a_run_are_found_by_index_and_not_sorted(busy_store: SqliteStore) -> None:
    with count_queries(only_select=True) as asked, busy_store.reading() as reader:
        assert reader.run_cases(7) == {}
    (sql, parameters) = next(query.msg for query in asked.get_queries() if "change" in query.msg[0])
    steps = [step[-1] for step in busy_store.db.execute_sql(f"EXPLAIN QUERY PLAN {sql}", parameters)]
    assert steps == ["SEARCH change USING INDEX changes_run_id (run=?)"]
