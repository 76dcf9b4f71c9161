"""The days of a report, those before them, and the parts in which they are counted."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuitrack.domain.errors import Refusal
from tuitrack.domain.quality.days import Days, read_days

NOW = datetime(2026, 11, 18, 13, 7, tzinfo=ZoneInfo("Europe/Zagreb"))
TODAY = NOW.date()


def days(text: str) -> Days:
    """The days from one to another."""
    first, _, last = text.partition("..")
    return Days(date.fromisoformat(first), date.fromisoformat(last or first))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", "2026-11-01..2026-11-30"),
        ("last month", "2026-10-01..2026-10-31"),
        ("2026-02", "2026-02-01..2026-02-28"),
        ("2025-12", "2025-12-01..2025-12-31"),
        ("last quarter", "2026-07-01..2026-09-30"),
        ("this quarter", "2026-10-01..2026-12-31"),
        ("last year", "2025-01-01..2025-12-31"),
        ("last week", "2026-11-09..2026-11-15"),
        ("1.10..18.10.", "2026-10-01..2026-10-18"),
        ("today", "2026-11-18"),
        (">15.11.", "2026-11-16..2026-11-18"),
    ],
)
def test_a_typed_period(typed: str, meant: str) -> None:
    assert read_days(typed, NOW) == days(meant)


@pytest.mark.parametrize(("typed", "sentence"), [("all", "a report begins on some day"), ("soon", "Period: ")])
def test_what_is_no_period_of_a_report(typed: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        read_days(typed, NOW)


@pytest.mark.parametrize(
    ("now", "before"),
    [
        ("2026-10-01..2026-10-31", "2026-09-01..2026-09-30"),
        ("2026-07-01..2026-09-30", "2026-04-01..2026-06-30"),
        ("2026-11-01..2026-11-30", "2026-10-01..2026-10-18"),
        ("2026-11-09..2026-11-15", "2026-11-02..2026-11-08"),
        ("2026-11-16..2026-11-22", "2026-11-09..2026-11-11"),
        ("2026-11-18", "2026-11-17"),
    ],
)
def test_what_is_not_over_is_compared_with_the_same_part(now: str, before: str) -> None:
    assert days(now).earlier(1, TODAY) == days(before)


def test_several_periods_earlier_and_one_later() -> None:
    assert days("2026-03-01..2026-03-31").earlier(2, TODAY) == days("2026-01-01..2026-01-31")
    assert days("2026-01-01..2026-01-31").shifted(1) == days("2026-02-01..2026-02-28")
    with pytest.raises(Refusal):
        days("0001-02-01..0001-02-28").shifted(-2)


_SPANS = st.tuples(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(0, 1200))


@given(_SPANS)
def test_every_day_is_in_one_slice(span: tuple[date, int]) -> None:
    first, count = span
    whole = Days(first, first + timedelta(days=count))
    slices = whole.slices()
    assert (slices[0].first, slices[-1].last) == (whole.first, whole.last)
    assert all(later.first - before.last == timedelta(days=1) for before, later in itertools.pairwise(slices))
    assert len(slices) <= 56


@pytest.mark.parametrize(
    ("some", "label", "text"),
    [
        ("2026-10-01..2026-10-31", "October 2026", "2026-10-01..2026-10-31"),
        ("2026-10-01..2026-11-18", "1 Oct 2026 to 18 Nov 2026", "2026-10-01..2026-11-18"),
        ("2026-10-05", "5 Oct 2026", "2026-10-05"),
    ],
)
def test_days_in_words(some: str, label: str, text: str) -> None:
    assert (days(some).label, days(some).text) == (label, text)
