"""Intake: the customer found while typing, and a new case with everything said in the first contact."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tuitrack.domain.case import Case
from tuitrack.domain.closure import check_resolved_on
from tuitrack.domain.errors import Refusal
from tuitrack.domain.people import Customer, CustomerMatch
from tuitrack.domain.permissions import Right
from tuitrack.domain.queue import CaseRow
from tuitrack.domain.reference import Reference
from tuitrack.domain.timeline import Call, Promise, PublicPost
from tuitrack.domain.words import (
    SEEDED_CATEGORIES,
    CallPurpose,
    CallResult,
    Channel,
    Direction,
    EntryKind,
    Status,
)
from tuitrack.services.changing import CaseChange, prepare
from tuitrack.services.desk import Desk
from tuitrack.services.public_posts import add_post, next_look
from tuitrack.services.rights import writing

if TYPE_CHECKING:
    from tuitrack.domain.drafts.cases import CaseDraft, CustomerDraft
    from tuitrack.services.ports import Writer


class IntakeService:
    """Takes new cases."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def find_customers(self, text: str) -> list[CustomerMatch]:
        """Customers that fit what was typed so far, by account, phone or name."""
        if len(text.strip()) < 2:
            return []
        with self._desk.store.reading() as reader:
            found = reader.find_customers(text, 8)
        return [replace(match, numbers=self._desk.numbers(match.customer)) for match in found]

    def cases_of(self, customer_id: int) -> list[CaseRow]:
        """The customer's open and recent cases."""
        with self._desk.store.reading() as reader:
            return reader.cases_of(customer_id, 20)

    def known_customer(self, values: dict[str, Any]) -> int | None:
        """The id of the customer with the same account number, or the same name and phone, as in `CustomerDraft`."""
        from tuitrack.domain.drafts.cases import CustomerDraft

        told = new_customer(CustomerDraft.accept(values), self._desk.clock())
        with self._desk.store.reading() as reader:
            return reader.known_customers([told])[0]

    def categories(self) -> list[str]:
        """Categories to offer: the desk's own by use, then the seeded ones."""
        with self._desk.store.reading() as reader:
            used = reader.values_used("category", 50)
        return [*used, *(category for category in SEEDED_CATEGORIES if category not in used)]

    def take(self, values: dict[str, Any]) -> Case:
        """Store a new case from the fields of `CaseDraft`; raises Refusal naming the field that does not fit."""
        from tuitrack.domain.drafts.cases import CaseDraft

        draft = CaseDraft.accept(values)
        now = self._desk.clock()
        self._check(draft, now)
        prepare(self._desk)
        with writing(self._desk, Right.TAKE_CASES) as writer:
            customer = self._customer(writer, draft, now)
            case = writer.add(self._case(writer, draft, customer, now))
            change = CaseChange(self._desk, writer, case)
            self._record(change, draft, customer)
            return change.store()

    def _check(self, draft: CaseDraft, now: datetime) -> None:
        """Refuse what cannot be taken: a future date, nobody to call back, no word on when."""
        if draft.received_at > now:
            raise Refusal("Received: the moment is in the future; give when it was received.", "received_at")
        if draft.occurred_on is not None and draft.occurred_on > self._desk.today():
            raise Refusal("Happened on: the date is in the future; give when it happened.", "occurred_on")
        if draft.resolution:
            day = draft.company_resolved_on or self._desk.today()
            check_resolved_on(day, self._desk.day_of(draft.received_at), self._desk.today())
        elif draft.return_at is None and not draft.no_return_reason:
            raise Refusal(
                "Back to the customer: agree when they hear from us, or state why there is no date.",
                "return_at",
            )
        elif draft.return_at is not None and draft.return_at <= draft.received_at:
            raise Refusal("Back to the customer: the moment has passed; agree on one to come.", "return_at")

    def _customer(self, writer: Writer, draft: CaseDraft, now: datetime) -> Customer:
        if draft.customer_id is not None:
            return writer.customer(draft.customer_id)
        if draft.customer is None:
            raise Refusal("Customer: give a name, or choose a known customer.", "name")
        return writer.add(new_customer(draft.customer, now))

    def _case(self, writer: Writer, draft: CaseDraft, customer: Customer, now: datetime) -> Case:
        fields = draft.model_dump(
            include=set(Case.__dataclass_fields__) & set(type(draft).model_fields) - {"customer_id", "resolution"}
        )
        year = self._desk.day_of(draft.received_at).year
        sequence = writer.next_sequence(year)
        settings = self._desk.settings
        fields |= {
            "reference": str(Reference(settings.reference_prefix, year, sequence)),
            "customer_id": customer.id,
            "currency": settings.currency if draft.amount_asked is not None else "",
            "received_by": draft.received_by or self._desk.agent,
            "entered_at": now,
            "entered_by": self._desk.agent,
            "touched_at": now,
            "company_resolved_on": None,
            "owner": draft.owner or None,
            "contact": draft.contact or None,
            "status": Status.OPEN if draft.owner else Status.NEW,
        }
        return Case(**fields)

    def _record(self, change: CaseChange, draft: CaseDraft, customer: Customer) -> None:
        """Write down the first contact: the words, the call, the promise to get back, the solution if there was one."""
        call = self._first_call(change, draft)
        change.log(
            EntryKind.RECEIVED,
            f"{draft.kind.label.capitalize()} received: {draft.subject}",
            draft.words or draft.details,
            occurred_at=draft.received_at,
            channel=draft.channel,
            public=draft.public,
            record_id=call.id if call else None,
            by=draft.received_by,
        )
        if draft.return_at is not None:
            promise = change.add(
                Promise(
                    case_id=change.case.id,
                    what="get back to the customer",
                    to=customer.name,
                    by=draft.received_by or self._desk.agent,
                    call_id=call.id if call else None,
                    made_at=draft.received_at,
                    due_at=draft.return_at,
                )
            )
            change.log(
                EntryKind.PROMISE,
                "Promised to get back to the customer",
                occurred_at=draft.received_at,
                record_id=promise.id,
            )
        if draft.post_link:
            self._published(change, draft)
        if draft.resolution:
            self._resolve_at_once(change, draft)

    def _first_call(self, change: CaseChange, draft: CaseDraft) -> Call | None:
        if draft.channel is not Channel.PHONE:
            return None
        return change.add(
            Call(
                case_id=change.case.id,
                direction=Direction.INBOUND,
                purpose=CallPurpose.OTHER,
                result=CallResult.REACHED,
                recording_told=draft.recording_told,
                reference_given=True,
                at=draft.received_at,
                by=draft.received_by or self._desk.agent,
            )
        )

    def _published(self, change: CaseChange, draft: CaseDraft) -> None:
        """Keep where the complaint was published, to be looked at again."""
        day = self._desk.day_of(draft.received_at)
        post = PublicPost(
            case_id=change.case.id,
            link=draft.post_link,
            place=draft.source,
            seen_on=day,
            state_on=day,
            by=draft.received_by or self._desk.agent,
        )
        add_post(change, post, next_look(self._desk))

    def _resolve_at_once(self, change: CaseChange, draft: CaseDraft) -> None:
        day = draft.company_resolved_on or self._desk.today()
        change.own()
        change.move(Status.RESOLVED)
        change.set(
            resolution=draft.resolution,
            company_resolved_on=day,
            company_resolved_by=self._desk.agent,
            resolved_at=min(change.now, self._desk.end_of(day)),
            resolved_on_first_contact=True,
        )
        change.log(EntryKind.RESOLUTION, f"Resolved on first contact, {day:%d %b %Y}", draft.resolution)


def new_customer(draft: CustomerDraft, now: datetime) -> Customer:
    """A new customer from what was taken down; raises Refusal where there is no way to reach them and no reason."""
    customer = Customer(**draft.model_dump(), entered_at=now)
    customer = replace(customer, phones=tuple(phone for phone in draft.phones if phone))
    if not customer.reachable and not customer.no_contact_reason:
        raise Refusal("Phone: give one way to reach the customer, or say why there is none.", "phones")
    return customer
