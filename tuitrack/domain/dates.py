"""Days and times as people type them during a call: `fri 14:30`, `+3d`, `14.11.`, `eom`, `sutra`.

A day without a year, and a weekday, mean the nearest one in the preferred direction. A time that the
spring clock change skips moves forward by the missing hour; one that comes twice is the first of the two.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from tuitrack.domain.day_words import NOON, UNITS
from tuitrack.domain.typed_day import DAY_EXAMPLES, OFFSET, Asked, Prefer, read_day, signed, typed_words
from tuitrack.lean import dataclass

TIME_EXAMPLES = "14:30, fri 14:30 or +4h"

_CLOCK = re.compile(r"(\d{1,2})(?::(\d{2}))(?::\d{2})?(am|pm)?|(\d{1,2})(am|pm|h)")
_LOOSE_CLOCK = re.compile(r"(\d{1,2})(?:\.(\d{2}))?")


@dataclass(frozen=True, slots=True)
class When:
    """A moment in the office's zone; `has_time` is false where only the day was typed."""

    at: datetime
    has_time: bool


def parse_day(text: str, today: date, *, prefer: Prefer = "future", month_first: bool = False, field: str = "") -> date:
    """Read a day; `month_first` reads 11/14 the American way (dots are always day first)."""
    asked = Asked(text, today, prefer, month_first, field)
    words = typed_words(text)
    if not words:
        raise asked.refusal(f"Type a day, for example {DAY_EXAMPLES}.")
    day, _ = read_day(words, asked)
    return day


def parse_when(
    text: str,
    now: datetime,
    *,
    prefer: Prefer = "future",
    default_time: time = time(12),
    month_first: bool = False,
    field: str = "",
) -> When:
    """Read a day, a time or both, in the zone of `now`; a day alone gets `default_time`."""
    asked = Asked(text, now.date(), prefer, month_first, field)
    words = typed_words(text)
    if not words:
        raise asked.refusal(f"Type a day or a time, for example {DAY_EXAMPLES}, {TIME_EXAMPLES}.")
    if words == ["now"]:
        return When(now, has_time=True)
    if len(words) == 1 and (moment := _shifted(words[0], now, asked)):
        return When(moment, has_time=True)
    clock = _clock(words[-1], asked, after_day=len(words) > 1)
    if clock is None:
        day, _ = read_day(words, asked)
        return When(_local(day, default_time, now), has_time=False)
    if len(words) == 1:
        return When(_nearest_time(clock, now, prefer), has_time=True)
    day, is_weekday = read_day(words[:-1], asked)
    at = _local(day, clock, now)
    if is_weekday:  # today counts as well, as long as that time is still to come (or has been)
        on_today = _local(now.date(), clock, now)
        if now.weekday() == day.weekday() and _fits(on_today, now, prefer):
            at = on_today
    return When(at, has_time=True)


def _shifted(word: str, now: datetime, asked: Asked) -> datetime | None:
    """The moment of +4h or 30m counted in real time, `None` where the word is no such offset."""
    found = OFFSET.fullmatch(word)
    if not found or UNITS.get(found[3]) not in {"hours", "minutes"}:
        return None
    if not found[1] and found[3] == "h":
        raise asked.refusal(f"“{word}” could be a time or a span. Type {found[2]}:00 or +{word}.")
    number, unit = signed(found, asked)
    return (now.astimezone(UTC) + timedelta(**{unit: number})).astimezone(now.tzinfo)


def _clock(word: str, asked: Asked, *, after_day: bool) -> time | None:
    """The time of day a word gives, `None` where it is none; `9` and `9.30` are times only after a day."""
    if word in NOON:
        return time(12)
    if found := _CLOCK.fullmatch(word):
        hour, minute, half = int(found[1] or found[4]), int(found[2] or 0), found[3] or found[5]
    elif after_day and (found := _LOOSE_CLOCK.fullmatch(word)):
        hour, minute, half = int(found[1]), int(found[2] or 0), None
        if 1 <= minute <= 12 and found[2]:  # fri 13.11 is a date: day and month
            return None
    else:
        return None
    twelve_hours = half in {"am", "pm"}
    if minute > 59 or hour > 23 or (twelve_hours and not 1 <= hour <= 12):
        raise asked.refusal(f"“{word}” is not a time of day. Type for example 14:30 or 2pm.")
    return time(hour % 12 + (12 if half == "pm" else 0) if twelve_hours else hour, minute)


def _local(day: date, clock: time, now: datetime) -> datetime:
    """That time on that day in the zone of `now`; going through UTC moves a skipped time forward."""
    return datetime.combine(day, clock, tzinfo=now.tzinfo).astimezone(UTC).astimezone(now.tzinfo)


def _fits(at: datetime, now: datetime, prefer: Prefer) -> bool:
    """Whether the moment lies in the preferred direction."""
    return at > now if prefer == "future" else at <= now


def _nearest_time(clock: time, now: datetime, prefer: Prefer) -> datetime:
    """A time without a day: today, or tomorrow when it is over (yesterday when it is still to come)."""
    at = _local(now.date(), clock, now)
    step = timedelta(days=1 if prefer == "future" else -1)
    return at if _fits(at, now, prefer) else _local(now.date() + step, clock, now)
