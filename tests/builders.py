"""Records with sensible values, so that a test names only what it is about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from tuitrack.domain.case import Case
from tuitrack.domain.change import Change
from tuitrack.domain.clocks import Clock, Pause
from tuitrack.domain.feedback import CaseReading, Feedback
from tuitrack.domain.handover import Handover, HandoverItem
from tuitrack.domain.keeping import Draft, ImportRun
from tuitrack.domain.people import Absence, Agent, Customer
from tuitrack.domain.procedure import Tick
from tuitrack.domain.reference import Reference
from tuitrack.domain.reviews import Review, ReviewPlan
from tuitrack.domain.timeline import Action, Call, Entry, Escalation, Promise, PublicPost, Remedy
from tuitrack.domain.words import (
    CallPurpose,
    CallResult,
    Direction,
    DueKind,
    EntryKind,
    EscalationLevel,
    HandedKind,
    Interval,
    PauseReason,
    RemedyKind,
    ReviewPart,
    Role,
    Status,
    TickState,
    Track,
)

T = TypeVar("T")

NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
"""The moment at which tests happen: a Wednesday, at noon."""


def _made(record: Callable[..., T], given: dict[str, Any], /, **usual: Any) -> T:
    return record(**usual | given)


def reference(number: int) -> str:
    """The reference of the year's case with that number."""
    return str(Reference("C", 2026, number))


def an_agent(handle: str = "ana", **fields: Any) -> Agent:
    """A supervisor, who may do all that is done with cases, named after the handle."""
    return _made(Agent, fields, handle=handle, name=handle.capitalize(), role=Role.SUPERVISOR, entered_at=NOW)


def an_absence(agent: str = "ana", **fields: Any) -> Absence:
    """An absence of one day, today."""
    return _made(Absence, fields, agent=agent, since=NOW.date(), until=NOW.date(), by="bo")


def a_customer(name: str = "Ivo Kos", **fields: Any) -> Customer:
    """A customer with a phone number."""
    return _made(Customer, fields, name=name, phones=("+385 91 234 567",), entered_at=NOW)


def a_case(number: int = 1, customer_id: int = 1, **fields: Any) -> Case:
    """A new complaint nobody owns, received now."""
    return _made(
        Case,
        fields,
        reference=reference(number),
        customer_id=customer_id,
        subject="Router does not start",
        received_at=NOW,
        received_by="ana",
        entered_at=NOW,
        entered_by="ana",
        touched_at=NOW,
    )


def an_entry(case_id: int = 1, **fields: Any) -> Entry:
    """A note taken now."""
    return _made(
        Entry,
        fields,
        case_id=case_id,
        kind=EntryKind.NOTE,
        occurred_at=NOW,
        entered_at=NOW,
        by="ana",
        summary="Note",
    )


def a_call(case_id: int = 1, **fields: Any) -> Call:
    """A call of the customer that was answered."""
    return _made(
        Call,
        fields,
        case_id=case_id,
        direction=Direction.INBOUND,
        purpose=CallPurpose.OTHER,
        result=CallResult.REACHED,
        at=NOW,
        by="ana",
    )


def an_action(case_id: int = 1, **fields: Any) -> Action:
    """An open action for the customer."""
    return _made(
        Action,
        fields,
        case_id=case_id,
        track=Track.CUSTOMER,
        what="send a technician",
        requested_on=NOW.date(),
        by="ana",
    )


def a_promise(case_id: int = 1, **fields: Any) -> Promise:
    """An open promise, due tomorrow at noon."""
    return _made(
        Promise,
        fields,
        case_id=case_id,
        what="call back",
        to="Ivo Kos",
        by="ana",
        made_at=NOW,
        due_at=NOW + timedelta(days=1),
    )


def a_remedy(case_id: int = 1, **fields: Any) -> Remedy:
    """A discount the customer has not answered yet."""
    return _made(Remedy, fields, case_id=case_id, kind=RemedyKind.DISCOUNT, offered_on=NOW.date(), by="ana")


