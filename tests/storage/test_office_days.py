"""The days between two kept moments are those of the office's calendar, whatever its clocks did in between."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuitrack.storage.fields import epoch_ms
from tuitrack.storage.office_days import took

ZONES = ["UTC", "Europe/Zagreb", "America/New_York", "Asia/Tehran", "Asia/Kolkata", "Australia/Lord_Howe"]
SECOND = timedelta(seconds=1)


def days_by_sql(received: datetime, resolved: datetime, days: int, zone: ZoneInfo) -> bool:
    """Whether it took exactly that many days, as the database says."""
    piece = took(days, days, zone)
    kept = "SELECT ? AS received_at, ? AS resolved_at"
    sql = f"SELECT {piece.sql} FROM ({kept}) AS t1"
    ((found,),) = apsw.Connection(":memory:").execute(sql, (*piece.values, epoch_ms(received), epoch_ms(resolved)))
    return bool(found)


@pytest.mark.parametrize("name", ZONES)
@given(
    received=st.datetimes(datetime(1975, 1, 1), datetime(2060, 1, 1)),
    lasted=st.timedeltas(timedelta(), timedelta(days=400)),
)
def test_days_are_those_of_the_calendar(name: str, received: datetime, lasted: timedelta) -> None:
    zone = ZoneInfo(name)
    begun = received.replace(microsecond=0, tzinfo=ZoneInfo("UTC"))
    ended = begun + lasted // SECOND * SECOND
    days = (ended.astimezone(zone).date() - begun.astimezone(zone).date()).days
    assert days_by_sql(begun, ended, days, zone)
    assert not days_by_sql(begun, ended, days + 1, zone)


@pytest.mark.parametrize(("hour", "days"), [(22, 0), (23, 1)])
def test_the_day_ends_at_the_offices_midnight(hour: int, days: int) -> None:
    zone = ZoneInfo("Europe/Zagreb")
    received = datetime(2026, 10, 24, 12, tzinfo=ZoneInfo("UTC"))
    # The clocks are turned back in that night, so the next day has an hour more.
    assert days_by_sql(received, datetime(2026, 10, 25, hour, 30, tzinfo=ZoneInfo("UTC")), days + 1, zone)
