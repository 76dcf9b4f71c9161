"""Dates as people type them, on Saturday 21 November 2026 at 12:00 in Zagreb unless said otherwise."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuitrack.domain.dates import parse_day, parse_when
from tuitrack.domain.errors import Refusal
from tuitrack.domain.spoken_time import say_day, say_span, say_when
from tuitrack.domain.typed_day import Prefer

ZAGREB = ZoneInfo("Europe/Zagreb")
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=ZAGREB)
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
PREFERRED = st.sampled_from(["future", "past"])


@pytest.mark.parametrize(
    ("typed", "future", "past"),
    [
        ("today", "2026-11-21", "2026-11-21"),
        ("tod", "2026-11-21", "2026-11-21"),
        ("Tom", "2026-11-22", "2026-11-22"),
        ("yes", "2026-11-20", "2026-11-20"),
        ("fri", "2026-11-27", "2026-11-20"),
        ("sat", "2026-11-28", "2026-11-14"),
        ("sunday", "2026-11-22", "2026-11-15"),
        ("+3d", "2026-11-24", "2026-11-24"),
        ("-2d", "2026-11-19", "2026-11-19"),
        ("3d", "2026-11-24", "2026-11-18"),
        ("in 3 days", "2026-11-24", "2026-11-24"),
        ("3 days ago", "2026-11-18", "2026-11-18"),
        ("+2w", "2026-12-05", "2026-12-05"),
        ("1mo", "2026-12-21", "2026-10-21"),
        ("+1y", "2027-11-21", "2027-11-21"),
        ("14.11.", "2027-11-14", "2026-11-14"),
        ("14.11", "2027-11-14", "2026-11-14"),
        ("21.11.", "2026-11-21", "2026-11-21"),
        ("14/12", "2026-12-14", "2025-12-14"),
        ("14. 11. 2026.", "2026-11-14", "2026-11-14"),
        ("14.11.26", "2026-11-14", "2026-11-14"),
        ("5.6.98", "1998-06-05", "1998-06-05"),
        ("2026-11-14", "2026-11-14", "2026-11-14"),
        ("2026/2/3", "2026-02-03", "2026-02-03"),
        ("14 nov", "2027-11-14", "2026-11-14"),
        ("Fri 27 Nov 2026", "2026-11-27", "2026-11-27"),
        ("pet 27.11", "2026-11-27", None),
        ("eow", "2026-11-27", "2026-11-20"),
        ("eom", "2026-11-30", "2026-10-31"),
        ("eoy", "2026-12-31", "2025-12-31"),
        ("danas", "2026-11-21", "2026-11-21"),
        ("sutra", "2026-11-22", "2026-11-22"),
        ("jučer", "2026-11-20", "2026-11-20"),
        ("u petak", "2026-11-27", "2026-11-20"),
        ("srijedu", None, None),
        ("sri", "2026-11-25", "2026-11-18"),
        ("jutri", "2026-11-22", "2026-11-22"),
        ("četrtek", "2026-11-26", "2026-11-19"),
        ("übermorgen", "2026-11-23", "2026-11-23"),
        ("в пятницу", "2026-11-27", "2026-11-20"),
        ("завтра", "2026-11-22", "2026-11-22"),
        ("سه شنبه", "2026-11-24", "2026-11-17"),
        ("سه\u200cشنبه", "2026-11-24", "2026-11-17"),
        ("فردا", "2026-11-22", "2026-11-22"),
        ("پس فردا", "2026-11-23", "2026-11-23"),
        ("۱۴.۱۱.۲۰۲۶", "2026-11-14", "2026-11-14"),
        ("biyernes", "2026-11-27", "2026-11-20"),
        ("bukas", "2026-11-22", "2026-11-22"),
        ("su", None, None),
        ("mar", None, None),
        ("thu 27.11.2026", None, None),
        ("tomorrow 9.10", None, None),
        ("9.30", None, None),
        ("31.2.", None, None),
        ("29.2.2026", None, None),
        ("14.13.2026", None, None),
        ("1.1.1405", None, None),
        ("+99999w", None, None),
        ("+99999y", None, None),
        ("+4h", None, None),
        ("14:30", None, None),
        ("12", None, None),
        ("soon", None, None),
        ("", None, None),
    ],
)
def test_days(typed: str, future: str | None, past: str | None) -> None:
    preferred: list[tuple[Prefer, str | None]] = [("future", future), ("past", past)]
    for prefer, expected in preferred:
        if expected is None:
            with pytest.raises(Refusal) as refused:
                parse_day(typed, TODAY, prefer=prefer, field="due")
            assert refused.value.field == "due"
        else:
            assert parse_day(typed, TODAY, prefer=prefer) == date.fromisoformat(expected)


def test_american_order_is_for_slashes_alone() -> None:
    assert parse_day("11/14/2026", TODAY, month_first=True) == date(2026, 11, 14)
    assert parse_day("3.12.", TODAY, month_first=True) == date(2026, 12, 3)
    assert parse_day("3/12", TODAY, month_first=False) == date(2026, 12, 3)


@pytest.mark.parametrize(
    ("typed", "future", "past"),
    [
        ("14:30", "2026-11-21 14:30", "2026-11-20 14:30"),
        ("9:05", "2026-11-22 09:05", "2026-11-21 09:05"),
        ("2pm", "2026-11-21 14:00", "2026-11-20 14:00"),
        ("2:15 p.m.", "2026-11-21 14:15", "2026-11-20 14:15"),
        ("12am", "2026-11-22 00:00", "2026-11-21 00:00"),
        ("noon", "2026-11-22 12:00", "2026-11-21 12:00"),
        ("now", "2026-11-21 12:00", "2026-11-21 12:00"),
        ("+4h", "2026-11-21 16:00", "2026-11-21 16:00"),
        ("30m", "2026-11-21 12:30", "2026-11-21 11:30"),
        ("20 minutes ago", "2026-11-21 11:40", "2026-11-21 11:40"),
        ("fri 14:30", "2026-11-27 14:30", "2026-11-20 14:30"),
        ("sat 14:30", "2026-11-21 14:30", "2026-11-14 14:30"),
        ("sat 9", "2026-11-28 09:00", "2026-11-21 09:00"),
        ("tomorrow 9", "2026-11-22 09:00", "2026-11-22 09:00"),
        ("tomorrow at 9.30", "2026-11-22 09:30", "2026-11-22 09:30"),
        ("sutra u 14h", "2026-11-22 14:00", "2026-11-22 14:00"),
        ("+3d 14:30", "2026-11-24 14:30", "2026-11-24 14:30"),
        ("14. 12. 9.30", "2026-12-14 09:30", "2025-12-14 09:30"),
        ("2026-11-14 14:30", "2026-11-14 14:30", "2026-11-14 14:30"),
        ("2026-11-14T14:30:59", "2026-11-14 14:30", "2026-11-14 14:30"),
        ("فردا ساعت ۹", "2026-11-22 09:00", "2026-11-22 09:00"),
        ("today", "2026-11-21 17:00", "2026-11-21 17:00"),
        ("25:00", None, None),
        ("13pm", None, None),
        ("9:75", None, None),
        ("4h", None, None),
        ("9", None, None),
        ("9.30", None, None),
        ("fri +4h", None, None),
        ("14:30 fri", None, None),
    ],
)
def test_moments(typed: str, future: str | None, past: str | None) -> None:
    preferred: list[tuple[Prefer, str | None]] = [("future", future), ("past", past)]
    for prefer, expected in preferred:
        if expected is None:
            with pytest.raises(Refusal):
                parse_when(typed, NOW, prefer=prefer)
        else:
            when = parse_when(typed, NOW, prefer=prefer, default_time=time(17))
            assert when.at == datetime.fromisoformat(expected).replace(tzinfo=ZAGREB)
            assert when.at.tzinfo is ZAGREB
            assert when.has_time is (typed != "today")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("9.30", "Type 9:30 for a time"),
        ("31.2.", "31.2.2027 does not exist; that month has 28 days."),
        ("thu 27.11.2026", "Fri 27 Nov 2026 is not “thu”"),
        ("4h", "Type 4:00 or +4h."),
        ("someday", "Type for example today, fri"),
    ],
)
def test_refusals_say_what_was_expected(typed: str, said: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_when(typed, NOW)
    assert said in refused.value.sentence


def test_a_time_skipped_in_spring_moves_forward_and_hours_are_real_hours() -> None:
    night = datetime(2027, 3, 27, 23, 0, tzinfo=ZAGREB)
    assert parse_when("tomorrow 2:30", night).at.isoformat() == "2027-03-28T03:30:00+02:00"
    assert parse_when("+4h", night).at.isoformat() == "2027-03-28T04:00:00+02:00"
    autumn = datetime(2026, 10, 24, 12, 0, tzinfo=ZAGREB)
    assert parse_when("tomorrow 2:30", autumn).at.utcoffset() == timedelta(hours=2)


PIECES = st.sampled_from(
    ["fri", "sutra", "14.11.", "+3d", "eom", "9", "9.30", "2pm", "mar", "99999", "-", ":", "29.2."]
)
TYPED = st.text(st.characters()) | st.text("0123456789.:/-+dwmoyh ") | st.lists(PIECES, max_size=4).map(" ".join)


@given(TYPED, DAYS, PREFERRED)
def test_nothing_typed_raises_anything_but_a_refusal(typed: str, today: date, prefer: Prefer) -> None:
    now = datetime.combine(today, time(15, 20), tzinfo=ZAGREB)
    for read in (
        lambda: parse_day(typed, today, prefer=prefer),
        lambda: parse_when(typed, now, prefer=prefer),
    ):
        with suppress(Refusal):
            read()


@given(DAYS, DAYS, PREFERRED)
def test_the_echo_of_a_day_is_read_back(day: date, today: date, prefer: Prefer) -> None:
    assert parse_day(say_day(day, today), today, prefer=prefer) == day


@given(st.datetimes(datetime(1950, 1, 1), datetime(2190, 1, 1), timezones=st.just(UTC)), PREFERRED)
def test_the_echo_of_a_moment_is_read_back(at: datetime, prefer: Prefer) -> None:
    minute = at.replace(second=0, microsecond=0)
    now = NOW.astimezone(UTC)
    assert parse_when(say_when(minute, now), now, prefer=prefer).at == minute


@given(DAYS, st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]))
def test_a_weekday_is_within_the_next_or_last_seven_days(today: date, name: str) -> None:
    if date(1900, 1, 8) <= today <= date(2200, 12, 24):
        assert 1 <= (parse_day(name, today) - today).days <= 7
        assert 1 <= (today - parse_day(name, today, prefer="past")).days <= 7


def test_days_and_moments_in_words() -> None:
    assert say_day(TODAY, TODAY) == "today, Sat 21 Nov 2026"
    assert say_day(date(2026, 11, 27), TODAY) == "Fri 27 Nov 2026"
    assert say_when(datetime(2026, 11, 27, 13, 30, tzinfo=UTC), NOW) == "Fri 27 Nov 2026, 14:30"


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(days=3, hours=23), "3d"),
        (timedelta(hours=-4, minutes=-59), "4h"),
        (timedelta(minutes=25, seconds=59), "25m"),
        (timedelta(seconds=3), "0m"),
    ],
)
def test_spans_in_the_largest_unit(span: timedelta, said: str) -> None:
    assert say_span(span) == said
