"""The days of a report: a month, a quarter or any others that follow each other, and those they are compared with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from tuitrack.domain.errors import Refusal
from tuitrack.domain.periods import read_period

_DAY = timedelta(days=1)
SINGLE_DAYS_MOST = 31
"""Days up to which each is counted by itself."""
WEEKS_MOST = 54
"""Weeks up to which each is counted by itself; of more days each month is."""


@dataclass(frozen=True, slots=True)
class Days:
    """Days that follow each other, both ends included."""

    first: date
    last: date

    @property
    def text(self) -> str:
        """The days as they are typed in a query: `2026-10-01..2026-10-31`, or a single one."""
        return f"{self.first}" if self.first == self.last else f"{self.first}..{self.last}"

    @property
    def count(self) -> int:
        """How many days they are."""
        return (self.last - self.first + _DAY).days

    @property
    def label(self) -> str:
        """The days in words: `October 2026`, `1 Oct to 18 Nov 2026`, `5 Oct 2026`."""
        if self.first == self.last:
            return _told(self.first)
        if self._months == 1:
            return f"{self.first:%B %Y}"
        return f"{_told(self.first)} to {_told(self.last)}"

    def span(self, zone: tzinfo | None) -> tuple[datetime, datetime]:
        """The midnights of a zone from which on and before which the days are."""
        first, after = (datetime.combine(day, time(), tzinfo=zone) for day in (self.first, self.last + _DAY))
        return first, after

    def so_far(self, today: date) -> Days:
        """Those of the days that have come; the first one where none has."""
        return Days(self.first, max(self.first, min(self.last, today)))

    def earlier(self, times: int, today: date) -> Days:
        """As many days before, once or several times; whole months are as many months.

        Of a period that is not over, the same part of the earlier one, so that both can be compared.
        """
        whole, past = self.shifted(-times), self.so_far(today).count
        if past == self.count:
            return whole
        return Days(whole.first, min(whole.last, whole.first + (past - 1) * _DAY))

    def shifted(self, times: int) -> Days:
        """As many days on, once or several times; of a negative number, before. Whole months are as many months."""
        months = self._months
        if months:
            first = _months_on(self.first, times * months)
            return Days(first, _months_on(first, months) - _DAY)
        return Days(*(day + times * self.count * _DAY for day in (self.first, self.last)))

    def slices(self) -> list[Days]:
        """The single days; of many the weeks, which begin on Monday, and of very many the months."""
        if self.count <= SINGLE_DAYS_MOST:
            return [Days(day, day) for day in (self.first + number * _DAY for number in range(self.count))]
        found, first = [], self.first
        by_week = self.count <= WEEKS_MOST * 7
        while first <= self.last:
            following = first + (7 - first.weekday()) * _DAY if by_week else _months_on(first.replace(day=1), 1)
            found.append(Days(first, min(following - _DAY, self.last)))
            first = following
        return found

    @property
    def _months(self) -> int:
        """How many whole months they are, 0 where they are none."""
        after = self.last + _DAY
        if self.first.day != 1 or after.day != 1:
            return 0
        return (after.year - self.first.year) * 12 + after.month - self.first.month


def read_days(text: str, now: datetime, field: str = "period") -> Days:
    """The days that a typed period means at a moment in the office's zone; raises Refusal where it has no beginning."""
    since, before = read_period(text, now, field)
    if since is None:
        raise Refusal("Period: a report begins on some day. Expected this month, last quarter or 1.10..31.12.", field)
    last = now.date() if before is None else (before - timedelta(microseconds=1)).date()
    return Days(since.date(), max(since.date(), last))


def _months_on(day: date, months: int) -> date:
    """The first day of a month some months on; raises Refusal before the calendar begins."""
    number = day.year * 12 + day.month - 1 + months
    if not 12 <= number < 120_000:
        raise Refusal("Period: the calendar does not go that far. Expected this month, last quarter or 1.10..31.12.")
    return date(number // 12, number % 12 + 1, 1)


def _told(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
