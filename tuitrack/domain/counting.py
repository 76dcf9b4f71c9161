"""How a due time is counted: step by step, from the moment a clock starts; the last step is the due time.

Whoever wants the due time takes the last step, whoever asks why it is due then is told all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol

from tuitrack.domain.calendars import Calendar
from tuitrack.lean import dataclass

_SECONDS = {"minute": 60, "hour": 3600}
_DAYS = {"day": 1, "week": 7}
_SPAN = re.compile(r"(\d{1,5}) (working )?(minute|hour|day|week)s?")
SAME_DAY = "same working day"
SPAN_EXAMPLES = "2 working hours, same working day, 10 working days, 15 days or 8 weeks"
_LONGEST = timedelta(days=3660)


@dataclass(frozen=True, slots=True)
class Span:
    """How long something may take, as a rule says it."""

    text: str
    """As it is written: `10 working days`."""
    amount: int
    """Seconds, or days where the ends of days are counted."""
    working: bool
    """Whether only working time or working days count."""
    in_days: bool
    """Whether it ends with the end of a day."""

    @property
    def words(self) -> str:
        """The span in a sentence: `within 2 working hours`, `on the same working day`."""
        return f"on the {self.text}" if self.text == SAME_DAY else f"within {self.text}"


@dataclass(frozen=True, slots=True)
class Stop:
    """An interval in which a clock stands still."""

    since: datetime
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Step:
    """Where the counting stands after one step."""

    at: datetime
    """The due time as far as it is counted; of the first step, the moment from which counting goes on."""
    stop: Stop | None = None
    """The interval that moved it; None of the first two steps, the beginning and the due time without intervals."""
    added: int = 0
    """By how much the interval prolongs the span: seconds, or days where days are counted."""


@dataclass(frozen=True, slots=True)
class Counting:
    """A span to count in a calendar."""

    span: Span
    calendar: Calendar
    started_at: datetime
    stops: Sequence[Stop] = ()
    """In the order of their beginnings, none overlapping another."""

    @property
    def due_at(self) -> datetime:
        """When the span has passed."""
        *_, last = self.steps()
        return last.at

    @property
    def first_due_at(self) -> datetime:
        """When it would have passed if nothing had stopped it."""
        _, counted, *_ = self.steps()
        return counted.at

    def steps(self) -> Iterator[Step]:
        """Count: where it begins, when it is due, and when it is due after each interval."""
        ruler, amount = self._ruler(), self.span.amount
        begin = ruler.begin(_seconds(self.started_at))
        yield Step(_moment(begin))
        due = ruler.add(begin, amount)
        yield Step(_moment(due))
        for stop in self.stops:
            since, until = _seconds(stop.since), _seconds(stop.until)
            if since >= due:
                return
            added = ruler.measure(max(since, begin), until)
            amount += added
            due = ruler.add(begin, amount)
            yield Step(_moment(due), stop, added)

    def _ruler(self) -> _Ruler:
        if not self.span.in_days:
            return _WorkingTime(self.calendar)
        return _DayEnds(self.calendar) if self.span.text != SAME_DAY else _SameDay(self.calendar)


class _Ruler(Protocol):
    """Counts an amount from a moment on, and measures what lies between two moments."""

    def begin(self, at: int) -> int:
        """The moment from which counting goes on."""
        ...

    def add(self, begin: int, amount: int) -> int:
        """The moment at which the amount has passed."""
        ...

    def measure(self, since: int, until: int) -> int:
        """How much of what is counted lies between two moments."""
        ...


@dataclass(frozen=True, slots=True)
class _WorkingTime:
    """Counts the seconds in which the desk is open, from the next opening on."""

    calendar: Calendar

    def begin(self, at: int) -> int:
        return self.calendar.opening(at)

    def add(self, begin: int, amount: int) -> int:
        return self.calendar.add(begin, amount)

    def measure(self, since: int, until: int) -> int:
        return self.calendar.measure(since, until)


@dataclass(frozen=True, slots=True)
class _DayEnds:
    """Counts the ends of working days after the day on which counting starts."""

    calendar: Calendar

    def begin(self, at: int) -> int:
        return self.calendar.end_of_day(at)

    def add(self, begin: int, amount: int) -> int:
        return self.calendar.close_after(begin, amount)

    def measure(self, since: int, until: int) -> int:
        return self.calendar.closes_between(since, until)


@dataclass(frozen=True, slots=True)
class _SameDay(_DayEnds):
    """Counts the end of the day itself, or of the next one to open."""

    def begin(self, at: int) -> int:
        return self.calendar.opening(at)


def parse_span(text: str) -> Span | None:
    """The span that a text such as `10 working days` says; None where it says none, or one over ten years."""
    words = " ".join(text.lower().split())
    if words == SAME_DAY:
        return Span(SAME_DAY, 1, working=True, in_days=True)
    found = _SPAN.fullmatch(words)
    if not found:
        return None
    number, unit = int(found[1]), found[3]
    working, in_days = bool(found[2]), unit in _DAYS
    amount = number * (_DAYS[unit] if in_days else _SECONDS[unit])
    if not amount or timedelta(days=amount if in_days else 0, seconds=0 if in_days else amount) > _LONGEST:
        return None
    if working and unit == "week":
        return None
    return Span(words, amount, working, in_days)


def _seconds(at: datetime) -> int:
    return int(at.timestamp())


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
