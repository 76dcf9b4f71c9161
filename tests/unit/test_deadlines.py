"""The one definition of overdue."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOW, a_clock, a_promise, an_action
from tuitrack.domain.deadlines import PAUSED, DueFilter, deadlines, is_overdue, next_due, next_kind, window
from tuitrack.domain.timeline import Action, Promise
from tuitrack.domain.words import DueKind, PromiseOutcome


def promise(due_at: datetime, **fields: Any) -> Promise:
    return a_promise(due_at=due_at, **fields)


def action(due_at: datetime | None, **fields: Any) -> Action:
    return an_action(what="visit", due_at=due_at, **fields)


def test_the_earliest_unmet_clock_is_due_next() -> None:
    resolve = a_clock(due_at=NOW + timedelta(days=9))
    clocks = deadlines([promise(NOW + timedelta(days=2))], [action(NOW + timedelta(days=1)), action(None)], [resolve])
    assert [clock.kind for clock in clocks] == [DueKind.ACTION, DueKind.PROMISE, DueKind.RESOLVE]
    due = next_due(clocks)
    assert due is not None
    assert (due.kind, due.what) == (DueKind.ACTION, "visit")


def test_what_is_settled_is_not_due() -> None:
    kept = promise(NOW, outcome=PromiseOutcome.KEPT, settled_at=NOW)
    done = action(NOW, done_on=NOW.date(), done_at=NOW)
    assert next_due(deadlines([kept], [done], [])) is None


def test_a_promise_kept_too_late_stays_late() -> None:
    kept = promise(NOW - timedelta(days=1), outcome=PromiseOutcome.KEPT, settled_at=NOW)
    [clock] = deadlines([kept], [], [])
    assert not clock.is_overdue(NOW)
    assert clock.late_by(NOW + timedelta(days=400)) == timedelta(days=1)


def test_a_clock_met_late_stays_late() -> None:
    [clock] = deadlines([], [], [a_clock(due_at=NOW - timedelta(days=3), met_at=NOW)])
    assert clock.late_by(NOW + timedelta(days=400)) == timedelta(days=3)


def test_a_clock_that_stands_still_is_paused_and_neither_late_nor_due() -> None:
    paused = deadlines([], [], [a_clock(due_at=NOW - timedelta(days=3), paused_at=NOW - timedelta(days=4))])
    assert not paused[0].is_overdue(NOW)
    assert paused[0].late_by(NOW) is None
    assert (next_due(paused), next_kind(paused)) == (None, PAUSED)
    running = [*paused, *deadlines([], [], [a_clock(due_at=NOW)])]
    assert next_kind(running) == DueKind.RESOLVE
    assert next_kind([]) == next_kind(deadlines([], [], [a_clock(met_at=NOW)])) == ""


@given(st.integers(-10_000_000, 10_000_000))
def test_overdue_is_exactly_what_the_overdue_window_lets_through(seconds: int) -> None:
    due_at = NOW + timedelta(seconds=seconds)
    since, before = window(DueFilter.OVERDUE, NOW)
    assert since is None
    assert before is not None
    assert is_overdue(due_at, NOW) == (due_at < before)
    clock = next_due(deadlines([promise(due_at)], [], []))
    assert clock is not None
    assert clock.is_overdue(NOW) == is_overdue(due_at, NOW) == (clock.late_by(NOW) is not None)


def test_nothing_due_is_not_overdue() -> None:
    assert not is_overdue(None, NOW)


@pytest.mark.parametrize("day", [date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 25), date(2028, 2, 29)])
def test_today_ends_at_the_office_midnight_even_when_the_clocks_change(day: date) -> None:
    zone = ZoneInfo("Europe/Zagreb")
    now = datetime(day.year, day.month, day.day, 9, tzinfo=zone)
    since, before = window(DueFilter.TODAY, now)
    assert since == now
    assert before is not None
    assert (before.date(), before.hour) == (day + timedelta(days=1), 0)


def test_the_windows_do_not_overlap_where_they_should_not() -> None:
    _, overdue_before = window(DueFilter.OVERDUE, NOW)
    today_from, today_before = window(DueFilter.TODAY, NOW)
    soon_from, soon_before = window(DueFilter.SOON, NOW)
    assert overdue_before == today_from == soon_from
    assert today_before is not None
    assert soon_before == today_before + timedelta(days=3)
    assert window(DueFilter.ALL, NOW) == (None, None)
