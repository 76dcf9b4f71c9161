"""Reviews of how complaints are handled: planned beforehand, held or not, and checked by a second person."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from tuitrack.domain.words import Interval, ReviewPart
from tuitrack.lean import dataclass

_WEEKS = {Interval.WEEK: 1, Interval.TWO_WEEKS: 2}
_MONTHS = {Interval.MONTH: 1, Interval.QUARTER: 3, Interval.HALF_YEAR: 6, Interval.YEAR: 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPlan:
    """A review that is held again and again: how often, who answers for it, and what it passes on."""

    id: int = 0
    name: str
    every: Interval
    owner: str
    deputy: str
    """Handles of agents, both."""
    parts: tuple[ReviewPart, ...]
    """What it passes on."""
    first_due: date
    """The day from which its days are counted."""
    next_due: date
    """The first day on which it is due and of which nobody has said whether it was held."""
    active: bool = True

    def due_days(self) -> Iterator[date]:
        """The days on which it is due from the next one on, without an end."""
        number = 0
        while True:
            day = _day_after(self.first_due, self.every, number)
            if day >= self.next_due:
                yield day
            number += 1

    @property
    def following(self) -> date:
        """The day on which it is due after the next one."""
        days = self.due_days()
        return next(day for day in days if day > self.next_due)

    def missed(self, today: date) -> int:
        """How many of its days have passed without anybody saying whether it was held."""
        if not self.active:
            return 0
        count = 0
        for day in self.due_days():
            if day >= today:
                return count
            count += 1
        return count

    def is_held_by(self, agent: str) -> bool:
        """Whether an agent may hold it."""
        return agent in (self.owner, self.deputy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A review that was held on one of its days, or was not, with what came of it."""

    id: int = 0
    plan_id: int
    name: str
    """What the plan was called then."""
    due_on: date
    held_on: date | None
    """None where it was not held."""
    because: str = ""
    """Why it was not held."""
    results: Mapping[str, str]
    """What it passes on, by the words of `ReviewPart`."""
    by: str
    entered_at: datetime
    checked_by: str | None = None
    checked_at: datetime | None = None
    check_note: str = ""

    @property
    def days_late(self) -> int:
        """How many days after its day it was held."""
        return max((self.held_on - self.due_on).days, 0) if self.held_on else 0


def _day_after(first: date, every: Interval, number: int) -> date:
    """The day of a review after that many intervals; the last of a month where the month is too short."""
    if every in _WEEKS:
        return first + timedelta(weeks=_WEEKS[every] * number)
    months = first.month - 1 + _MONTHS[every] * number
    year, month = first.year + months // 12, months % 12 + 1
    return date(year, month, min(first.day, monthrange(year, month)[1]))
