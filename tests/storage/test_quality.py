"""Every number of the quality report is that of the list behind it, in every store."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import NOW, a_call, a_case, a_clock, a_customer, a_promise, a_tick, an_agent
from tests.fakes import MemoryStore
from tests.storage.test_queue_plans import plan
from tuitrack.domain.promises import LedgerQuery
from tuitrack.domain.quality.days import Days
from tuitrack.domain.quality.report import Number, Report, Topic
from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.words import CallResult, DueKind, PromiseOutcome, Status, TickState
from tuitrack.services.desk import Desk
from tuitrack.services.ports import Record, Store
from tuitrack.services.quality import QualityService
from tuitrack.settings import Settings
from tuitrack.storage.part_reader import PartReader
from tuitrack.storage.piece import Piece
from tuitrack.storage.store import SqliteStore, open_store

ZAGREB = Settings(time_zone="Europe/Zagreb", turnaround_target_days=2, turnaround_days=5)
OWNERS = [None, "ana", "none", "me", 'quo"ted', "left long ago"]
"""Handles and values that a query could take for something else."""
VALUES = ["", "billing", "Billing", "BÍLLING", "billing late", "none", 'a "b", (c)', "x or y", "1..2", "-3"]
HOUR = timedelta(hours=1)
PERIODS = ["this week", "last week", "2026-11-10..2026-11-16", "2026-10", "last quarter", "today"]


def desk_over(store: object, now: datetime) -> Desk:
    """A desk in Zagreb at a moment."""
    return Desk(cast(Store, store), "ana", ZAGREB, lambda: now)


@st.composite
def desks(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Cases around the days of the periods, each with its records."""
    near = st.integers(-24 * 100, 24).map(lambda hours: NOW + hours * HOUR)
    case = st.fixed_dictionaries(
        {
            "received_at": near,
            "owner": st.sampled_from(OWNERS),
            "category": st.sampled_from(VALUES),
            "product": st.sampled_from(VALUES),
            "cause": st.sampled_from(VALUES),
            "still_angry": st.booleans(),
            "resolved_on_first_contact": st.booleans(),
            "reopened_count": st.integers(0, 1),
        }
    )
    found = []
    cases: list[dict[str, Any]] = draw(st.lists(case, max_size=9))
    for fields in cases:
        closed = draw(st.booleans())
        if closed or draw(st.booleans()):
            fields["resolved_at"] = fields["received_at"] + draw(st.integers(0, 24 * 12)) * HOUR
        if closed:
            fields |= {"status": Status.CLOSED, "closed_at": draw(near)}
        found.append({"case": fields, "records": draw(st.lists(st.sampled_from(RECORDS), max_size=4, unique=True))})
    return found


RECORDS = ("told", "untold", "missed", "response", "late response", "open response", "skipped", "kept", "broken", "due")


def a_record(name: str, case_id: int) -> Record:
    """A record of a case, by what it is called here."""
    response = {"kind": DueKind.FIRST_RESPONSE}
    kept = {"outcome": PromiseOutcome.KEPT, "settled_at": NOW, "due_at": NOW - 30 * HOUR}
    broken = {"outcome": PromiseOutcome.BROKEN, "settled_at": NOW, "due_at": NOW - 900 * HOUR}
    known: dict[str, Record] = {
        "told": a_call(case_id, recording_told=True),
        "untold": a_call(case_id),
        "missed": a_call(case_id, result=CallResult.NO_ANSWER),
        "response": a_clock(case_id, due_at=NOW, met_at=NOW, **response),
        "late response": a_clock(case_id, due_at=NOW - HOUR, met_at=NOW, **response),
        "open response": a_clock(case_id, due_at=NOW - HOUR, **response),
        "skipped": a_tick(case_id, state=TickState.SKIPPED, step=f"step-{case_id}"),
        "kept": a_promise(case_id, **kept),
        "broken": a_promise(case_id, by="left", **broken),
        "due": a_promise(case_id, due_at=NOW - HOUR),
    }
    return known[name]


