"""Deadlines: adding working time, and counting those of all open cases anew after a change of their rules."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.bench import Bench
from benchmarks.desk import open_desk
from benchmarks.figures import Bar, Figure, Sample, figures
from tuitrack.domain.bulk import Fate
from tuitrack.domain.calendars import Calendar
from tuitrack.domain.case import Case
from tuitrack.domain.clocks import Clock
from tuitrack.domain.people import Customer
from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.reference import Reference
from tuitrack.domain.words import DueKind
from tuitrack.services.bulk import CHANGED_MOST, BulkService
from tuitrack.services.desk import Desk
from tuitrack.services.own_rules import OwnRules
from tuitrack.services.rule_moves import RuleMoves
from tuitrack.services.rules import RuleService
from tuitrack.services.steps import Steps

_HOURS = ((8 * 60, 12 * 60), (13 * 60, 17 * 60))
_OFFICE = Calendar("office", ZoneInfo("Europe/Zagreb"), (_HOURS,) * 5 + ((), ()), "HR")
_A_YEAR = 2_000 * 3_600
"""About the working seconds of a year."""
_BEGINNING = datetime(2020, 1, 6, 9, tzinfo=UTC)
_ADDITIONS = 2_000
_MOST_US = 50.0
_AT_ONCE = 1_000
_RULE = {"clock": "resolve", "calendar": "office"}
_CALENDAR = {"office": {"hours": {"mon-fri": ["08:00-12:00", "13:00-17:00"]}, "holidays": "HR"}}


def measure(bench: Bench) -> list[Figure]:
    """The addition beside the time it may take, the counting beside a change of one field in as many cases."""
    added = [(_additions(), {"one, µs": [_MOST_US]}) for _ in range(bench.rounds)]
    found = figures("Adding a year of working time, holidays kept", "what it may take", added, {"one, µs": Bar(1.0)})
    with TemporaryDirectory(prefix="tuitrack-deadlines-") as folder:
        desk = open_desk(Path(folder))
        _fill(desk, bench.rows)
        bulk = BulkService(desk)
        change = bulk.change({"category": "price"})
        some = QueueQuery(marked=frozenset(range(1, min(bench.rows, CHANGED_MOST) + 1)), text="is:marked")
        rehearsed = [fate for fates in _steps(bulk.rehearsal(change, some)) for fate in fates]
        theirs = _went_through(bulk.run(rehearsed))
        ours = _went_through(RuleMoves(desk).run(_rules("5 working days"), RuleService(desk).in_force().number))
        desk.store.close()
    names = {
        "a case, ms": Bar(2.0),
        "until it stops, longest, ms": Bar(3.0),
        "memory (PSS) after a tenth, MB": Bar(1.2),
        "memory (PSS) at the end, MB": Bar(1.2),
    }
    subject = f"Deadlines of {bench.rows:,} open cases counted anew"
    return found + figures(subject, f"another category for {len(rehearsed):,} of them", [(ours, theirs)], names)


def _additions() -> Sample:
    starts = [int((_BEGINNING + timedelta(hours=7 * number)).timestamp()) for number in range(_ADDITIONS)]
    _OFFICE.add(starts[-1], _A_YEAR)
    begun = time.process_time()
    for start in starts:
        _OFFICE.add(_OFFICE.opening(start), _A_YEAR)
    return {"one, µs": [(time.process_time() - begun) / _ADDITIONS * 1e6]}


def _went_through(steps: Steps[Any]) -> Sample:
    """What a run took for each case, its longest step, and the memory in the middle and at the end."""
    longest, memory, count, begun = 0.0, [_memory_mb()], 0, time.perf_counter()
    while True:
        before = time.perf_counter()
        if not (fates := steps.step()):
            break
        longest = max(longest, time.perf_counter() - before)
        count += len(fates)
        if count % _AT_ONCE < len(fates):
            memory.append(_memory_mb())
    return {
        "a case, ms": [(time.perf_counter() - begun) / count * 1000],
        "until it stops, longest, ms": [longest * 1000],
        "memory (PSS) after a tenth, MB": [memory[len(memory) // 10]],
        "memory (PSS) at the end, MB": [_memory_mb()],
    }


def _steps(steps: Steps[Any]) -> Iterator[list[Fate]]:
    while some := steps.step():
        yield some


def _rules(within: str) -> OwnRules:
    return OwnRules(calendars=_CALENDAR, rules=(_RULE | {"within": within},))


def _fill(desk: Desk, cases: int) -> None:
    """Store that many open cases of one customer, each with a clock by the rules in force."""
    RuleService(desk).put_in_force(_rules("10 working days"), RuleService(desk).in_force().number)
    now = desk.clock()
    with desk.store.writing() as writer:
        customer = writer.add(Customer(name="Žarko Example", entered_at=now))
    for first in range(1, cases + 1, _AT_ONCE):
        numbers = range(first, min(first + _AT_ONCE, cases + 1))
        with desk.store.writing() as writer:
            writer.add_all(_case(number, customer.id, desk.agent, now) for number in numbers)
            writer.add_all(_clock(number, now) for number in numbers)


def _case(number: int, customer_id: int, agent: str, now: datetime) -> Case:
    due = now + timedelta(days=14)
    return Case(
        id=number,
        reference=str(Reference("C", now.year, number)),
        customer_id=customer_id,
        version=1,
        subject="Parcel",
        received_at=now,
        received_by=agent,
        entered_at=now,
        entered_by=agent,
        touched_at=now,
        resolve_by=due,
        next_due_at=due,
        next_due_kind=DueKind.RESOLVE.value,
    )


def _clock(number: int, now: datetime) -> Clock:
    due = now + timedelta(days=14)
    return Clock(
        case_id=number,
        kind=DueKind.RESOLVE,
        rule="resolve within 10 working days",
        started_at=now,
        first_due_at=due,
        due_at=due,
    )


def _memory_mb() -> float:
    found = re.search(r"^Pss:\s+(\d+) kB", Path("/proc/self/smaps_rollup").read_text(), re.MULTILINE)
    assert found
    return int(found[1]) / 1000
