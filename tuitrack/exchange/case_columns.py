"""The columns of a table of cases, under names that the import knows, so that what went out can come in again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from tuitrack.domain.case import Case
from tuitrack.domain.deadlines import deadlines
from tuitrack.domain.due_words import late_words, overdue_words
from tuitrack.domain.people import Customer
from tuitrack.domain.words import Word

Cell = str | date | None
"""A text, a day, or a moment in the office's zone; None is an empty cell, as is an empty text."""

#: Name of the column and what stands in it, given the case, its customer and the moment in the office's zone.
_COLUMNS: dict[str, Callable[[Case, Customer, datetime], Cell]] = {
    "reference": lambda case, customer, now: case.reference,
    "received": lambda case, customer, now: _here(case.received_at, now),
    "kind": lambda case, customer, now: case.kind.label,
    "status": lambda case, customer, now: case.status.label,
    "outcome": lambda case, customer, now: _label(case.outcome),
    "priority": lambda case, customer, now: case.priority.label,
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
    "next due": lambda case, customer, now: _here(case.next_due_at, now),
    "what is due": lambda case, customer, now: case.next_due_kind,
    "overdue": lambda case, customer, now: overdue_words(case.next_due_at, now),
    "was late": lambda case, customer, now: late_words(deadlines(case, (), ()), now),
    "resolve by": lambda case, customer, now: _here(case.resolve_by, now),
    "company resolved on": lambda case, customer, now: case.company_resolved_on,
    "customer confirmed on": lambda case, customer, now: case.customer_confirmed_on,
    "what was done": lambda case, customer, now: case.resolution,
    "justified": lambda case, customer, now: _label(case.justified),
    "root cause": lambda case, customer, now: case.cause,
    "not confirmed because": lambda case, customer, now: case.unconfirmed_because,
    "still angry": lambda case, customer, now: "yes" if case.still_angry else "",
    "times reopened": lambda case, customer, now: str(case.reopened_count or ""),
    "closed": lambda case, customer, now: _here(case.closed_at, now),
    "category": lambda case, customer, now: case.category,
    "sub-category": lambda case, customer, now: case.sub_category,
    "product": lambda case, customer, now: case.product,
    "tags": lambda case, customer, now: case.tags,
    "department": lambda case, customer, now: case.department,
    "channel": lambda case, customer, now: case.channel.label,
    "occurred": lambda case, customer, now: case.occurred_on,
    "received by": lambda case, customer, now: case.received_by,
    "remedy wanted": lambda case, customer, now: case.remedy_wanted,
    "amount asked": lambda case, customer, now: _amount(case),
    "number before": lambda case, customer, now: case.foreign_id,
}

COLUMNS = tuple(_COLUMNS)
"""The names of the columns."""
_VALUES = tuple(_COLUMNS.values())


def cells(case: Case, customer: Customer, now: datetime) -> list[Cell]:
    """One case as the cells of a row; the office's zone is that of `now`."""
    return [value_of(case, customer, now) for value_of in _VALUES]


def _here(moment: datetime | None, now: datetime) -> datetime | None:
    return None if moment is None else moment.astimezone(now.tzinfo)


def _label(word: Word | None) -> str:
    return "" if word is None else word.label


def _amount(case: Case) -> str:
    """The amount with its currency, in one cell, so that one is never read with another desk's currency."""
    return f"{case.amount_asked} {case.currency}".strip() if case.amount_asked is not None else ""
