"""Reads calendars and rules of deadlines as they are written in a file; whatever is wrong is told in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tuitrack.domain.calendars import DAY_MINUTES, Calendar, Period, every_hour, keeps_holidays
from tuitrack.domain.clock_rules import CONDITIONS, Allowance, Rule, RuleBook
from tuitrack.domain.counting import SPAN_EXAMPLES, parse_span
from tuitrack.domain.errors import Refusal
from tuitrack.domain.text import fold
from tuitrack.domain.words import CaseKind, Channel, CustomerKind, DueKind, PauseReason, Priority, Word
from tuitrack.domain.written import Written, WrittenFile

OFFICE = "office"
"""The calendar of rules that name none."""
ALWAYS = "always"
"""The calendar in which every day counts, day and night."""
OWN_RULE = "own rule"
"""The origin of a rule that does not say where it comes from."""
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
RULED_CLOCKS = {kind.value.replace("_", " "): kind for kind in DueKind if kind not in (DueKind.PROMISE, DueKind.ACTION)}
_LISTS: dict[str, type[Word]] = {
    "kind": CaseKind, "channel": Channel, "priority": Priority, "customer": CustomerKind, "pauses": PauseReason,
}  # fmt: skip
_PERIOD = re.compile(r"(\d{1,2}):(\d\d) ?[-–] ?(\d{1,2}):(\d\d)")
_DAYS_CLOSED_MOST = 366
_WEEKS_MOST = 523
"""Ten years: what takes longer was meant otherwise, and would be counted through every one of them."""


def read_rules(written: Written, zone: str, where: str) -> RuleBook:
    """The rules that a file holds, in their order; `zone` is that of calendars which name none."""
    return RuleBook(tuple(_Reading(written, zone, where).rules()))


class _Reading(WrittenFile):
    """One file as it is read."""

    def __init__(self, written: Written, zone: str, where: str) -> None:
        super().__init__(where)
        self._zone = zone
        self._known(written, ("calendars", "rules"), "")
        self._calendars = {
            name: self._calendar(name, self._table(table, f"calendar {name}"))
            for name, table in self._table(written.get("calendars", {}), "calendars").items()
        }
        self._calendars[ALWAYS] = every_hour(self._zone_of({}, "time zone"))
        self._rules = tuple(self._tables(written, "rules"))

    def rules(self) -> Iterable[Rule]:
        """The rules in their order."""
        for number, table in self._rules:
            yield self._rule(table, f"rule {number}")

    def _rule(self, table: Written, place: str) -> Rule:
        self._known(table, ("clock", "within", "target", "calendar", "pauses", "origin", *CONDITIONS), place)
        kind = RULED_CLOCKS.get(fold(str(table.get("clock", ""))))
        if kind is None:
            raise self._refusal(f"{place}, clock", f"one of {', '.join(RULED_CLOCKS)}", table.get("clock"))
        within = self._allowance(table, "within", place)
        target = self._allowance(table, "target", place) if "target" in table else None
        if "calendar" in table and not any(one is not None and one.span.working for one in (within, target)):
            raise Refusal(
                f"{self._where}, {place}, calendar: “{within.span.text}” counts every day; write “working” into it, "
                "or leave the calendar out.",
                "calendar",
            )
        return Rule(
            kind=kind,
            within=within,
            target=target,
            pauses=frozenset(map(PauseReason, self._values(table.get("pauses", []), "pauses", place))),
            only={name: frozenset(self._values(table[name], name, place)) for name in CONDITIONS if name in table},
            origin=str(table.get("origin", OWN_RULE)),
        )

    def _allowance(self, table: Written, name: str, place: str) -> Allowance:
        """A span with its calendar: every day counts, where it does not speak of working time."""
        typed = table.get(name)
        span = parse_span(typed) if isinstance(typed, str) else None
        if span is None:
            raise self._refusal(f"{place}, {name}", f"a span such as {SPAN_EXAMPLES}", typed)
        calendar = table.get("calendar", OFFICE) if span.working else ALWAYS
        if calendar not in self._calendars:
            known = ", ".join(sorted(self._calendars))
            raise self._refusal(f"{place}, calendar", f"a calendar of this file: {known}", calendar)
        allowance = Allowance(span, self._calendars[calendar])
        if allowance.weeks > _WEEKS_MOST:
            raise Refusal(
                f"{self._where}, {place}, {name}: “{span.text}” take more than 10 years in calendar {calendar}.", name
            )
        return allowance

    def _values(self, typed: Any, name: str, place: str) -> list[str]:
        """The values of a list, each one of its closed list where there is one."""
        values = self._list(typed, f"{place}, {name}", blank=True)
        if name not in _LISTS:
            return [fold(value) for value in values]
        known = {fold(spelling): word.value for word in _LISTS[name] for spelling in (word.value, word.label)}
        for value in values:
            if fold(value) not in known:
                raise self._refusal(f"{place}, {name}", ", ".join(word.value for word in _LISTS[name]), value)
        return [known[fold(value)] for value in values]

    def _calendar(self, name: str, table: Written) -> Calendar:
        place = f"calendar {name}"
        self._known(table, ("hours", "holidays", "closed", "zone", "origin"), place)
        week: list[tuple[Period, ...]] = [()] * 7
        for days, hours in self._table(table.get("hours", {}), f"{place}, hours").items():
            for day in self._days(days, f"{place}, hours"):
                week[day] = self._periods(hours, f"{place}, hours of {days}")
        if not any(week):
            raise self._refusal(f"{place}, hours", 'one weekday at least, such as mon-fri = ["08:00-16:00"]', None)
        holidays = table.get("holidays", "")
        if holidays and not (isinstance(holidays, str) and keeps_holidays(holidays)):
            raise self._refusal(f"{place}, holidays", "a country, or one with a region, such as HR or DE-BY", holidays)
        closed = frozenset(self._closed(table.get("closed", []), f"{place}, closed"))
        return Calendar(name, self._zone_of(table, f"{place}, zone"), tuple(week), holidays, closed)

    def _zone_of(self, table: Written, place: str) -> ZoneInfo:
        typed = table.get("zone", self._zone)
        try:
            return ZoneInfo(typed)
        except (TypeError, ValueError, OSError, ZoneInfoNotFoundError):
            raise self._refusal(place, "a zone of the IANA database, such as Europe/Zagreb", typed) from None

    def _days(self, typed: str, place: str) -> range:
        """The numbers of the weekdays that `mon-fri` or `sat` names."""
        first, _, last = fold(typed).partition("-")
        if first not in DAYS or (last or first) not in DAYS or DAYS.index(last or first) < DAYS.index(first):
            raise self._refusal(place, f"{', '.join(DAYS)}, or a run of days such as mon-fri", typed)
        return range(DAYS.index(first), DAYS.index(last or first) + 1)

    def _periods(self, typed: Any, place: str) -> tuple[Period, ...]:
        """The opening hours of a day, each after the one before."""
        expected = 'periods in their order within one day, such as ["08:00-12:00", "13:00-17:00"]'
        texts = [typed] if isinstance(typed, str) else typed
        if not isinstance(texts, list):
            raise self._refusal(place, expected, typed)
        periods: list[Period] = []
        for text in texts:
            found = _PERIOD.fullmatch(text) if isinstance(text, str) else None
            since, until = (int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])) if found else (1, 0)
            in_clock = found is not None and int(found[2]) < 60 and int(found[4]) < 60 and until <= DAY_MINUTES
            if not in_clock or since >= until or (periods and since < periods[-1][1]):
                raise self._refusal(place, expected, text)
            periods.append((since, until))
        return tuple(periods)

    def _closed(self, typed: Any, place: str) -> Iterable[date]:
        """Closing days, as days or as spans of days `2026-12-24..2027-01-01`."""
        if not isinstance(typed, list):
            raise self._refusal(place, 'a list of days such as ["2026-12-24", "2026-12-27..2026-12-31"]', typed)
        for one in typed:
            first, _, last = str(one).partition("..")
            try:
                since, until = date.fromisoformat(first), date.fromisoformat(last or first)
            except ValueError:
                raise self._refusal(place, "a day such as 2026-12-24, or 2026-12-27..2026-12-31", one) from None
            if not 0 <= (until - since).days < _DAYS_CLOSED_MOST:
                raise self._refusal(place, "at most a year, from a day to a later one", one)
            yield from (since + timedelta(days=number) for number in range((until - since).days + 1))
