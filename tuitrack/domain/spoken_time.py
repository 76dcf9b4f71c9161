"""Days, moments and spans in words, the same in every language of the machine."""

from __future__ import annotations

from datetime import date, datetime, timedelta

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MINUTE = timedelta(minutes=1)
_NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}


def plain_day(day: date) -> str:
    """A day as `Fri 27 Nov 2026`."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def plain_when(at: datetime) -> str:
    """A moment as `Fri 27 Nov 2026, 14:30`, in the zone it has."""
    return f"{plain_day(at.date())}, {at:%H:%M}"


def say_day(day: date, today: date) -> str:
    """A day as `Fri 27 Nov 2026`, with today, tomorrow or yesterday before it."""
    near = _NEAR.get((day - today).days)
    return f"{near}, {plain_day(day)}" if near else plain_day(day)


def say_when(at: datetime, now: datetime) -> str:
    """A moment as `Fri 27 Nov 2026, 14:30`, in the zone of `now`."""
    local = at.astimezone(now.tzinfo)
    return f"{say_day(local.date(), now.date())}, {local:%H:%M}"


def say_span(span: timedelta) -> str:
    """How long, in the largest whole unit: `3d`, `4h`, `25m`; the sign is left to the words around it."""
    minutes = abs(span) // _MINUTE
    if minutes >= 24 * 60:
        return f"{minutes // (24 * 60)}d"
    return f"{minutes // 60}h" if minutes >= 60 else f"{minutes}m"
