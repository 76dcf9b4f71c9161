"""When a desk works: opening hours for each weekday, holidays and closing days of its own, in its own time zone.

A year is laid out once, as stretches of open time with what came before each; from then on adding working time
and measuring it are two look-ups, whatever the span.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from itertools import accumulate, groupby
from zoneinfo import ZoneInfo

from tuitrack.domain.spoken_time import WEEKDAYS
from tuitrack.domain.text import counted

Period = tuple[int, int]
"""Open from and until, in minutes after midnight; until 1440 is the end of the day."""

DAY_MINUTES = 24 * 60
_LAST_SECOND = 1
"""A day that never closes ends with its last second, as a due date that names it does."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One year of a calendar, in whole seconds since 1970."""

    opens: tuple[int, ...]
    shuts: tuple[int, ...]
    before: tuple[int, ...]
    """Open seconds of the year before each stretch, and at last all of them."""
    closes: tuple[int, ...]
    """When each working day ends."""

    def open_until(self, at: int) -> int:
        """Open seconds of the year before a moment."""
        place = bisect_right(self.opens, at) - 1
        return 0 if place < 0 else self.before[place] + min(at, self.shuts[place]) - self.opens[place]

    def after(self, seconds: int) -> int:
        """The moment at which that many open seconds of the year, at least one, have passed."""
        place = bisect_left(self.before, seconds) - 1
        return self.opens[place] + seconds - self.before[place]


@dataclass(frozen=True)
class Calendar:
    """The working time of a desk; by `weekdays`, less the holidays of `holidays` and the days in `closed`."""

    name: str
    zone: ZoneInfo
    week: tuple[tuple[Period, ...], ...]
    """The opening hours of Monday to Sunday, in their order."""
    holidays: str = ""
    """Whose holidays are kept: a country such as `HR`, or with a region `DE-BY`; empty for none."""
    closed: frozenset[date] = frozenset()
    """Days on which this desk alone is closed."""

    @cached_property
    def _years(self) -> dict[int, Layout]:
        return {}

    def local(self, at: int) -> datetime:
        """A moment of this calendar on the office's clock."""
        return datetime.fromtimestamp(at, self.zone)

    def opening(self, at: int) -> int:
        """The moment itself where it is in working hours, else the next opening."""
        year = self._year_of(at)
        while True:
            layout = self._year(year)
            place = bisect_right(layout.shuts, at)
            if place < len(layout.opens):
                return max(at, layout.opens[place])
            year += 1

    def add(self, at: int, seconds: int) -> int:
        """The moment at which that much working time, at least a second, has passed since a moment."""
        year = self._year_of(at)
        layout = self._year(year)
        seconds += layout.open_until(at)
        while seconds > layout.before[-1]:
            seconds -= layout.before[-1]
            year += 1
            layout = self._year(year)
        return layout.after(seconds)

    def measure(self, since: int, until: int) -> int:
        """The working time between two moments, in seconds."""
        if until <= since:
            return 0
        first, last = self._year_of(since), self._year_of(until)
        whole = sum(self._year(year).before[-1] for year in range(first, last))
        return whole + self._year(last).open_until(until) - self._year(first).open_until(since)

    def close_after(self, at: int, number: int) -> int:
        """The end of the working day that is the next one, 1, or a later one to end after a moment."""
        year = self._year_of(at)
        layout = self._year(year)
        place = bisect_right(layout.closes, at) + number - 1
        while place >= len(layout.closes):
            place -= len(layout.closes)
            year += 1
            layout = self._year(year)
        return layout.closes[place]

    def closes_between(self, since: int, until: int) -> int:
        """How many working days end from one moment on and before another."""
        if until <= since:
            return 0
        first, last = self._year_of(since), self._year_of(until)
        whole = sum(len(self._year(year).closes) for year in range(first, last))
        ended = bisect_left(self._year(last).closes, until)
        return whole + ended - bisect_left(self._year(first).closes, since)

    def end_of_day(self, at: int) -> int:
        """The last second of the day of a moment."""
        tomorrow = self.local(at).date() + timedelta(days=1)
        return _moment(tomorrow, 0, self.zone) - _LAST_SECOND

    def gaps(self, since: int, until: int) -> Iterator[tuple[int, int]]:
        """The stretches between two moments in which the desk is closed."""
        at = since
        for year in range(self._year_of(since), self._year_of(until) + 1):
            layout = self._year(year)
            first = bisect_right(layout.shuts, since)
            for opens, shuts in zip(layout.opens[first:], layout.shuts[first:], strict=True):
                if opens >= until:
                    break
                if opens > at:
                    yield at, opens
                at = shuts
        if at < until:
            yield at, until

    def days_off(self, since: date, until: date) -> Iterator[tuple[date, str]]:
        """Each day from one to another, both included, on which nobody works, with the reason."""
        for number in range(since.toordinal(), until.toordinal() + 1):
            day = date.fromordinal(number)
            if reason := self.day_off(day):
                yield day, reason

    def day_off(self, day: date) -> str:
        """Why nobody works on a day: `weekend`, a holiday by its name, `closed`; empty where somebody does."""
        if day in self.closed:
            return "closed"
        if holiday := holidays_of(self.holidays, day.year).get(day):
            return holiday
        return "" if self.week[day.weekday()] else "weekend"

    @property
    def words(self) -> str:
        """The calendar in one sentence: `office: Mon to Fri 08:00-16:00, holidays of HR, Europe/Zagreb`."""
        parts = [f"{self.name}: {_week_words(self.week)}"]
        if self.holidays:
            parts.append(f"holidays of {self.holidays}")
        if self.closed:
            parts.append(f"{counted(len(self.closed), 'closing day')} of its own")
        return ", ".join([*parts, self.zone.key])

    def _year_of(self, at: int) -> int:
        return self.local(at).year

    def _year(self, year: int) -> Layout:
        if year not in self._years:
            self._years[year] = self._laid_out(year)
        return self._years[year]

    def _laid_out(self, year: int) -> Layout:
        opens: list[int] = []
        shuts: list[int] = []
        closes: list[int] = []
        for day in _days_of(year):
            if self.day_off(day):
                continue
            for since, until in self.week[day.weekday()]:
                # Where the clock is put forward, a period may begin when the one before has only just ended.
                first, last = _moment(day, since, self.zone), _moment(day, until, self.zone)
                opens.append(max(first, shuts[-1] if shuts else first))
                shuts.append(max(opens[-1], last))
            ends_at_midnight = self.week[day.weekday()][-1][1] == DAY_MINUTES
            closes.append(shuts[-1] - (_LAST_SECOND if ends_at_midnight else 0))
        lengths = (end - start for start, end in zip(opens, shuts, strict=True))
        return Layout(tuple(opens), tuple(shuts), tuple(accumulate(lengths, initial=0)), tuple(closes))


