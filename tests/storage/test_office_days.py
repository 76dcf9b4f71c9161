"""The days between two kept moments are those of the office's calendar, whatever its clocks did in between."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuitrack.storage.fields import epoch_ms
from tuitrack.storage.office_days import office_days

ZONES = ["UTC", "Europe/Zagreb", "America/New_York", "Asia/Tehran", "Asia/Kolkata", "Australia/Lord_Howe"]
MILLISECOND = timedelta(milliseconds=1)


@given(
    name=st.sampled_from(ZONES),
    received=st.datetimes(datetime(1975, 1, 1), datetime(2060, 1, 1)),
    lasted=st.timedeltas(timedelta(), timedelta(days=400)),
)
def test_days_are_those_of_the_calendar(name: str, received: datetime, lasted: timedelta) -> None:
    begun = received.replace(microsecond=0, tzinfo=UTC)
    ended = begun + lasted // MILLISECOND * MILLISECOND
    days = (ended.astimezone(ZoneInfo(name)).date() - begun.astimezone(ZoneInfo(name)).date()).days
    assert office_days(epoch_ms(begun), epoch_ms(ended), name) == days


@pytest.mark.parametrize(("hour", "days"), [(21, 0), (22, 1)])
def test_the_day_ends_at_the_offices_midnight(hour: int, days: int) -> None:
    received, resolved = (epoch_ms(datetime(2026, 10, 24, at, 30, tzinfo=UTC)) for at in (12, hour))
    assert office_days(received, resolved, "Europe/Zagreb") == days


def test_what_is_not_resolved_took_no_number_of_days() -> None:
    assert office_days(0, None, "UTC") is None
