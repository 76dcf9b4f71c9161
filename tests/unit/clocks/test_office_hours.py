"""Whether somebody is at work at a moment."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tuitrack.domain.calendars import Calendar, Period
from tuitrack.domain.office_hours import OfficeHours

ZAGREB = ZoneInfo("Europe/Zagreb")


def calendar(name: str, *hours: Period, zone: ZoneInfo = ZAGREB) -> Calendar:
    """A calendar with the same hours from Monday to Friday, the holidays of Croatia and a closing day."""
    week = (*[tuple(hours)] * 5, (), ())
    return Calendar(name=name, zone=zone, week=week, holidays="HR", closed=frozenset({date(2026, 11, 20)}))


OFFICE = calendar("office", (8 * 60, 12 * 60), (13 * 60, 16 * 60))
LATE = calendar("late", (16 * 60, 22 * 60))


@pytest.mark.parametrize(
    ("at", "outside"),
    [
        ("2026-11-17 08:00", ""),
        ("2026-11-17 12:00", ""),
        ("2026-11-17 12:30", "08:00-12:00 and 13:00-16:00"),
        ("2026-11-17 16:00", ""),
        ("2026-11-17 16:01", "08:00-12:00 and 13:00-16:00"),
        ("2026-11-17 07:59", "08:00-12:00 and 13:00-16:00"),
        ("2026-11-21 10:00", "weekend"),
        ("2026-11-20 10:00", "closed"),
        ("2026-12-25 10:00", "Christmas Day"),
    ],
)
def test_closed_hours_have_their_reason(at: str, outside: str) -> None:
    assert OfficeHours((OFFICE,)).outside(datetime.fromisoformat(at).replace(tzinfo=ZAGREB)) == outside


def test_somebody_is_there_when_one_of_several_calendars_says_so() -> None:
    evening = datetime(2026, 11, 17, 20, 0, tzinfo=ZAGREB)
    assert OfficeHours((OFFICE, LATE)).outside(evening) == ""
    assert OfficeHours((OFFICE,)).outside(evening) != ""


def test_without_a_calendar_nothing_is_known() -> None:
    assert OfficeHours().outside(datetime(2026, 11, 22, 3, 0, tzinfo=ZAGREB)) == ""


def test_the_hours_are_those_of_the_calendars_own_zone() -> None:
    tehran = calendar("far", (8 * 60, 16 * 60), zone=ZoneInfo("Asia/Tehran"))
    assert OfficeHours((tehran,)).outside(datetime(2026, 11, 17, 6, 0, tzinfo=ZAGREB)) == ""