def fill(store: Store, told: list[dict[str, Any]]) -> None:
    """Store the cases with their records."""
    with store.writing() as writer:
        writer.put_agent(an_agent("ana", name="Ana Kos"))
        writer.add(a_customer())
        for number, one in enumerate(told, 1):
            writer.add(a_case(number, **one["case"]))
            writer.add_all(a_record(name, number) for name in one["records"])


def listed(store: Store, number: Number, now: datetime) -> int:
    """How many cases or promises the list of a number has."""
    asked = number.lists
    with store.reading() as reader:
        if isinstance(asked, LedgerQuery):
            return len(reader.ledger(asked, now, 100))
        assert asked is not None
        return len(reader.page(QueueQuery(asked), now, 100).rows)


def numbers_of(report: Report) -> list[Number]:
    """All numbers that list something."""
    return [
        number for table in report.tables for row in table.rows for number in row.numbers if number.lists is not None
    ]


@settings(max_examples=6, deadline=None)
@given(told=desks(), period=st.sampled_from(PERIODS))
def test_every_number_is_that_of_its_list(
    tmp_path_factory: pytest.TempPathFactory, told: list[dict[str, Any]], period: str
) -> None:
    folder = tmp_path_factory.mktemp("quality")
    fake, database = MemoryStore(), open_store(folder / "tuitrack.db", folder / "backups")
    now = NOW.astimezone(ZoneInfo("Europe/Zagreb"))
    with closing(database):
        reports = []
        for store in (cast(Store, fake), database):
            fill(store, told)
            service = QualityService(desk_over(store, now))
            reports.append(report := service.report(service.days(period)))
            numbers = numbers_of(report)
            # The lists of the fake are gone through case by case, and are those of the database by other tests.
            for number in numbers if store is database else numbers[::9]:
                assert listed(store, number, now) == number.count, number
        assert reports[0] == reports[1]


def test_every_case_is_in_one_band_and_one_slice(store: Store) -> None:
    fill(store, [{"case": {"received_at": NOW - day * 24 * HOUR, **ended(day)}, "records": []} for day in range(12)])
    service = QualityService(desk_over(store, NOW))
    report = service.report(service.days("this month"))
    received, closed = (
        next(r for r in report.table(Topic.MEASURES).rows if r.id == id_) for id_ in ("received", "closed")
    )
    assert (received.numbers[0].count, closed.numbers[0].count) == (12, 12)
    bands = report.table(Topic.TURNAROUND).rows
    assert [row.label for row in bands] == [
        "same day", "1 to 2 days", "3 to 5 days", "more than 5 days", "closed unresolved",
    ]  # fmt: skip
    assert [row.numbers[0].count for row in bands] == [1, 2, 3, 5, 1]
    volume = report.table(Topic.VOLUME).rows
    assert sum(row.numbers[0].count or 0 for row in volume) == sum(row.numbers[1].count or 0 for row in volume) == 12


def ended(day: int) -> dict[str, Any]:
    """A case that was closed now and took so many days; the one of the eleventh was not resolved."""
    resolved = {"resolved_at": NOW} if day < 11 else {}
    return {"status": Status.CLOSED, "closed_at": NOW, **resolved}


def test_the_days_lead_to_the_cases_that_are_counted(
    sqlite_store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(sqlite_store, [{"case": {"received_at": NOW}, "records": []}])
    service = QualityService(desk_over(sqlite_store, NOW))
    ran: list[Piece] = []

    def run(reader: PartReader, piece: Piece) -> Any:
        ran.append(piece)
        return reader._db.execute_sql(piece.sql, piece.values)

    monkeypatch.setattr(PartReader, "_run", run)
    service.report(Days(NOW.date(), NOW.date()))
    plans = [" ".join(plan(sqlite_store, piece)) for piece in ran if "COUNT(*)" in piece.sql and "every" in piece.sql]
    assert len(plans) > 8
    assert all("cases_received_at_id" in told or "cases_closed_at_id" in told for told in plans)
    assert not any("SCAN t1" in told or "SCAN cases" in told for told in plans)