def a_clock(case_id: int = 1, **fields: Any) -> Clock:
    """A running clock of resolving, due tomorrow at noon."""
    due_at = fields.get("due_at", NOW + timedelta(days=1))
    return _made(
        Clock, fields, case_id=case_id, kind=DueKind.RESOLVE, started_at=NOW, first_due_at=due_at, due_at=due_at
    )


def a_pause(case_id: int = 1, **fields: Any) -> Pause:
    """A pause that lasts, waiting for the customer."""
    return _made(Pause, fields, case_id=case_id, reason=PauseReason.CUSTOMER, since=NOW, by="ana")


def an_escalation(case_id: int = 1, **fields: Any) -> Escalation:
    """An escalation to a supervisor that stands."""
    usual = {"level": EscalationLevel.SUPERVISOR, "to": "Božo", "reason": "He asks for you.", "by": "ana", "at": NOW}
    return _made(Escalation, fields, case_id=case_id, **usual)


def a_public_post(case_id: int = 1, **fields: Any) -> PublicPost:
    """A complaint that is still online."""
    day = NOW.date()
    return _made(PublicPost, fields, case_id=case_id, link="https://x.y/1", seen_on=day, state_on=day, by="ana")


def a_feedback(case_id: int = 1, **fields: Any) -> Feedback:
    """What Ana tells Bo, who has not read it yet."""
    return _made(Feedback, fields, case_id=case_id, to="bo", text="Ring before you come.", by="ana", at=NOW)


def a_reading(case_id: int = 1, **fields: Any) -> CaseReading:
    """That Ana has read a case."""
    return _made(CaseReading, fields, case_id=case_id, by="ana", at=NOW)


def a_review_plan(**fields: Any) -> ReviewPlan:
    """A review of every month that Ana holds, due today."""
    usual = {"name": "Causes", "every": Interval.MONTH, "owner": "ana", "deputy": "bo", "parts": tuple(ReviewPart)}
    return _made(ReviewPlan, fields, first_due=NOW.date(), next_due=NOW.date(), **usual)


def a_review(plan_id: int = 1, **fields: Any) -> Review:
    """One that Ana held today, as it was due."""
    usual = {"name": "Causes", "due_on": NOW.date(), "held_on": NOW.date(), "results": {"counts": "12"}}
    return _made(Review, fields, plan_id=plan_id, by="ana", entered_at=NOW, **usual)


def a_handover(**fields: Any) -> Handover:
    """What Ana hands to Bo for the next eight hours."""
    return _made(Handover, fields, giver="ana", receiver="bo", until=NOW + timedelta(hours=8), sent_at=NOW)


def a_handover_item(handover_id: int = 1, case_id: int | None = 1, **fields: Any) -> HandoverItem:
    """A promise of a case that nobody accepted yet."""
    usual = {"kind": HandedKind.PROMISE, "record_id": 1, "what": "call back", "at": NOW}
    return _made(HandoverItem, fields, handover_id=handover_id, case_id=case_id, **usual)


def a_tick(case_id: int = 1, **fields: Any) -> Tick:
    """The step listen, done by hand."""
    return _made(Tick, fields, case_id=case_id, step="listen", state=TickState.DONE, at=NOW, by="ana")


def a_change(entry_id: int, case_id: int = 1, **fields: Any) -> Change:
    """A change of the status, told by an entry."""
    usual = {"version": 2, "by": "ana", "fields": {"status": (Status.NEW, Status.OPEN)}}
    return _made(Change, fields, id=entry_id, case_id=case_id, **usual)


def a_draft(agent: str = "ana", form: str = "intake", **fields: Any) -> Draft:
    """A half-typed form."""
    return _made(Draft, fields, agent=agent, form=form, values={"subject": "Rou"}, saved_at=NOW)


def an_import_run(**fields: Any) -> ImportRun:
    """A run that has just begun."""
    return _made(ImportRun, fields, file_name="register.csv", by="ana", started_at=NOW)
