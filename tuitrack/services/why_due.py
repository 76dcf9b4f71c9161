"""Answers, for everything that is or was due in a case, why it is due then."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tuitrack.domain.clock_rules import About, RuleBook
from tuitrack.domain.deadlines import Deadline, of_action, of_clock, of_promise
from tuitrack.domain.errors import Refusal
from tuitrack.domain.office_hours import OfficeHours
from tuitrack.domain.why_due import why_action, why_clock, why_promise
from tuitrack.services.clock_rules import RuleShelf, read_file
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
            book = RuleShelf(self._desk.settings, reader).at(case.received_at)
        found = [Reason(of_promise(promise), why_promise(promise, zone)) for promise in promises]
        found += [Reason(due, why_action(one, due.due_at, zone)) for one in actions if (due := of_action(one))]
        for clock in clocks:
            sentences = why_clock(clock, book.rule(clock.kind, about), book, pauses, zone)
            found.append(Reason(of_clock(clock), sentences))
        return sorted(found, key=lambda one: (one.deadline.met_at is not None, one.deadline.due_at))

    def rules(self) -> RuleBook:
        """The rules in force now."""
        with self._desk.store.reading() as reader:
            return RuleShelf(self._desk.settings, reader).at(self._desk.clock())

    def office_hours(self) -> OfficeHours:
        """When somebody is at work, by the calendars in which the rules in force now count."""
        return OfficeHours(tuple(self.rules().calendars))

    def read(self, path: Path) -> RuleBook:
        """The rules of a file that is not in force; raises Refusal for whatever is wrong with it."""
        book = read_file(path, self._desk.settings)
        if book is None:
            raise Refusal(f"File: {path} is not there.", "path")
        return book
