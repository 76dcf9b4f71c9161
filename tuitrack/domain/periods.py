"""Periods as people type them: `this month`, `last quarter`, `2026-10`, `1.11.`, `mon..fri`, `>1.11.`, or all time."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from tuitrack.domain.errors import Refusal
from tuitrack.domain.query.moments import Span, between, bound, compared
from tuitrack.domain.text import fold

THIS_MONTH = "this month"
"""The period that is meant where none is typed."""
PERIOD_EXAMPLES = "this month, last week, 1.11..15.11., >1.10., all"

_WORD = re.compile(r"(?:(this|last) )?(day|week|month|quarter|year)")
_MONTH = re.compile(r"(\d{4})-(0?[1-9]|1[0-2])")
_COMPARED = re.compile(r"(<=|>=|<|>)(.+)")


def read_period(text: str, now: datetime, field: str = "period") -> Span:
    """The span that a typed period means at a moment in the office's zone; raises Refusal."""
    typed = " ".join(fold(text).split()) or THIS_MONTH
    if typed == "all":
        return None, None
    if word := _WORD.fullmatch(typed):
        first, after = _named(word[2], word[1] == "last", now.date())
        return _midnight(first, now), _midnight(after, now)
    if month := _MONTH.fullmatch(typed):
        first = date(max(int(month[1]), 1), int(month[2]), 1)
        return _midnight(first, now), _midnight(_FIRST["month"](first + timedelta(days=31)), now)
    try:
        if found := _COMPARED.fullmatch(typed):
            return compared(found[1], bound(found[2], now, "past"))
        low, dots, high = typed.partition("..")
        return between(low, high, now, "past") if dots and (low or high) else compared(":", bound(typed, now, "past"))
    except Refusal as refusal:
        raise Refusal(f"Period: {refusal.sentence} Expected {PERIOD_EXAMPLES}.", field) from None


def _named(unit: str, last: bool, today: date) -> tuple[date, date]:
    """The first day of a day, week, month, quarter or year, and the first day after it."""
    first = _FIRST[unit](today)
    if last:
        return _FIRST[unit](first - timedelta(days=1)), first
    return first, _FIRST[unit](first + timedelta(days=_LONGER_THAN[unit]))


_FIRST: dict[str, Callable[[date], date]] = {
    "day": lambda day: day,
    "week": lambda day: day - timedelta(days=day.weekday()),
    "month": lambda day: day.replace(day=1),
    "quarter": lambda day: day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1),
    "year": lambda day: day.replace(month=1, day=1),
}
_LONGER_THAN = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}
"""Days from the first of a period after which the next one has begun, and the one after that has not."""


def _midnight(day: date, now: datetime) -> datetime:
    return datetime.combine(day, time(), tzinfo=now.tzinfo)
