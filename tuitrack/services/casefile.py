"""Reading one case: everything about it at once, and the card to read aloud when the customer asks how it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, tzinfo
from itertools import chain
from typing import TYPE_CHECKING

from tuitrack.domain.case import Case, missing
from tuitrack.domain.change import entries_undone, noted
from tuitrack.domain.clocks import Pause
from tuitrack.domain.closure import ClosingFacts
from tuitrack.domain.deadlines import Deadline, deadlines, next_due
from tuitrack.domain.feedback import CaseReading, Feedback
from tuitrack.domain.loop import LoopFacts
from tuitrack.domain.people import Absence, Agent, Customer, away_on
from tuitrack.domain.procedure import Standing, standing
from tuitrack.domain.queue import CaseRow
from tuitrack.domain.status import CUSTOMER_SENTENCE
from tuitrack.domain.telling import Deed, done_untold
from tuitrack.domain.timeline import Action, Call, Entry, Escalation, Promise, PublicPost, Remedy
from tuitrack.domain.words import ActionKind, CallResult, Direction, DueKind, EntryKind, Track
from tuitrack.lean import dataclass
from tuitrack.services.desk import Desk

if TYPE_CHECKING:
    from tuitrack.services.ports import Reader

TIMELINE_PAGE = 100
"""Timeline entries fetched at a time."""

_DEEDS = frozenset({EntryKind.ACTION, EntryKind.CALL, EntryKind.REMEDY, EntryKind.RESOLUTION, EntryKind.LETTER})
"""What was done for the customer and may be read out; causes, decisions and process work are the desk's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A case with everything that belongs to it, as it stood at one moment."""

    case: Case
    customer: Customer
    numbers: tuple[str, ...]
    """The customer's phone numbers, to read and to dial."""
    entries: tuple[Entry, ...]
    """The latest timeline entries, oldest first."""
    calls: tuple[Call, ...]
    actions: tuple[Action, ...]
    promises: tuple[Promise, ...]
    remedies: tuple[Remedy, ...]
    other_cases: tuple[CaseRow, ...]
    """The customer's other cases."""
    clocks: tuple[Deadline, ...]
    """Every deadline, met or not, by due time."""
    pauses: tuple[Pause, ...] = ()
    """When clocks of the case stood still, and since when they do."""
    escalations: tuple[Escalation, ...] = ()
    """Before whom the case was laid, oldest first."""
    posts: tuple[PublicPost, ...] = ()
    """The complaints that the customer published, the first seen first."""
    feedback: tuple[Feedback, ...] = ()
    """What was told to whoever can correct the cause, oldest first."""
    readings: tuple[CaseReading, ...] = ()
    """Who has read the case for its quality, oldest first."""
    corrected: Action | None = None
    """What had been done against its cause before the case came, where that was in vain."""
    absence: Absence | None = None
    """That of the owner, where it is on."""
    steps: tuple[Standing, ...] = ()
    """The steps of its procedure and how they stand."""
    attempts_needed: int
    office: str
    """The desk's name."""
    zone: tzinfo
    """The office's zone."""

    @property
    def next_due(self) -> Deadline | None:
        """What is due next."""
        return next_due(self.clocks)

    @property
    def next_promise(self) -> Promise | None:
        """The open promise that is due first."""
        return min((promise for promise in self.promises if promise.is_open), key=_due, default=None)

    def unexplained(self, now: datetime) -> list[Deadline]:
        """The clocks that were missed, and nobody has said why; promises and actions tell it where they are settled."""
        of_clocks = (clock for clock in self.clocks if clock.kind not in (DueKind.PROMISE, DueKind.ACTION))
        return [clock for clock in of_clocks if clock.late_by(now) and not clock.late_because]

    @property
    def lasting_pauses(self) -> list[Pause]:
        """The pauses that nobody has ended yet."""
        return [pause for pause in self.pauses if pause.is_open]

    @property
    def escalation(self) -> Escalation | None:
        """The escalation that stands."""
        return next((one for one in self.escalations if one.stands), None)

    @property
    def loop(self) -> LoopFacts:
        """What decides how far the loop of the case is."""
        return LoopFacts(self.case, self.actions, self.feedback)

    @property
    def inquiries(self) -> list[Action]:
        """The investigations, the information wanted and the legal advice asked for, oldest first."""
        return [action for action in self.actions if action.is_inquiry]

    @property
    def awaits_legal_advice(self) -> bool:
        """Whether the legal adviser has not answered yet."""
        return any(action.is_open and action.kind is ActionKind.LEGAL for action in self.actions)

    @property
    def findings(self) -> list[Entry]:
        """The facts that were found, among the entries that are read, as they were corrected last."""
        return noted(self.entries, EntryKind.FINDING)

    @property
    def suggestions(self) -> list[Entry]:
        """What the customer suggested, among the entries that are read."""
        return noted(self.entries, EntryKind.SUGGESTION)

    @property
    def told_call(self) -> Call | None:
        """The call in which the customer heard the decision."""
        return next((call for call in self.calls if call.id == self.case.told_call_id), None)

    @property
    def done_untold(self) -> list[Deed]:
        """What was done on the decision before the customer was told of it."""
        return done_untold(self.case, self.actions, self.remedies)

    @property
    def calls_reached(self) -> list[Call]:
        """The calls in which desk and customer spoke, newest first."""
        return [call for call in reversed(self.calls) if call.result is CallResult.REACHED]

    @property
    def status_checks(self) -> int:
        """How often the customer had to ask how things stand."""
        return sum(call.is_status_check for call in self.calls)

    @property
    def missing(self) -> list[str]:
        """What a complete record still lacks, by name."""
        return missing(self.case, self.customer.account, self.customer.reachable)

    @property
    def is_first_contact(self) -> bool:
        """Whether the customer never complained before."""
        return not self.other_cases

    @property
    def closing_facts(self) -> ClosingFacts:
        """What decides whether the case may close."""
        return ClosingFacts(
            self.case, self.calls, self.actions, self.promises, self.attempts_needed, self.zone, self.steps
        )


