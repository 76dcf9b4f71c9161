"""Working time: by the office's clock, without nights, weekends, holidays and closing days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.clock_rules import CROATIA, OFFICE, at, calendar
from tuitrack.domain.calendars import Calendar, every_hour, keeps_holidays
from tuitrack.domain.counting import Counting, Span, Stop, parse_span


def due(start: str, span: str, within: Calendar = OFFICE) -> str:
    """When a span that starts at a local time is due, in local time."""
    parsed = parse_span(span)
    assert parsed is not None
    return f"{Counting(parsed, within, at(start, within.zone)).due_at.astimezone(within.zone):%a %Y-%m-%d %H:%M:%S}"


# 2026-11-20 is a Friday. Every date below was worked out by hand, with a printed calendar.
@pytest.mark.parametrize(
    ("start", "span", "expected"),
    [
        ("2026-11-20 09:00", "2 working hours", "Fri 2026-11-20 11:00:00"),
        ("2026-11-20 11:30", "1 working hour", "Fri 2026-11-20 13:30:00"),  # over the noon break
        ("2026-11-20 12:30", "1 working hour", "Fri 2026-11-20 14:00:00"),  # received in the break
        ("2026-11-20 16:00", "1 working hour", "Fri 2026-11-20 17:00:00"),  # up to the close, not the next opening
        ("2026-11-20 16:30", "1 working hour", "Mon 2026-11-23 08:30:00"),
        ("2026-11-20 22:00", "2 working hours", "Mon 2026-11-23 10:00:00"),  # received out of hours
        ("2026-11-21 12:00", "30 working minutes", "Mon 2026-11-23 08:30:00"),  # on a Saturday
        ("2026-11-20 03:00", "2 working hours", "Fri 2026-11-20 10:00:00"),  # before the opening
        ("2026-11-20 09:00", "same working day", "Fri 2026-11-20 17:00:00"),
        ("2026-11-20 18:00", "same working day", "Mon 2026-11-23 17:00:00"),
        ("2026-11-21 10:00", "same working day", "Mon 2026-11-23 17:00:00"),
        ("2026-11-20 09:00", "1 working day", "Mon 2026-11-23 17:00:00"),
        ("2026-11-20 18:00", "1 working day", "Mon 2026-11-23 17:00:00"),
        ("2026-11-21 10:00", "3 working days", "Wed 2026-11-25 17:00:00"),
        ("2026-11-20 09:00", "10 working days", "Fri 2026-12-04 17:00:00"),
    ],
)
def test_working_time_is_counted_by_the_office(start: str, span: str, expected: str) -> None:
    assert due(start, span) == expected


@pytest.mark.parametrize(
    ("start", "span", "expected"),
    [
        # Easter Monday 2026 is 6 April; the Friday before is a working day in Croatia.
        ("2026-04-03 16:00", "2 working hours", "Tue 2026-04-07 09:00:00"),
        ("2026-04-03 16:00", "1 working day", "Tue 2026-04-07 17:00:00"),
        # Remembrance Day, Wednesday 18 November 2026.
        ("2026-11-17 09:00", "2 working days", "Fri 2026-11-20 17:00:00"),
        # New Year's Day 2027 is a Friday, Epiphany a Wednesday: 31 Dec, 4, 5, 7 Jan.
        ("2026-12-30 09:00", "4 working days", "Thu 2027-01-07 17:00:00"),
        # 29 February 2028 is a Tuesday like any other.
        ("2028-02-28 09:00", "1 working day", "Tue 2028-02-29 17:00:00"),
        ("2028-02-28 16:00", "2 working hours", "Tue 2028-02-29 09:00:00"),
    ],
)
def test_holidays_and_leap_days(start: str, span: str, expected: str) -> None:
    assert due(start, span, CROATIA) == expected


def test_own_closing_days_are_no_working_days() -> None:
    shut = calendar(closed=frozenset({date(2026, 11, 23), date(2026, 11, 24)}))
    assert due("2026-11-20 16:30", "1 working hour", shut) == "Wed 2026-11-25 08:30:00"
    assert due("2026-11-20 09:00", "1 working day", shut) == "Wed 2026-11-25 17:00:00"
    assert [shut.day_off(date(2026, 11, day)) for day in (20, 22, 23)] == ["", "weekend", "closed"]


def test_a_region_has_its_own_holidays() -> None:
    epiphany = date(2026, 1, 6)
    assert calendar(holidays="DE-BY").day_off(epiphany) != "" == calendar(holidays="DE-BE").day_off(epiphany)
    assert keeps_holidays("DE-BY")
    assert not keeps_holidays("DE-ZZ")
    assert not keeps_holidays("XX")


# Zagreb: forward on 29 March 2026, back on 25 October 2026, both Sundays, at 2 and 3 in the morning.
@pytest.mark.parametrize(
    ("start", "span", "expected"),
    [
        ("2026-03-28 20:00", "8 hours", "Sun 2026-03-29 05:00:00"),
        ("2026-10-24 20:00", "8 hours", "Sun 2026-10-25 03:00:00"),
        ("2026-03-28 20:00", "1 day", "Sun 2026-03-29 23:59:59"),
        ("2026-10-24 20:00", "1 day", "Sun 2026-10-25 23:59:59"),
        ("2026-03-28 20:00", "8 weeks", "Sat 2026-05-23 23:59:59"),
    ],
)
def test_both_clock_changes_by_the_clock_on_the_wall(start: str, span: str, expected: str) -> None:
    assert due(start, span, every_hour(ZoneInfo("Europe/Zagreb"))) == expected


NIGHT = calendar(mon=("00:00-24:00",), sat=("22:00-24:00",), sun=("00:00-06:00", "20:00-24:00"))


@pytest.mark.parametrize(
    ("start", "span", "expected"),
    [
        ("2026-03-28 22:00", "7 working hours", "Sun 2026-03-29 06:00:00"),  # 2 in the evening, 5 until six
        ("2026-10-24 22:00", "9 working hours", "Sun 2026-10-25 06:00:00"),  # 2 in the evening, 7 until six
        ("2026-10-24 22:00", "10 working hours", "Sun 2026-10-25 21:00:00"),
    ],
)
def test_a_night_shift_through_the_clock_change(start: str, span: str, expected: str) -> None:
    assert due(start, span, NIGHT) == expected


@pytest.mark.parametrize(
    ("zone", "start", "expected"),
    [
        ("Asia/Kolkata", "2026-03-27 16:30", "Mon 2026-03-30 08:30:00"),  # half an hour off, no summer time
        ("Asia/Tehran", "2026-03-27 16:30", "Mon 2026-03-30 08:30:00"),  # half an hour off, summer time given up
        ("Asia/Kathmandu", "2026-10-23 16:30", "Mon 2026-10-26 08:30:00"),
        ("Australia/Lord_Howe", "2026-04-03 16:30", "Mon 2026-04-06 08:30:00"),  # changes by half an hour
        ("America/St_Johns", "2026-03-06 16:30", "Mon 2026-03-09 08:30:00"),
        ("Asia/Manila", "2026-10-23 16:30", "Mon 2026-10-26 08:30:00"),
    ],
)
def test_every_zone_works_by_its_own_clock(zone: str, start: str, expected: str) -> None:
    assert due(start, "1 working hour", calendar(zone=zone)) == expected


def _pairs(numbers: list[int]) -> list[tuple[int, int]]:
    """The first with the second, the third with the fourth; one that is left over is left out."""
    return list(zip(numbers[::2], numbers[1::2], strict=False))


ZONES = ("UTC", "Europe/Zagreb", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Casablanca")
minute = st.integers(0, 48).map(lambda halves: 30 * halves)
periods = st.lists(minute, min_size=2, max_size=6, unique=True).map(sorted).map(lambda m: _pairs(m))
weeks = st.lists(st.one_of(st.just([]), periods), min_size=7, max_size=7).filter(any)
calendars = st.builds(
    lambda week, zone, holidays: Calendar("any", ZoneInfo(zone), tuple(map(tuple, week)), holidays),
    weeks,
    st.sampled_from(ZONES),
    st.sampled_from(("", "HR", "GB-ENG", "DE-BY")),
)
moments = st.datetimes(datetime(2023, 12, 1), datetime(2028, 4, 1)).map(
    lambda one: int(one.replace(tzinfo=UTC).timestamp())
)
seconds = st.integers(1, 60 * 3600)


@given(calendars, moments, seconds)
def test_working_time_that_is_added_is_measured_back(within: Calendar, start: int, amount: int) -> None:
    end = within.add(start, amount)
    assert within.measure(start, end) == amount
    assert within.measure(start, end - 1) == amount - 1


@given(calendars, moments, seconds, seconds)
def test_adding_in_two_steps_comes_to_the_same(within: Calendar, start: int, one: int, other: int) -> None:
    assert within.add(within.add(start, one), other) == within.add(start, one + other)


@given(calendars, moments, moments)
def test_gaps_and_working_time_fill_what_lies_between(within: Calendar, one: int, other: int) -> None:
    since, until = sorted((one, other))
    gaps = list(within.gaps(since, until))
    assert within.measure(since, until) + sum(end - start for start, end in gaps) == until - since
    assert all(within.measure(start, end) == 0 < end - start for start, end in gaps)
    assert gaps == sorted(gaps)


@given(calendars, moments)
def test_counting_starts_at_the_next_opening(within: Calendar, start: int) -> None:
    opening = within.opening(start)
    assert opening >= start
    assert within.measure(start, opening) == 0
    assert within.measure(opening, opening + 1) == 1


@given(calendars, moments, st.integers(1, 300))
def test_days_that_are_added_are_counted_back(within: Calendar, start: int, number: int) -> None:
    close = within.close_after(start, number)
    assert within.closes_between(start + 1, close) == number - 1
    assert within.closes_between(start + 1, close + 1) == number


@given(moments, seconds)
def test_a_calendar_that_never_closes_counts_every_second(start: int, amount: int) -> None:
    never_closed = every_hour(ZoneInfo("Europe/Zagreb"))
    assert never_closed.add(start, amount) == start + amount
    assert never_closed.opening(start) == start


@given(st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1)), st.integers(1, 900))
def test_calendar_days_end_with_the_last_second_of_the_office_day(start: datetime, days: int) -> None:
    zone = ZoneInfo("Europe/Zagreb")
    span = parse_span(f"{days} days")
    assert span is not None
    end = Counting(span, every_hour(zone), start.replace(tzinfo=zone)).due_at.astimezone(zone)
    assert (end.date() - start.date()).days == days
    assert end.replace(tzinfo=None) == datetime.combine(end.date(), datetime.max.time()).replace(microsecond=0)


@pytest.mark.parametrize(
    "text", ["", "soon", "0 days", "-1 days", "10 working weeks", "99999 weeks", "1.5 hours", "1 year"]
)
def test_what_is_no_span_is_none(text: str) -> None:
    assert parse_span(text) is None


def test_a_calendar_says_what_it_is() -> None:
    shut = calendar(holidays="HR", closed=frozenset({date(2026, 12, 24)}), fri=("08:00-12:00",))
    assert shut.words == (
        "office: Mon to Thu 08:00-12:00 and 13:00-17:00, Fri 08:00-12:00, holidays of HR, "
        "1 closing day of its own, Europe/Zagreb"
    )


def test_a_pause_moves_the_due_time_by_the_working_time_it_took() -> None:
    span = parse_span("4 working hours")
    assert span is not None
    stops = (
        Stop(at("2026-11-20 09:00"), at("2026-11-20 10:30"), "waiting for customer"),
        Stop(at("2026-11-20 16:00"), at("2026-11-23 09:00"), "legal"),
        Stop(at("2026-11-25 09:00"), at("2026-11-26 09:00"), "after it was due"),
    )
    counting = Counting(span, OFFICE, at("2026-11-20 08:00"), stops)
    steps = list(counting.steps())
    assert [step.added for step in steps] == [0, 0, 5400]
    assert counting.first_due_at == at("2026-11-20 12:00")
    assert counting.due_at == at("2026-11-20 14:30") == steps[-1].at


@given(calendars, moments, seconds, st.lists(moments, max_size=6))
def test_with_pauses_the_running_time_is_the_span(within: Calendar, start: int, amount: int, edges: list[int]) -> None:
    def moment(seconds: int) -> datetime:
        return datetime.fromtimestamp(seconds, UTC)

    pauses = _pairs(sorted(edges))
    stops = [Stop(moment(since), moment(until), "legal") for since, until in pauses]
    counting = Counting(Span("any", amount, working=True, in_days=False), within, moment(start), stops)
    end = int(counting.due_at.timestamp())
    paused = sum(within.measure(max(since, start), min(until, end)) for since, until in pauses)
    assert within.measure(start, end) - paused == amount
    assert counting.due_at >= counting.first_due_at
    assert counting.due_at - counting.first_due_at >= timedelta(0)
