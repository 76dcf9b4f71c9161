"""The arithmetic of kept promises, and periods as they are typed."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuitrack.domain.errors import Refusal
from tuitrack.domain.periods import read_period
from tuitrack.domain.promises import FIGURES, Kept, Standing

NOW = datetime(2026, 11, 18, 13, 7, tzinfo=ZoneInfo("Europe/Zagreb"))
"""A Wednesday."""


@pytest.mark.parametrize(
    ("figures", "rate"),
    [
        (Kept(), None),
        (Kept(renegotiated=3), None),
        (Kept(kept=3), 100),
        (Kept(kept=1, broken=1), 50),
        (Kept(kept=1, overdue=2), 33),
        (Kept(kept=1, broken=1, renegotiated=8, overdue=2), 25),
        (Kept(kept=199, broken=1), 99),
        (Kept(broken=4), 0),
    ],
)
def test_the_rate_is_what_was_kept_of_what_was_to_be_kept_by_now(figures: Kept, rate: int | None) -> None:
    assert figures.rate == rate


NUMBERS = st.integers(0, 2000)
KEPT = st.builds(Kept, kept=NUMBERS, broken=NUMBERS, renegotiated=NUMBERS, overdue=NUMBERS)


@given(KEPT, KEPT)
def test_figures_add_up_and_their_rate_lies_between_the_two(one: Kept, other: Kept) -> None:
    both = one + other
    assert all(both.count(word) == one.count(word) + other.count(word) for word in FIGURES)
    rates = [kept.rate for kept in (one, other) if kept.rate is not None]
    assert (both.rate is None) == (not rates)
    if both.rate is not None:
        assert min(rates) <= both.rate <= max(rates)
        assert (both.rate == 100) == (both.broken == both.overdue == 0)


def test_what_is_open_and_not_due_yet_says_nothing() -> None:
    assert Kept.of({Standing.KEPT: 2, Standing.OPEN: 9}) == Kept(kept=2)


@pytest.mark.parametrize(
    ("typed", "since", "before"),
    [
        ("", "2026-11-01", "2026-12-01"),
        ("This  month", "2026-11-01", "2026-12-01"),
        ("last month", "2026-10-01", "2026-11-01"),
        ("month", "2026-11-01", "2026-12-01"),
        ("this week", "2026-11-16", "2026-11-23"),
        ("last week", "2026-11-09", "2026-11-16"),
        ("last day", "2026-11-17", "2026-11-18"),
        ("today", "2026-11-18", "2026-11-19"),
        ("this year", "2026-01-01", "2027-01-01"),
        ("last year", "2025-01-01", "2026-01-01"),
        ("1.11..15.11.", "2026-11-01", "2026-11-16"),
        ("2026-10-01..2026-10-31", "2026-10-01", "2026-11-01"),
        (">=2026-11-01", "2026-11-01", None),
        ("<2026-11-01", None, "2026-11-01"),
        ("all", None, None),
    ],
)
def test_a_period_is_typed_as_people_say_it(typed: str, since: str | None, before: str | None) -> None:
    found = read_period(typed, NOW)
    assert [moment and f"{moment:%Y-%m-%d}" for moment in found] == [since, before]
    assert all(moment is None or (moment.hour, moment.tzinfo) == (0, NOW.tzinfo) for moment in found)


@pytest.mark.parametrize("typed", ["soon", "..", "fri..what", "2026-11-20..2026-11-01", "<"])
def test_what_is_no_period_is_refused_with_what_was_expected(typed: str) -> None:
    with pytest.raises(Refusal, match=r"Period: .*Expected this month") as refused:
        read_period(typed, NOW)
    assert refused.value.field == "period"
