"""The columns of a table of cases, under names that the import knows, so that what went out can come in again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from tuitrack.domain.case import Case
from tuitrack.domain.deadlines import deadlines
from tuitrack.domain.due_words import late_words, overdue_words
from tuitrack.domain.people import Customer
from tuitrack.domain.words import Word

Value = str | date | datetime | Word | bool | int | None
"""What a cell holds; moments are aware."""

#: Name of the column and what stands in it, given the case, its customer and the moment in the office's zone.
_COLUMNS: dict[str, Callable[[Case, Customer, datetime], Value]] = {
    "reference": lambda case, customer, now: case.reference,
    "received": lambda case, customer, now: case.received_at,
    "kind": lambda case, customer, now: case.kind,
    "status": lambda case, customer, now: case.status,
    "outcome": lambda case, customer, now: case.outcome,
    "priority": lambda case, customer, now: case.priority,
    "owner": lambda case, customer, now: case.owner,
    "customer": lambda case, customer, now: customer.name,
    "account number": lambda case, customer, now: customer.account,
    "phone": lambda case, customer, now: customer.phones[0] if customer.phones else "",
    "other phones": lambda case, customer, now: ", ".join(customer.phones[1:]),
    "e-mail": lambda case, customer, now: customer.email,
    "address": lambda case, customer, now: customer.address,
    "subject": lambda case, customer, now: case.subject,
    "customer's words": lambda case, customer, now: case.words,
    "details": lambda case, customer, now: case.details,
    "next due": lambda case, customer, now: case.next_due_at,
    "what is due": lambda case, customer, now: case.next_due_kind,
    "overdue": lambda case, customer, now: overdue_words(case.next_due_at, now),
    "was late": lambda case, customer, now: late_words(deadlines(case, (), ()), now),
    "resolve by": lambda case, customer, now: case.resolve_by,
    "company resolved on": lambda case, customer, now: case.company_resolved_on,
    "customer confirmed on": lambda case, customer, now: case.customer_confirmed_on,
    "what was done": lambda case, customer, now: case.resolution,
    "justified": lambda case, customer, now: case.justified,
    "root cause": lambda case, customer, now: case.cause,
    "not confirmed because": lambda case, customer, now: case.unconfirmed_because,
    "still angry": lambda case, customer, now: case.still_angry,
    "times reopened": lambda case, customer, now: case.reopened_count,
    "closed": lambda case, customer, now: case.closed_at,
    "category": lambda case, customer, now: case.category,
    "sub-category": lambda case, customer, now: case.sub_category,
    "product": lambda case, customer, now: case.product,
    "tags": lambda case, customer, now: case.tags,
    "department": lambda case, customer, now: case.department,
    "channel": lambda case, customer, now: case.channel,
    "occurred": lambda case, customer, now: case.occurred_on,
    "received by": lambda case, customer, now: case.received_by,
    "remedy wanted": lambda case, customer, now: case.remedy_wanted,
    "amount asked": lambda case, customer, now: _amount(case),
    "number before": lambda case, customer, now: case.foreign_id,
}

COLUMNS = tuple(_COLUMNS)
"""The names of the columns."""


def cells(case: Case, customer: Customer, now: datetime) -> list[str | date]:
    """One case as the cells of a row: texts, days, and moments in the office's zone, which is that of `now`."""
    return [_cell(value_of(case, customer, now), now) for value_of in _COLUMNS.values()]


def _cell(value: Value, now: datetime) -> str | date:
    if value.__class__ is str or value is None:  # most of them, so without asking for anything else
        return value or ""
    match value:
        case datetime():
            return value.astimezone(now.tzinfo)
        case Word():
            return value.label
        case date() | str():
            return value
        case _:
            return _number(value)


def _number(value: bool | int) -> str:
    """Yes where it holds, a count where there is one, else nothing: most cells would only say no."""
    return "yes" if value is True else str(value or "")


def _amount(case: Case) -> str:
    """The amount with its currency, in one cell, so that one is never read with another desk's currency."""
    return f"{case.amount_asked} {case.currency}".strip() if case.amount_asked is not None else ""
