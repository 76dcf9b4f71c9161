"""A case and its customer as they are taken down, and what is changed of one or of many."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import AwareDatetime, Field

from tuitrack.domain.drafts.incoming import Amount, Incoming, Line, Text
from tuitrack.domain.words import CaseKind, Channel, CustomerKind, Priority, Status


class CustomerDraft(Incoming):
    """A new customer as intake takes it down."""

    name: Annotated[Line, Field(min_length=1)]
    kind: CustomerKind = CustomerKind.PERSON
    account: Line = ""
    phones: tuple[Line, ...] = ()
    email: Line = ""
    address: Line = ""
    language: Line = ""
    no_contact_reason: Line = ""


class CaseDraft(Incoming):
    """A new case as intake takes it down; the customer is a known one or a new one."""

    customer_id: int | None = None
    customer: CustomerDraft | None = None
    kind: CaseKind = CaseKind.COMPLAINT
    subject: Annotated[Line, Field(min_length=1)]
    words: Text = ""
    details: Text = ""
    further_issues: Text = ""
    to_clarify: Text = ""
    remedy_wanted: Line = ""
    amount_asked: Amount | None = None
    category: Line = ""
    sub_category: Line = ""
    product: Line = ""
    tags: Line = ""
    channel: Channel = Channel.PHONE
    source: Line = ""
    public: bool = False
    post_link: Line = ""
    """Where it was published; becomes the record of a public post."""
    employee_concerned: Line = ""
    occurred_on: date | None = None
    received_at: AwareDatetime
    received_by: Line = ""
    owner: Line | None = None
    contact: Line | None = None
    department: Line = ""
    priority: Priority = Priority.NORMAL
    likely_to_leave: bool = False
    contact_wanted: bool = False
    return_at: AwareDatetime | None = None
    """When the customer was told to hear from us; becomes the first promise."""
    no_return_reason: Line = ""
    recording_told: bool = False
    resolution: Text = ""
    """Given when the case is solved in the same contact."""
    company_resolved_on: date | None = None


class ChangesDraft(Incoming):
    """Fields of a case as an agent corrects them; a field that is absent stays as it is."""

    subject: Annotated[Line, Field(min_length=1)] | None = None
    kind: CaseKind | None = None
    words: Text | None = None
    details: Text | None = None
    further_issues: Text | None = None
    to_clarify: Text | None = None
    remedy_wanted: Line | None = None
    amount_asked: Amount | None = None
    category: Line | None = None
    sub_category: Line | None = None
    product: Line | None = None
    tags: Line | None = None
    channel: Channel | None = None
    source: Line | None = None
    public: bool | None = None
    employee_concerned: Line | None = None
    occurred_on: date | None = None
    received_at: AwareDatetime | None = None
    received_by: Annotated[Line, Field(min_length=1)] | None = None
    contact: Line | None = None
    department: Line | None = None
    priority: Priority | None = None
    likely_to_leave: bool | None = None
    contact_wanted: bool | None = None
    resolve_by: datetime | None = None
    help_offered: Line | None = None


class BulkDraft(Incoming):
    """What is to become of many cases alike; what is empty stays as it is."""

    owner: Line = ""
    """A handle, `nobody`, or `balance:` with how they are shared out, perhaps `of` a team."""
    priority: Priority | None = None
    category: Line = ""
    tags_added: Line = ""
    tags_taken: Line = ""
    status: Status | None = None
    resolve_by: AwareDatetime | None = None
    note: Text = ""
