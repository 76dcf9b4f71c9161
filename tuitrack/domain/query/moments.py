"""Days, ranges and comparisons of a query as the span of time they mean at a moment."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import NamedTuple

from tuitrack.domain.dates import When, parse_when
from tuitrack.domain.errors import Refusal
from tuitrack.domain.text import ascii_digits
from tuitrack.domain.typed_day import Prefer

Span = tuple[datetime | None, datetime | None]
"""From the first on, and before the second."""

FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
"""The comparison of a moment that an age stands for: older is earlier."""

_HOURS = re.compile(r"(\d{1,4})\s*(h|hr|hrs|hours?|m|mins?|minutes?)")
_NUMBER = re.compile(r"\d{1,4}")
_AGE = re.compile(r"\d{1,4}[a-z]*")
_MINUTE = timedelta(minutes=1)
_MILLISECOND = timedelta(milliseconds=1)


class Bound(NamedTuple):
    """A typed day or minute as the span it fills."""

    start: datetime
    end: datetime


def age(text: str) -> str:
    """How long ago as a day: `10` and `10d` are ten days; raises Refusal for what is no span."""
    typed = ascii_digits(text.strip().casefold())
    if not _AGE.fullmatch(typed):
        raise Refusal("Type how long, for example 10d, 2w or 6h.")
    return typed


def compared(sign: str, bound: Bound) -> Span:
    """The span that lies on that side of a day or minute."""
    match sign:
        case "<":
            return None, bound.start
        case "<=":
            return None, bound.end
        case ">":
            return bound.end, None
        case ">=":
            return bound.start, None
        case _:
            return bound.start, bound.end


def between(low: str, high: str, now: datetime, prefer: Prefer) -> Span:
    """The span of a range whose ends belong to it; of weekdays the second is the one after the first."""
    first = bound(low, now, prefer) if low else None
    last = bound(high, now, prefer) if high else None
    if first is not None and last is not None and last.end <= first.start:
        if prefer == "future":
            last = bound(high, first.start, prefer)
        else:
            first = bound(low, last.start, prefer)
        if last.end <= first.start:
            raise Refusal("The range ends before it begins. Type the earlier day first.")
    return first.start if first else None, last.end if last else None


def bound(text: str, now: datetime, prefer: Prefer) -> Bound:
    """A day as typed from midnight to midnight, or the minute of a time; raises Refusal where it is neither."""
    when = parse_when(_signed(text, prefer), now, prefer=prefer, default_time=time())
    if when.has_time:
        minute = when.at.replace(second=0, microsecond=0)
        return Bound(minute, minute + _MINUTE)
    return _whole_day(when, now)


def passed(text: str, now: datetime) -> datetime:
    """A moment that has passed; a day alone means its end, or now. Raises Refusal for what is still to come."""
    when = parse_when(_signed(text, "past"), now, prefer="past", default_time=time())
    at = when.at if when.has_time else min(_whole_day(when, now).end - _MILLISECOND, now)
    if at > now or when.at > now:
        raise Refusal("That is still to come. Type a moment that has passed, for example fri 17:00 or yesterday.")
    return at


def _whole_day(when: When, now: datetime) -> Bound:
    day = when.at.date()
    midnights = (datetime.combine(one, time(), tzinfo=now.tzinfo) for one in (day, day + timedelta(days=1)))
    return Bound(*midnights)


def _signed(text: str, prefer: Prefer) -> str:
    """A bare number as days, and hours with the sign of the preferred direction, as `due<4h` means them."""
    typed = ascii_digits(text.strip().casefold())
    if _NUMBER.fullmatch(typed):
        return f"{typed}d"
    if found := _HOURS.fullmatch(typed):
        return f"{'+' if prefer == 'future' else '-'}{found[1]}{found[2]}"
    return text