@dataclass(frozen=True, slots=True)
class StatusCard:
    """What to say now to a customer who asks how the case stands."""

    stage: str
    last_action: Entry | None
    next_promise: Promise | None
    owner: str
    """The name to give as the contact, empty while nobody owns the case."""
    times_asked: int
    to_clarify: str


class CaseFileService:
    """Reads cases."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def open(self, case_id: int) -> CaseFile:
        """Everything about a case; raises NotFound."""
        file = self.glance(case_id)
        return replace(file, numbers=self._desk.numbers(file.customer))

    def newer(self, file: CaseFile) -> CaseFile | None:
        """The case as it is now, None where neither it nor its customer was changed since it was read."""
        with self._desk.store.reading() as reader:
            case = reader.case(file.case.id)
            is_same = (case.version, reader.customer(case.customer_id)) == (file.case.version, file.customer)
        return None if is_same else self.open(file.case.id)

    def glance(self, case_id: int) -> CaseFile:
        """The same to be looked at in passing, with the numbers as they were typed: what knows them is slow to load."""
        with self._desk.store.reading() as reader:
            return read_file(reader, case_id, self._desk)

    def whole(self, case_id: int) -> CaseFile:
        """Everything about a case with its timeline from the first entry on; raises NotFound."""
        with self._desk.store.reading() as reader:
            file = read_file(reader, case_id, self._desk)
            pages = [list(file.entries)]
            while len(pages[0]) == TIMELINE_PAGE:
                pages.insert(0, reader.timeline(case_id, TIMELINE_PAGE, pages[0][0]))
        return replace(file, numbers=self._desk.numbers(file.customer), entries=tuple(chain.from_iterable(pages)))

    def earlier(self, case_id: int, before: Entry) -> list[Entry]:
        """The page of the timeline before an entry, oldest first."""
        with self._desk.store.reading() as reader:
            return reader.timeline(case_id, TIMELINE_PAGE, before)

    def agents(self) -> list[Agent]:
        """Everybody who can be given a case, by name."""
        with self._desk.store.reading() as reader:
            return [agent for agent in reader.agents() if agent.active]

    def status_card(self, case_id: int) -> StatusCard:
        """What to tell the customer now."""
        with self._desk.store.reading() as reader:
            file = read_file(reader, case_id, self._desk)
            contact = contact_name(reader, file.case)
        undone = entries_undone(file.entries)
        deeds = (entry for entry in reversed(file.entries) if _is_deed(entry, file) and entry.id not in undone)
        return StatusCard(
            stage=CUSTOMER_SENTENCE[file.case.status],
            last_action=next(deeds, None),
            next_promise=file.next_promise,
            owner=contact,
            times_asked=file.status_checks,
            to_clarify=file.case.to_clarify,
        )


def _is_deed(entry: Entry, file: CaseFile) -> bool:
    """Whether an entry tells of something done for the customer: not their own calls, process actions, inquiries."""
    not_ours = {(EntryKind.CALL, call.id) for call in file.calls if call.direction is Direction.INBOUND}
    not_ours |= {
        (EntryKind.ACTION, one.id) for one in file.actions if one.track is not Track.CUSTOMER or one.is_inquiry
    }
    return entry.kind in _DEEDS and (entry.kind, entry.record_id) not in not_ours


def contact_name(reader: Reader, case: Case) -> str:
    """The name to give the customer as the contact, empty while nobody owns the case."""
    contact = case.contact or case.owner
    agent = reader.agent(contact) if contact else None
    return agent.name if agent else contact or ""


def read_file(reader: Reader, case_id: int, desk: Desk) -> CaseFile:
    """Read a case and everything that belongs to it, the customer's numbers as they were typed."""
    case = reader.case(case_id)
    own = reader.case_records(case_id)
    others = [row for row in reader.cases_of(case.customer_id, 20) if row.id != case_id]
    customer = reader.customer(case.customer_id)
    return CaseFile(
        case=case,
        customer=customer,
        numbers=customer.phones,
        entries=tuple(reader.timeline(case_id, TIMELINE_PAGE)),
        calls=tuple(own.calls),
        actions=tuple(own.actions),
        promises=tuple(own.promises),
        remedies=tuple(own.remedies),
        other_cases=tuple(others),
        clocks=tuple(deadlines(own.promises, own.actions, own.clocks)),
        pauses=tuple(own.pauses),
        escalations=tuple(own.escalations),
        posts=tuple(own.public_posts),
        feedback=tuple(own.feedback),
        readings=tuple(own.readings),
        corrected=reader.corrected_before(case) if case.recurs_after else None,
        absence=away_on(desk.today(), case.owner, reader.absences(desk.today())) if case.owner else None,
        steps=standing(desk.procedures().of(case.category), own.ticks),
        attempts_needed=desk.settings.attempts_before_unconfirmed,
        office=desk.settings.office,
        zone=desk.zone,
    )


def _due(promise: Promise) -> datetime:
    return promise.due_at
