"""A case as it comes out of one row of somebody else's register, checked and typed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from tuitrack.domain.words import CaseKind, Channel, Justified, Mood, Outcome, Priority, Status
from tuitrack.lean import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedCase:
    """One historic case; times are aware UTC, texts are cleaned, and `notes` tell what a person should know."""

    row_number: int
    row_key: str
    """The same for the same row in every run: by the old number, or by the row's content where there is none."""
    foreign_id: str = ""
    kind: CaseKind = CaseKind.COMPLAINT
    received_at: datetime
    occurred_on: date | None = None
    resolve_by: datetime | None = None
    status: Status
    outcome: Outcome | None = None
    justified: Justified | None = None
    closed_at: datetime | None = None
    """None for a closed case whose register tells no date: none is made up."""
    company_resolved_on: date | None = None
    customer_confirmed_on: date | None = None
    """Only ever from a column of its own: silence never confirms."""
    subject: str
    details: str = ""
    words: str = ""
    resolution: str = ""
    more: tuple[str, ...] = ()
    """What is left of texts longer than one entry may be, in pieces of that length."""
    customer_name: str = ""
    account: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    category: str = ""
    sub_category: str = ""
    product: str = ""
    company: str = ""
    """Also told at the end of the details, since a case has no such field."""
    channel: Channel = Channel.OTHER
    priority: Priority = Priority.NORMAL
    owner: str = ""
    received_by: str = ""
    department: str = ""
    tags: str = ""
    remedy_wanted: str = ""
    amount_asked: Decimal | None = None
    currency: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedAnswer:
    """What a customer answered when asked about a case of ours."""

    row_number: int
    row_key: str
    """The same for the same answer in every run: by our reference, the day and the content."""
    reference: str
    answered_at: datetime
    mood: Mood | None = None
    summary: str
    """The answer on one line."""
    texts: tuple[str, ...] = ()
    """What the customer wrote, each text no longer than one entry may be."""
    foreign_id: str = ""
    notes: tuple[str, ...] = ()
