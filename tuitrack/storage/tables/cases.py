"""Customers and their cases, with the indexes by which lists are read."""

from __future__ import annotations

from peewee import SQL, BigIntegerField, CompositeKey, Field, ForeignKeyField, IntegerField, TextField

from tuitrack.domain.words import (
    Answer,
    CaseKind,
    Channel,
    CustomerKind,
    Justified,
    Mood,
    Outcome,
    Priority,
    Retention,
    Status,
)
from tuitrack.storage.fields import AmountField, DayField, FlagField, LastingIdField, MomentField, WordField
from tuitrack.storage.tables.table import Table

NEVER_DUE = 9_000_000_000_000_000
"""The due key of a case with nothing due: after every moment that can be typed."""


class Customers(Table):
    """Customers; their numbers are in `Phones`."""

    id = LastingIdField()
    name = TextField()
    kind = WordField(CustomerKind)
    account = TextField()
    account_key = TextField(index=True)
    email = TextField()
    address = TextField()
    language = TextField()
    no_contact_reason = TextField()
    entered_at = MomentField()
    import_run_id = IntegerField(null=True, index=True)

    class Meta:
        table_name = "customer"


class Phones(Table):
    """A customer's numbers in their order, with the digits backwards, so that the last ones are found by index."""

    customer = ForeignKeyField(Customers, column_name="customer_id", on_delete="CASCADE", index=False)
    place = IntegerField()
    typed = TextField()
    reversed_digits = TextField(index=True)

    class Meta:
        table_name = "phone"
        primary_key = CompositeKey("customer", "place")


class Cases(Table):
    """Cases; `due_key` and `open_work` follow from the others, so that an index can hold them."""

    id = LastingIdField()
    reference = TextField(unique=True)
    customer = ForeignKeyField(Customers, column_name="customer_id", index=False)
    version = IntegerField()
    kind = WordField(CaseKind)
    subject = TextField()
    words = TextField()
    details = TextField()
    further_issues = TextField()
    to_clarify = TextField()
    remedy_wanted = TextField()
    amount_asked = AmountField(null=True)
    currency = TextField()
    category = TextField()
    sub_category = TextField()
    product = TextField()
    tags = TextField()
    channel = WordField(Channel)
    source = TextField()
    public = FlagField()
    employee_concerned = TextField()
    occurred_on = DayField(null=True)
    received_at = MomentField()
    received_by = TextField()
    entered_at = MomentField()
    entered_by = TextField()
    foreign_id = TextField()
    import_run_id = IntegerField(null=True, index=True)
    import_key = TextField(null=True, unique=True)
    status = WordField(Status)
    owner = TextField(null=True)
    contact = TextField(null=True)
    department = TextField()
    priority = WordField(Priority)
    likely_to_leave = FlagField()
    no_return_reason = TextField()
    resolve_by = MomentField(null=True)
    confirm_by = MomentField(null=True)
    resolved_on_first_contact = FlagField()
    resolution = TextField()
    company_resolved_on = DayField(null=True)
    company_resolved_by = TextField(null=True)
    resolved_at = MomentField(null=True)
    justified = WordField(Justified, null=True)
    justified_because = TextField()
    explanation = TextField()
    customer_told_on = DayField(null=True)
    help_offered = TextField()
    cause = TextField()
    factors = TextField()
    no_process_action_because = TextField()
    customer_confirmed_on = DayField(null=True)
    confirming_call_id = IntegerField(null=True)
    confirmation_asked_by = TextField(null=True)
    confirmed_early_because = TextField()
    unconfirmed_because = TextField()
    mood = WordField(Mood, null=True)
    still_angry = FlagField()
    satisfied_with_measures = WordField(Answer, null=True)
    satisfied_with_work = WordField(Answer, null=True)
    outcome = WordField(Outcome, null=True)
    closed_at = MomentField(null=True)
    closed_by = TextField(null=True)
    closing_note = TextField()
    duplicate_of = TextField()
    retention = WordField(Retention)
    reopened_count = IntegerField()
    next_due_at = MomentField(null=True)
    next_due_kind = TextField()
    touched_at = MomentField()
    due_key = BigIntegerField()
    open_work = IntegerField()
    rules_at = MomentField(null=True)
    contact_wanted = FlagField(constraints=[SQL("DEFAULT 0")])
    decided_on = DayField(null=True)
    told_call_id = IntegerField(null=True)
    recurs_after = IntegerField(null=True)

    class Meta:
        table_name = "cases"
        indexes = (
            (("customer", "received_at"), False),
            (("status", "due_key", "id"), False),
            (("status", "received_at", "id"), False),
            (("due_key", "id"), False),
            (("received_at", "id"), False),
            (("touched_at", "id"), False),
            (("closed_at", "id"), False),
            (("category", "open_work"), False),
            (("product", "open_work"), False),
            (("department", "open_work"), False),
            (("cause", "open_work"), False),
            (("tags", "open_work"), False),
            (("channel", "open_work"), False),
            (("kind", "open_work"), False),
            (("priority", "open_work"), False),
            (("owner", "due_key", "id"), False),
            (("cause", "category", "received_at"), False),
        )


_IS_OPEN_WORK = Cases.open_work == SQL("1")
"""A literal, not a parameter: only then does SQLite see that a partial index answers the query."""


def _index_open_work(name: str, *columns: Field) -> None:
    """Index open work alone, which stays small while closed cases grow in number."""
    Cases.add_index(Cases.index(*columns, Cases.id, where=_IS_OPEN_WORK, name=name))


_index_open_work("work_received", Cases.received_at)
_index_open_work("work_touched", Cases.touched_at)
_index_open_work("work_of_owner", Cases.owner, Cases.due_key)
Cases.add_index(
    Cases.index(
        *(Cases.due_key, Cases.id, Cases.next_due_kind, Cases.owner, Cases.category),
        where=_IS_OPEN_WORK,
        name="work_due",
    )
)
Cases.add_index(
    Cases.index(
        *(Cases.id, Cases.due_key, Cases.received_at, Cases.touched_at, Cases.owner),
        where=_IS_OPEN_WORK,
        name="work_entered",
    )
)

Cases.add_index(Cases.index(Cases.id, where=Cases.still_angry == SQL("1"), name="angry"))
Cases.add_index(Cases.index(Cases.id, where=Cases.public == SQL("1"), name="in_public"))
Cases.add_index(Cases.index(Cases.id, where=Cases.recurs_after.is_null(False), name="recurred"))
Cases.add_index(Cases.index(Cases.id, where=Cases.contact_wanted == SQL("1"), name="contact_wanted"))
Cases.add_index(Cases.index(Cases.id, where=Cases.reopened_count > SQL("0"), name="reopened"))
