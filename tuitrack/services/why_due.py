"""Answers, for everything that is or was due in a case, why it is due then."""

from __future__ import annotations

from tuitrack.domain.clock_rules import About
from tuitrack.domain.deadlines import Deadline, of_action, of_clock, of_promise
from tuitrack.domain.office_hours import OfficeHours
from tuitrack.domain.why_due import why_action, why_clock, why_promise
from tuitrack.lean import dataclass
from tuitrack.services.clock_rules import RuleShelf
from tuitrack.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that is or was due, and why it is due then."""

    deadline: Deadline
    sentences: list[str]


class WhyService:
    """Explains due times by counting them once more."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def reasons(self, case_id: int) -> list[Reason]:
        """Everything that is due in a case, the next first, then what was met; each with its reason."""
        zone = self._desk.zone
        with self._desk.store.reading() as reader:
            case, pauses = reader.case(case_id), reader.pauses(case_id)
            promises, actions, clocks = reader.promises(case_id), reader.actions(case_id), reader.clocks(case_id)
            kind = reader.customer(case.customer_id).kind
            about = About(case, lambda: kind)
            book = RuleShelf.of(self._desk.settings, reader).at(case.follows_rules_of)
        found = [Reason(of_promise(promise), why_promise(promise, zone)) for promise in promises]
        found += [Reason(due, why_action(one, due.due_at, zone)) for one in actions if (due := of_action(one))]
        for clock in clocks:
            sentences = why_clock(clock, book.rule(clock.kind, about), book, pauses, zone)
            found.append(Reason(of_clock(clock), sentences))
        return sorted(found, key=lambda one: (one.deadline.met_at is not None, one.deadline.due_at))

    def office_hours(self) -> OfficeHours:
        """When somebody is at work, by the calendars in which the rules in force now count."""
        with self._desk.store.reading() as reader:
            book = RuleShelf.of(self._desk.settings, reader).at(self._desk.clock())
        return OfficeHours(tuple(book.calendars))
