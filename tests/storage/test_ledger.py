"""Every store lists the same promises, and SQLite reads no more of them than a page."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import NOW, a_call, a_case, a_customer, a_promise
from tests.fakes import MemoryStore
from tests.storage.test_queue_plans import full, plan
from tuitrack.domain.promises import FIGURES, LedgerQuery, PromiseLine, Standing
from tuitrack.domain.timeline import Promise
from tuitrack.domain.words import PromiseOutcome, Status
from tuitrack.services.ports import Store
from tuitrack.storage.ledger_sql import LedgerSql
from tuitrack.storage.store import SqliteStore

__all__ = ["full"]

DAY = timedelta(days=1)
CASES = ({"owner": "ana", "category": "price"}, {"owner": "bo", "category": ""}, {"category": "price"})


def promised(store: Store, *promises: dict[str, Any]) -> list[Promise]:
    """Store three cases with these promises."""
    with store.writing() as writer:
        customer = writer.add(a_customer())
        for number, fields in enumerate(CASES, 1):
            due = min((one["due_at"] for one in promises if one["case_id"] == number), default=None)
            writer.add(a_case(number, customer.id, status=Status.OPEN, next_due_at=due, **fields))
        return [writer.add(a_promise(**fields)) for fields in promises]


def listed(store: Store, query: LedgerQuery, limit: int = 100) -> list[PromiseLine]:
    """All lines of the ledger, some at a time."""
    lines: list[PromiseLine] = []
    with store.reading() as reader:
        while page := reader.ledger(query, NOW, limit, lines[-1].promise if lines else None):
            lines += page
    return lines


def ids(store: Store, **query: Any) -> list[int]:
    """The promises of a query in their order."""
    return [line.id for line in listed(store, LedgerQuery(**query), limit=2)]


SETTLED = {"settled_at": NOW, "settled_by": "ana"}


@pytest.fixture
def filled(store: Store) -> Store:
    promised(
        store,
        {"case_id": 1, "by": "ana", "due_at": NOW + DAY},
        {"case_id": 1, "by": "bo", "due_at": NOW - DAY},
        {"case_id": 2, "by": "ana", "due_at": NOW + DAY},
        {"case_id": 3, "by": "bo", "due_at": NOW + 2 * DAY},
        {"case_id": 1, "by": "bo", "due_at": NOW - 2 * DAY, "outcome": PromiseOutcome.KEPT, **SETTLED},
        {"case_id": 2, "by": "ana", "due_at": NOW - DAY, "outcome": PromiseOutcome.KEPT, **SETTLED},
        {"case_id": 3, "by": "bo", "due_at": NOW - 40 * DAY, "outcome": PromiseOutcome.BROKEN, **SETTLED},
    )
    return store


def test_open_promises_come_by_their_due_time_and_settled_ones_with_the_latest_first(filled: Store) -> None:
    assert ids(filled) == [2, 1, 3, 4]
    assert ids(filled, standing=Standing.OVERDUE) == [2]
    assert ids(filled, standing=Standing.KEPT) == [6, 5]


def test_somebodys_promises_are_those_they_made_and_with_their_cases_what_is_open_there(filled: Store) -> None:
    assert ids(filled, by=("ana",)) == [1, 3]
    assert ids(filled, by=("ana",), with_cases=True) == [2, 1, 3]
    assert ids(filled, by=("ana",), with_cases=True, standing=Standing.KEPT) == [6]
    assert ids(filled, by=("ana", "bo")) == [2, 1, 3, 4]
    assert ids(filled, by=()) == []


def test_a_large_team_is_listed_as_a_small_one(filled: Store) -> None:
    many = (*(f"agent {n}" for n in range(1000)), "ana")
    for standing in Standing:
        for with_cases in (False, True):
            asked = {"standing": standing, "with_cases": with_cases}
            assert ids(filled, by=many, **asked) == ids(filled, by=("ana",), **asked)


def test_promises_are_narrowed_to_a_category_and_to_when_they_are_due(filled: Store) -> None:
    assert ids(filled, category="price") == [2, 1, 4]
    assert ids(filled, category="") == [3]
    assert ids(filled, since=NOW, before=NOW + 2 * DAY) == [1, 3]
    assert ids(filled, standing=Standing.OVERDUE, before=NOW + 2 * DAY) == [2]


def test_promises_are_counted_to_a_cap_and_by_maker_or_category(filled: Store) -> None:
    with filled.reading() as reader:
        assert reader.count_promises(LedgerQuery(), NOW, 100) == 4
        assert reader.count_promises(LedgerQuery(by=("ana",), with_cases=True), NOW, 2) == 2
        kept = LedgerQuery(standing=Standing.KEPT)
        assert reader.promises_counted(kept, NOW, "by") == {"ana": 1, "bo": 1}
        assert reader.promises_counted(LedgerQuery(), NOW, "category") == {"price": 3, "": 1}
        assert reader.promises_counted(replace(kept, since=NOW), NOW, "by") == {}


def test_a_line_tells_what_became_of_a_renegotiated_promise(store: Store) -> None:
    with store.writing() as writer:
        customer = writer.add(a_customer("Žana Ćuk"))
        case = writer.add(a_case(1, customer.id, owner="bo"))
        call = writer.add(a_call(case.id, at=NOW - DAY))
        old = writer.add(a_promise(case.id, outcome=PromiseOutcome.RENEGOTIATED, settled_at=NOW, settled_by="ana"))
        writer.add(a_promise(case.id, renegotiates=old.id, call_id=call.id, due_at=NOW + 5 * DAY))
    [line] = listed(store, LedgerQuery(standing=Standing.RENEGOTIATED))
    assert (line.promise, line.reference, line.customer, line.owner) == (old, case.reference, "Žana Ćuk", "bo")
    assert (line.moved_to, line.told_at) == (NOW + 5 * DAY, NOW - DAY)
    [anew] = listed(store, LedgerQuery())
    assert (anew.moved_to, anew.told_at, anew.standing) == (None, None, Standing.OPEN)


MOMENTS = st.integers(-5, 5).map(lambda days: NOW + days * DAY)
PROMISES = st.fixed_dictionaries(
    {
        "case_id": st.sampled_from([1, 2, 3]),
        "by": st.sampled_from(["ana", "bo", "Luka"]),
        "due_at": MOMENTS,
        "outcome": st.none() | st.sampled_from(PromiseOutcome),
    }
)
QUERIES = st.builds(
    LedgerQuery,
    standing=st.sampled_from(Standing),
    by=st.none() | st.lists(st.sampled_from(["ana", "bo", "Luka"]), max_size=3).map(tuple),
    with_cases=st.booleans(),
    category=st.sampled_from([None, "", "price"]),
    since=st.none() | MOMENTS,
    before=st.none() | MOMENTS,
)


@settings(max_examples=60)
@given(promises=st.lists(PROMISES, max_size=12), queries=st.lists(QUERIES, min_size=1, max_size=6))
def test_the_databases_list_and_count_what_the_plain_store_does(
    fresh: Callable[[], AbstractContextManager[Store]], promises: list[dict[str, Any]], queries: list[LedgerQuery]
) -> None:
    plain = MemoryStore()
    with fresh() as database:
        for store in (plain, database):
            promised(store, *promises)
        for query in queries:
            assert listed(database, query, 3) == listed(plain, query, 5)
            with database.reading() as one, plain.reading() as other:
                assert one.count_promises(query, NOW, 4) == other.count_promises(query, NOW, 4)
                for by in ("by", "category"):
                    whole = replace(query, by=None)
                    assert one.promises_counted(whole, NOW, by) == other.promises_counted(whole, NOW, by)


BEFORE = a_promise(id=7, due_at=NOW)


@pytest.mark.parametrize("after", [None, BEFORE], ids=["first page", "next page"])
@pytest.mark.parametrize("standing", Standing)
@pytest.mark.parametrize(
    ("query", "index"),
    [
        (LedgerQuery(), "promises_outcome_due_at_id_by"),
        (LedgerQuery(category="price"), "promises_outcome_due_at_id_by"),
        (LedgerQuery(since=NOW - DAY, before=NOW), "promises_outcome_due_at_id_by"),
        (LedgerQuery(by=("ana",)), "promises_by_outcome_due_at_id"),
    ],
)
def test_a_page_walks_an_index_in_its_order(
    full: SqliteStore, query: LedgerQuery, index: str, standing: Standing, after: Promise | None
) -> None:
    steps = plan(full, LedgerSql(replace(query, standing=standing), NOW).page(100, after))
    looked = [step for step in steps if "promise" in step]
    assert index in looked[0]
    assert not [step for step in steps if step.startswith("SCAN") and "page" not in step and "walk" not in step]
    assert not [step for step in looked if "TEMP B-TREE" in step]


def test_what_is_mine_reads_my_promises_and_my_cases_alone(full: SqliteStore) -> None:
    steps = plan(full, LedgerSql(LedgerQuery(by=("agent 10",), with_cases=True), NOW).page(100))
    assert any("promises_by_outcome_due_at_id (by=? AND outcome=?" in step for step in steps)
    assert any("work_of_owner (owner=?" in step for step in steps)
    assert any("promises_case_id_due_at (case_id=?" in step for step in steps)


@pytest.mark.parametrize("standing", FIGURES)
def test_figures_by_agent_are_counted_in_the_index_alone(full: SqliteStore, standing: Standing) -> None:
    month: tuple[datetime, datetime] = (NOW - 30 * DAY, NOW)
    query = LedgerQuery(standing=standing, since=month[0], before=month[1])
    steps = plan(full, LedgerSql(query, NOW).counted("by"))
    assert "COVERING INDEX promises_outcome_due_at_id_by (outcome=? AND due_at>? AND due_at<?)" in steps[0]
