"""Makes up cases with all that belongs to them: a twentieth is open work, the others are history with both dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from benchmarks.vocabulary import VOCABULARY, text
from tuitrack.domain.case import Case
from tuitrack.domain.clocks import Clock
from tuitrack.domain.deadlines import deadlines, next_due
from tuitrack.domain.people import Agent, Customer
from tuitrack.domain.reference import Reference
from tuitrack.domain.timeline import Action, Call, Entry, Promise
from tuitrack.domain.words import (
    SEEDED_CATEGORIES,
    SEEDED_CAUSES,
    CallPurpose,
    CallResult,
    Channel,
    Direction,
    DueKind,
    EntryKind,
    Justified,
    Mood,
    Outcome,
    Priority,
    Status,
    Track,
)
from tuitrack.services.ports import Record, Writer
from tuitrack.services.signing_in import handle_of

KINDS = (Customer, Case, Clock, Call, Promise, Action, Entry)
"""What is made up; a record points only at kinds before its own."""
BEGINNING = datetime(2021, 1, 4, tzinfo=UTC)
"""When the first case was received; the others follow at even distances up to the present."""

_FIRST_NAMES = ("Ana", "Ivo", "Željka", "Marko", "Nina", "Luka", "Grace", "Sara", "Tomás", "Đuro")
_CHANNELS = tuple(Channel)
_JUSTIFIED = tuple(Justified)
_MOODS = (Mood.SATISFIED, Mood.NEUTRAL, Mood.ANGRY)
_PRIORITIES = (Priority.NORMAL, Priority.NORMAL, Priority.NORMAL, Priority.LOW, Priority.HIGH, Priority.URGENT)
_STATUSES = (Status.OPEN, Status.INVESTIGATING, Status.WAITING, Status.RESOLVED)
_TAGS = ("", "", "", "", "vip", "legal", "vip, press", "repeat")
_PRODUCTS = ("", "parcel", "router", "television", "insurance", "account")


def phone_of(customer_id: int) -> str:
    """The first number of a customer; no two share their last seven digits."""
    return f"+385 91 {customer_id * 7_654_321 % 10_000_000:07}"


def colleagues(count: int) -> list[Agent]:
    """The other agents of the desk."""
    names = [f"{_FIRST_NAMES[n % len(_FIRST_NAMES)]} {VOCABULARY[-2 - n].title()}" for n in range(count)]
    return [Agent(handle=handle_of(name), name=name, entered_at=BEGINNING) for name in names]


class MadeUp:
    """Makes the cases of one desk from the oldest to the newest, the same ones whenever it is asked."""

    def __init__(self, cases: int, agents: list[str], now: datetime) -> None:
        self._cases = cases
        self._agents = agents
        self._now = now
        self._random = Random(2)
        self._customers = 0

    def records(self, writer: Writer, numbers: range) -> Iterator[Record]:
        """The cases of these numbers with their records, of all kinds mixed; three of ten bring a new customer."""
        pick = self._random.choice
        received = [BEGINNING + (self._now - BEGINNING) / self._cases * (number - 1) for number in numbers]
        sequences = {
            year: iter(range(first := writer.next_sequence(year, count), first + count))
            for year, count in Counter(moment.year for moment in received).items()
        }
        ids: dict[type[Record], Iterator[int]] = {kind: iter(writer.reserve_ids(kind, len(numbers))) for kind in KINDS}
        for number, moment in zip(numbers, received, strict=True):
            if number % 10 in (1, 4, 7):
                self._customers = next(ids[Customer])
                yield self._customer(self._customers, moment)
            owner = pick(self._agents)
            case = Case(
                id=next(ids[Case]),
                reference=str(Reference("C", moment.year, next(sequences[moment.year]))),
                customer_id=self._random.randint(1, self._customers),
                version=1,
                subject=self._text(3, 8),
                words=self._text(10, 100, 20),
                details=self._text(5, 60, 10) if self._happens(0.4) else "",
                category=pick(SEEDED_CATEGORIES),
                product=pick(_PRODUCTS),
                tags=pick(_TAGS),
                channel=pick(_CHANNELS),
                priority=pick(_PRIORITIES),
                received_at=moment,
                received_by=owner,
                entered_at=moment,
                entered_by=owner,
                touched_at=moment,
                owner=owner,
            )
            yield _told(case, EntryKind.RECEIVED, moment, f"Complaint received: {case.subject}", case.words)
            if number == 1:
                # Due before everything else, so that the first row of the queue is known.
                yield from self._open(case, self._now - timedelta(days=60), ids)
            elif self._happens(0.3 if number > 0.9 * self._cases else 0.022):
                # Due over most of a year, so that a desk kept for months still has work for the day.
                yield from self._open(case, self._now + timedelta(days=self._random.uniform(-30, 330)), ids)
            else:
                yield from self._closed(case, next(ids[Call]))

    def _open(self, case: Case, due_at: datetime, ids: dict[type[Record], Iterator[int]]) -> Iterator[Record]:
        """Open work; some of it is resolved and not confirmed, some nobody owns, some has a promise or an action."""
        case = replace(case, status=self._random.choice(_STATUSES), resolve_by=due_at)
        if case.status is Status.RESOLVED:
            resolved_at = min(case.received_at + timedelta(days=2), self._now)
            case = replace(
                case,
                confirm_by=due_at,
                resolution=self._text(3, 20),
                company_resolved_on=resolved_at.date(),
                company_resolved_by=case.owner,
                resolved_at=resolved_at,
            )
        elif self._happens(0.07):
            case = replace(case, status=Status.NEW, owner=None)
        promises = [self._promise(case, next(ids[Promise]), due_at)] if self._happens(0.3) else []
        actions = [self._action(case, next(ids[Action]), due_at)] if self._happens(0.2) else []
        clocks = list(_clocks(case))
        due = next_due(deadlines(promises, actions, clocks))
        assert due is not None
        yield replace(case, next_due_at=due.due_at, next_due_kind=due.kind.value)
        yield _told(case, EntryKind.NOTE, case.received_at, "Note", self._text(4, 20))
        yield from clocks
        for promise in promises:
            yield promise
            told = f"Promised for {promise.due_at:%d %b %Y %H:%M}: {promise.what}"
            yield _told(case, EntryKind.PROMISE, case.received_at, told, record_id=promise.id)
        for action in actions:
            yield action
            told = f"Requested ({action.track.label}): {action.what}"
            yield _told(case, EntryKind.ACTION, case.received_at, told, record_id=action.id)

    def _closed(self, case: Case, call_id: int) -> Iterator[Record]:
        """History: resolved, then confirmed by the customer in a call, and closed with it."""
        resolved_at = min(case.received_at + timedelta(days=self._random.uniform(0, 12)), self._now)
        closed_at = min(resolved_at + timedelta(days=self._random.uniform(0, 5)), self._now)
        closed = replace(
            case,
            status=Status.CLOSED,
            resolution=self._text(3, 20),
            resolve_by=case.received_at + timedelta(days=10),
            confirm_by=resolved_at + timedelta(days=3),
            company_resolved_on=resolved_at.date(),
            company_resolved_by=case.owner,
            resolved_at=resolved_at,
            justified=self._random.choice(_JUSTIFIED),
            cause=self._random.choice(SEEDED_CAUSES),
            customer_confirmed_on=closed_at.date(),
            confirming_call_id=call_id,
            confirmation_asked_by=case.owner,
            mood=self._random.choice(_MOODS),
            outcome=Outcome.CONFIRMED,
            closed_at=closed_at,
            closed_by=case.owner,
            touched_at=closed_at,
        )
        yield closed
        yield from _clocks(closed)
        yield Call(
            id=call_id,
            case_id=case.id,
            direction=Direction.OUTBOUND,
            purpose=CallPurpose.VERIFY,
            result=CallResult.REACHED,
            recording_told=True,
            at=closed_at,
            by=case.received_by,
        )
        told = "Called the customer: verify resolution, reached"
        yield _told(case, EntryKind.CALL, closed_at, told, self._text(4, 20), call_id)
        yield _told(case, EntryKind.CLOSED, closed_at, "Closed: confirmed")

    def _customer(self, id_: int, entered_at: datetime) -> Customer:
        further = (f"01 {self._random.randrange(10**7):07}",) if self._happens(0.2) else ()
        return Customer(
            id=id_,
            name=f"{self._random.choice(_FIRST_NAMES)} {self._random.choice(VOCABULARY).title()}",
            account=f"A-{id_:07}" if self._happens(0.4) else "",
            phones=(phone_of(id_), *further),
            entered_at=entered_at,
        )

    def _promise(self, case: Case, id_: int, resolve_by: datetime) -> Promise:
        return Promise(
            id=id_,
            case_id=case.id,
            what=self._text(3, 8),
            to="the customer",
            by=case.received_by,
            made_at=case.received_at,
            due_at=resolve_by + timedelta(days=self._random.uniform(-1, 4)),
        )

    def _action(self, case: Case, id_: int, resolve_by: datetime) -> Action:
        return Action(
            id=id_,
            case_id=case.id,
            track=Track.CUSTOMER,
            what=self._text(3, 8),
            assignee=case.received_by,
            requested_on=case.received_at.date(),
            due_at=resolve_by + timedelta(days=self._random.uniform(0, 9)),
            by=case.received_by,
        )

    def _text(self, fewest: int, most: int, usual: int | None = None) -> str:
        return text(self._random, round(self._random.triangular(fewest, most, usual)))

    def _happens(self, share: float) -> bool:
        return self._random.random() < share


def _clocks(case: Case) -> Iterator[Clock]:
    """The clocks behind the dates by which a case is to be resolved and confirmed."""
    resolve_met_at = case.resolved_at or case.closed_at
    dates = (DueKind.RESOLVE, case.resolve_by, resolve_met_at), (DueKind.CONFIRM, case.confirm_by, case.closed_at)
    for kind, due, met_at in dates:
        if due is not None:
            yield Clock(
                case_id=case.id, kind=kind, started_at=case.received_at, first_due_at=due, due_at=due, met_at=met_at
            )


def _told(
    case: Case, kind: EntryKind, at: datetime, summary: str, body: str = "", record_id: int | None = None
) -> Entry:
    """A line of the timeline, entered when it happened."""
    return Entry(
        case_id=case.id,
        kind=kind,
        occurred_at=at,
        entered_at=at,
        by=case.received_by,
        summary=summary,
        body=body,
        record_id=record_id,
        version=1,
    )
