"""Makes a case with its timeline of an imported row; nothing is promised, confirmed or decided for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from tuitrack.domain.case import Case
from tuitrack.domain.clock_rules import About, RuleBook
from tuitrack.domain.clocks import Clock
from tuitrack.domain.deadlines import next_due, of_clock
from tuitrack.domain.imported import ImportedCase
from tuitrack.domain.people import Customer
from tuitrack.domain.timeline import Entry
from tuitrack.domain.words import CustomerKind, DueKind, EntryKind, Status
from tuitrack.services.desk import Desk
from tuitrack.services.signing_in import handle_of

UNNAMED = "unnamed"
"""The name of the one customer of all rows that tell none."""


def customer_of(row: ImportedCase, run_id: int, now: datetime, customer_id: int = 0) -> Customer:
    """The customer that a row tells of."""
    return Customer(
        id=customer_id,
        name=row.customer_name or row.email or row.phone or row.account or UNNAMED,
        account=row.account,
        phones=(row.phone,) if row.phone else (),
        email=row.email,
        address=row.address,
        no_contact_reason="" if row.phone or row.email or row.address else "not in the imported register",
        entered_at=now,
        import_run_id=run_id,
    )


def case_of(
    desk: Desk, row: ImportedCase, *, case_id: int, reference: str, customer_id: int, run_id: int, now: datetime
) -> Case:
    """The case that a row tells of, with its own dates and status, and nothing due yet."""
    resolved_on = row.company_resolved_on
    resolved_at = min(now, desk.end_of(resolved_on)) if resolved_on else None
    return Case(
        id=case_id,
        reference=reference,
        customer_id=customer_id,
        version=1,
        kind=row.kind,
        subject=row.subject,
        words=row.words,
        details=row.details,
        remedy_wanted=row.remedy_wanted,
        amount_asked=row.amount_asked,
        currency=row.currency,
        category=row.category,
        sub_category=row.sub_category,
        product=row.product,
        tags=row.tags,
        channel=row.channel,
        occurred_on=row.occurred_on,
        received_at=row.received_at,
        received_by=handle_of(row.received_by) if row.received_by else desk.agent,
        entered_at=now,
        entered_by=desk.agent,
        foreign_id=row.foreign_id,
        import_run_id=run_id,
        import_key=row.row_key,
        status=row.status,
        owner=handle_of(row.owner) if row.owner else None,
        department=row.department,
        priority=row.priority,
        resolve_by=row.resolve_by,
        resolution=row.resolution,
        company_resolved_on=resolved_on,
        resolved_at=resolved_at,
        justified=row.justified,
        customer_confirmed_on=row.customer_confirmed_on,
        outcome=row.outcome,
        closed_at=row.closed_at,
        touched_at=row.closed_at or row.received_at,
    )


def entries_of(desk: Desk, case: Case, row: ImportedCase, now: datetime) -> Iterator[Entry]:
    """What the register tells of the case, in the order in which it happened."""

    def entry(kind: EntryKind, at: datetime, summary: str, body: str = "") -> Entry:
        return Entry(
            case_id=case.id,
            kind=kind,
            occurred_at=min(at, now),
            entered_at=now,
            by=desk.agent,
            summary=summary,
            body=body,
            version=1,
        )

    yield entry(EntryKind.RECEIVED, case.received_at, f"Imported: {case.subject}")
    for piece in row.more:
        yield entry(EntryKind.NOTE, case.received_at, "More from the register", piece)
    if case.resolved_at and case.company_resolved_on:
        told = f"Company considered it resolved on {case.company_resolved_on:%d %b %Y}"
        yield entry(EntryKind.RESOLUTION, case.resolved_at, told)
    if case.customer_confirmed_on:
        told = f"Customer confirmed on {case.customer_confirmed_on:%d %b %Y}, as the register tells"
        yield entry(EntryKind.CONFIRMATION, desk.end_of(case.customer_confirmed_on), told)
    if case.closed_at:
        yield entry(EntryKind.CLOSED, case.closed_at, f"Closed: {case.outcome.label if case.outcome else 'no outcome'}")


def with_clock(case: Case, rules: RuleBook) -> tuple[Case, Clock | None]:
    """An imported case with what is due, and its clock of resolving.

    There is none where nobody can say whether it was met, for such a clock would never stop.
    """
    over = case.status in (Status.RESOLVED, Status.CLOSED)
    met_at = case.resolved_at or case.closed_at
    rule = None
    if case.resolve_by is None and not over:
        rule = rules.rule(DueKind.RESOLVE, About(case, lambda: CustomerKind.PERSON))
    due_at = rule.counting(case.received_at).due_at if rule else case.resolve_by
    if due_at is None or (over and met_at is None):
        return replace(case, resolve_by=None), None
    clock = Clock(
        case_id=case.id,
        kind=DueKind.RESOLVE,
        rule=rule.words if rule else "",
        started_at=case.received_at,
        target_at=rule.target_at(case.received_at) if rule else None,
        first_due_at=due_at,
        due_at=due_at,
        met_at=met_at,
    )
    due = next_due([of_clock(clock)])
    case = replace(case, resolve_by=due_at)
    return (replace(case, next_due_at=due.due_at, next_due_kind=due.kind.value) if due else case), clock