_ALL_DAY: tuple[Period, ...] = ((0, DAY_MINUTES),)


@lru_cache(maxsize=16)
def every_hour(zone: ZoneInfo) -> Calendar:
    """A calendar that never closes: calendar days, and hours by the clock on the wall."""
    return Calendar(name="every day", zone=zone, week=(_ALL_DAY,) * 7)


@lru_cache(maxsize=256)
def holidays_of(whose: str, year: int) -> dict[date, str]:
    """The holidays of a country or one of its regions in a year, by day; the library is loaded by the first of them."""
    if not whose:
        return {}
    import holidays  # 70 ms, and needed only where a calendar keeps holidays

    country, _, region = whose.partition("-")
    return dict(holidays.country_holidays(country, subdiv=region or None, years=year))


def keeps_holidays(whose: str) -> bool:
    """Whether the holidays of a country or region are known."""
    try:
        return bool(holidays_of(whose, 2024))
    except NotImplementedError:
        return False


def _days_of(year: int) -> Iterator[date]:
    first = date(year, 1, 1).toordinal()
    return map(date.fromordinal, range(first, date(year, 12, 31).toordinal() + 1))


def _moment(day: date, minutes: int, zone: ZoneInfo) -> int:
    """The moment of a time on the wall; one that the spring clock change skips moves forward by the missing hour."""
    whole_days, minutes = divmod(minutes, DAY_MINUTES)
    at = datetime.combine(day + timedelta(days=whole_days), time(minutes // 60, minutes % 60), tzinfo=zone)
    return int(at.astimezone(UTC).timestamp())


def _week_words(week: tuple[tuple[Period, ...], ...]) -> str:
    """`Mon to Thu 08:00-12:00 and 13:00-17:00, Fri 08:00-12:00`."""
    runs = [(hours, [day for day, _ in run]) for hours, run in groupby(enumerate(week), key=lambda one: one[1])]
    return ", ".join(f"{_days_words(days)} {hours_words(hours)}" for hours, days in runs if hours)


def _days_words(days: list[int]) -> str:
    return WEEKDAYS[days[0]] if len(days) == 1 else f"{WEEKDAYS[days[0]]} to {WEEKDAYS[days[-1]]}"


def hours_words(periods: tuple[Period, ...]) -> str:
    """The opening hours of a day: `08:00-12:00 and 13:00-17:00`, or `day and night`."""
    if periods == _ALL_DAY:
        return "day and night"
    return " and ".join(f"{_clock(since)}-{_clock(until)}" for since, until in periods)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
