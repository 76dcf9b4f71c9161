"""One complaint from intake to closing, as a value."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any

from tuitrack.domain.words import (
    Answer,
    CaseKind,
    Channel,
    Justified,
    Mood,
    Outcome,
    Priority,
    Retention,
    Status,
)
from tuitrack.lean import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A complaint, claim, request, suggestion or thanks; each change makes a new value and version."""

    id: int = 0
    reference: str
    """The number the customer is told, with its check digit."""
    customer_id: int
    version: int = 0
    """Counts the changes; a save names the version it has seen."""

    kind: CaseKind = CaseKind.COMPLAINT
    subject: str
    """The particular problem on one line, as the queue shows it."""
    words: str = ""
    """What the customer said, in the customer's own words."""
    details: str = ""
    """The agent's account, apart from the customer's words."""
    further_issues: str = ""
    """More problems the customer named, one a line."""
    to_clarify: str = ""
    """Questions for the next call, one a line."""
    remedy_wanted: str = ""
    amount_asked: Decimal | None = None
    currency: str = ""
    category: str = ""
    sub_category: str = ""
    product: str = ""
    tags: str = ""
    channel: Channel = Channel.PHONE
    source: str = ""
    """Where it was noticed when it did not come straight from the customer, such as a monitoring service."""
    public: bool = False
    """Whether it was said in public."""
    employee_concerned: str = ""

    occurred_on: date | None = None
    received_at: datetime
    received_by: str
    entered_at: datetime
    entered_by: str
    foreign_id: str = ""
    """The number the case had in another system."""
    import_run_id: int | None = None
    import_key: str | None = None
    """Tells the same imported row again, so that a second run adds nothing."""

    status: Status = Status.NEW
    owner: str | None = None
    contact: str | None = None
    """The agent named to the customer, when that is not the owner."""
    department: str = ""
    priority: Priority = Priority.NORMAL
    likely_to_leave: bool = False
    contact_wanted: bool = False
    """Whether the customer asked to be contacted, as a proof that somebody reads what they say."""
    no_return_reason: str = ""
    """Why no date for getting back to the customer was agreed."""
    resolve_by: datetime | None = None
    confirm_by: datetime | None = None
    resolved_on_first_contact: bool = False

    resolution: str = ""
    company_resolved_on: date | None = None
    """The date on which the company considered the case resolved."""
    company_resolved_by: str | None = None
    resolved_at: datetime | None = None
    """The moment the resolve clock stopped: within the company's date, never after it was entered."""
    justified: Justified | None = None
    justified_because: str = ""
    explanation: str = ""
    """The decision as it was explained to the customer."""
    decided_on: date | None = None
    """When it was decided whether the complaint is justified; empty in a case decided before that was kept."""
    customer_told_on: date | None = None
    """When the customer heard the decision."""
    told_call_id: int | None = None
    """The call in which the customer heard it."""
    help_offered: str = ""
    """What was offered although the complaint was not upheld."""
    cause: str = ""
    factors: str = ""
    no_process_action_because: str = ""
    """Written instead of a process action when none is needed."""
    customer_confirmed_on: date | None = None
    """The date on which the customer confirmed the resolution; never taken from the company's date."""
    confirming_call_id: int | None = None
    confirmation_asked_by: str | None = None
    confirmed_early_because: str = ""
    """Why the customer's date is before the company's."""
    unconfirmed_because: str = ""
    mood: Mood | None = None
    still_angry: bool = False
    satisfied_with_measures: Answer | None = None
    satisfied_with_work: Answer | None = None
    outcome: Outcome | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None
    closing_note: str = ""
    duplicate_of: str = ""
    retention: Retention = Retention.UNKNOWN
    reopened_count: int = 0
    recurs_after: int | None = None
    """The process action that was to prevent its cause in its category, done before the case was received."""
    rules_at: datetime | None = None
    """The moment whose rules of deadlines it follows, where that is not the one at which it was received."""

    next_due_at: datetime | None = None
    """The earliest open deadline, promise or action; kept by the service that changes any of them."""
    next_due_kind: str = ""
    touched_at: datetime
    """When the case was last changed."""

    @property
    def is_open(self) -> bool:
        """Whether the case is not closed."""
        return self.status is not Status.CLOSED

    @property
    def follows_rules_of(self) -> datetime:
        """The moment whose rules of deadlines it follows."""
        return self.rules_at or self.received_at


RENEWED = frozenset({"id", "version", "touched_at", "next_due_at", "next_due_kind"})
"""Fields that every change makes anew."""


_LASTING = tuple(field.name for field in fields(Case) if field.name not in RENEWED)
_lasting_values = attrgetter(*_LASTING)


def differences(old: Case, new: Case) -> dict[str, tuple[Any, Any]]:
    """Return {field: (old value, new value)} for what a change made of a case."""
    pairs = zip(_LASTING, _lasting_values(old), _lasting_values(new), strict=True)
    return {name: (before, after) for name, before, after in pairs if before != after}


_WANTED = {
    "words": "customer's words",
    "category": "category",
    "occurred_on": "when it happened",
    "remedy_wanted": "remedy wanted",
}
"""What a complete record of a complaint has, by the name a person reads."""


def missing(case: Case, account: str, reachable: bool) -> list[str]:
    """Name what is still missing for a complete record, in the words of the form."""
    names = [title for field, title in _WANTED.items() if not getattr(case, field)]
    if not account:
        names.append("account")
    if not reachable:
        names.append("a way to reach the customer")
    return names
