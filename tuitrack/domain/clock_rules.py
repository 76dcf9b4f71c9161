"""Rules of deadlines: how long what may take, in which calendar, for which cases; and the book that has them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from datetime import datetime

from tuitrack.domain.calendars import Calendar
from tuitrack.domain.case import Case
from tuitrack.domain.clocks import Pause
from tuitrack.domain.counting import Counting, Span, Stop
from tuitrack.domain.text import fold
from tuitrack.domain.words import CustomerKind, DueKind, PauseReason
from tuitrack.lean import dataclass


@dataclass(frozen=True, slots=True)
class About:
    """What rules look at."""

    case: Case
    customer: Callable[[], CustomerKind]
    """Asked for only where a rule depends on it."""

    def value(self, name: str) -> str:
        """What a condition of that name compares."""
        return self.customer().value if name == "customer" else fold(getattr(self.case, name))


CONDITIONS = ("kind", "category", "channel", "priority", "customer")
"""What a rule may ask of a case; all are fields of it but the kind of customer."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """How long something may take, and the calendar in which that is counted."""

    span: Span
    calendar: Calendar

    @property
    def weeks(self) -> float:
        """About how many weeks it takes, holidays left aside."""
        days = [sum(60 * (until - since) for since, until in hours) for hours in self.calendar.week]
        return self.span.amount / (sum(map(bool, days)) if self.span.in_days else sum(days))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How long something may take."""

    kind: DueKind
    within: Allowance
    target: Allowance | None = None
    """Within what it should happen, before it must."""
    pauses: frozenset[PauseReason] = frozenset()
    """For which reasons its clock stands still."""
    only: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The values, folded, that a case must have one of, by condition."""
    origin: str = ""
    """Where the rule was read: the name of a preset, or that it is the desk's own."""

    @property
    def words(self) -> str:
        """The rule in short: `first response within 2 working hours`."""
        target = f", if possible {self.target.span.words}" if self.target else ""
        return f"{self.kind.label} {self.within.span.words}{target}"

    @property
    def conditions_words(self) -> str:
        """For which cases it is: `channel social or chat`; empty where for all."""
        return "; ".join(f"{name} {' or '.join(sorted(values))}" for name, values in self.only.items())

    @property
    def whole_words(self) -> str:
        """The rule with everything it says: for which cases, in which calendar, what stops its clock, its origin."""
        parts = [self.words, f"for {self.conditions_words}" if self.only else "for all cases"]
        if self.pauses:
            parts.append(f"stands still for {' and '.join(sorted(reason.label for reason in self.pauses))}")
        calendars = {one.calendar.name for one in (self.within, self.target) if one and one.span.working}
        parts += [f"calendar {name}" for name in sorted(calendars)]
        return f"{', '.join(parts)} ({self.origin})"

    def fits(self, about: About) -> bool:
        """Whether it is for a case."""
        return all(about.value(name) in values for name, values in self.only.items())

    def counting(self, started_at: datetime, pauses: Iterable[Pause] = (), until: datetime | None = None) -> Counting:
        """The counting of its span from a moment on; a pause that lasts counts as over at `until`."""
        return Counting(self.within.span, self.within.calendar, started_at, stops_of(pauses, self.pauses, until))

    def target_at(self, started_at: datetime, pauses: Iterable[Pause] = ()) -> datetime | None:
        """When it should be met; None where it only says when it must be."""
        if self.target is None:
            return None
        stops = stops_of(pauses, self.pauses)
        return Counting(self.target.span, self.target.calendar, started_at, stops).due_at


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules in force since some moment; for each kind of deadline the first one that fits is taken."""

    rules: tuple[Rule, ...]
    since: datetime | None = None
    """None where they follow from the settings and were never written down."""

    def rule(self, kind: DueKind, about: About) -> Rule | None:
        """The rule for a kind of deadline of a case."""
        return next((rule for rule in self.rules if rule.kind is kind and rule.fits(about)), None)

    @property
    def calendars(self) -> list[Calendar]:
        """The calendars that its rules count in, by name."""
        counted = [one for rule in self.rules for one in (rule.within, rule.target) if one and one.span.working]
        return sorted({one.calendar.name: one.calendar for one in counted}.values(), key=lambda found: found.name)

    @property
    def lines(self) -> list[str]:
        """The whole book, a sentence a line: the rules in the order in which they are tried, then the calendars."""
        return [*(rule.whole_words for rule in self.rules), *(f"Calendar {one.words}" for one in self.calendars)]

    def kinds(self, about: About) -> set[DueKind]:
        """The kinds of deadline that a case has by these rules."""
        return {rule.kind for rule in self.rules if rule.fits(about)}


def stops_of(pauses: Iterable[Pause], reasons: Iterable[PauseReason], until: datetime | None = None) -> list[Stop]:
    """The intervals in which a clock stands still for these reasons, in order, those that overlap made one.

    A pause that lasts is left out, or with `until` counts as over at that moment.
    """
    wanted, stops = frozenset(reasons), list[Stop]()
    for pause in sorted(pauses, key=lambda pause: pause.since):
        end = pause.until or until
        if pause.reason not in wanted or end is None or end <= pause.since:
            continue
        last = stops[-1] if stops else None
        if last is not None and pause.since < last.until:
            told = last.reason if pause.reason.label in last.reason else f"{last.reason}, {pause.reason.label}"
            stops[-1] = Stop(last.since, max(last.until, end), told)
        else:
            stops.append(Stop(pause.since, end, pause.reason.label))
    return stops
