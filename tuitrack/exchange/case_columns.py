"""The columns of a table of cases, under names that the import knows, so that what went out can come in again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from tuitrack.domain.case import Case
from tuitrack.domain.due_words import late_words, overdue_words
from tuitrack.domain.queue import WholeCase
from tuitrack.domain.words import Word

Value = str | date | datetime | Word | bool | int | None
"""What a cell holds; moments are aware."""

#: Name of the column and what stands in it, given the case and the moment in the office's zone.
_COLUMNS: dict[str, Callable[[WholeCase, datetime], Value]] = {
    "reference": lambda it, now: it.case.reference,
    "received": lambda it, now: it.case.received_at,
    "kind": lambda it, now: it.case.kind,
    "status": lambda it, now: it.case.status,
    "outcome": lambda it, now: it.case.outcome,
    "priority": lambda it, now: it.case.priority,
    "owner": lambda it, now: it.case.owner,
    "customer": lambda it, now: it.customer.name,
    "account number": lambda it, now: it.customer.account,
    "phone": lambda it, now: it.customer.phones[0] if it.customer.phones else "",
    "other phones": lambda it, now: ", ".join(it.customer.phones[1:]),
    "e-mail": lambda it, now: it.customer.email,
    "address": lambda it, now: it.customer.address,
    "subject": lambda it, now: it.case.subject,
    "customer's words": lambda it, now: it.case.words,
    "details": lambda it, now: it.case.details,
    "next due": lambda it, now: it.case.next_due_at,
    "what is due": lambda it, now: it.case.next_due_kind,
    "overdue": lambda it, now: overdue_words(it.case.next_due_at, now),
    "was late": lambda it, now: late_words(it.deadlines, now),
    "resolve by": lambda it, now: it.case.resolve_by,
    "company resolved on": lambda it, now: it.case.company_resolved_on,
    "customer confirmed on": lambda it, now: it.case.customer_confirmed_on,
    "what was done": lambda it, now: it.case.resolution,
    "justified": lambda it, now: it.case.justified,
    "root cause": lambda it, now: it.case.cause,
    "not confirmed because": lambda it, now: it.case.unconfirmed_because,
    "still angry": lambda it, now: it.case.still_angry,
    "times reopened": lambda it, now: it.case.reopened_count,
    "closed": lambda it, now: it.case.closed_at,
    "category": lambda it, now: it.case.category,
    "sub-category": lambda it, now: it.case.sub_category,
    "product": lambda it, now: it.case.product,
    "tags": lambda it, now: it.case.tags,
    "department": lambda it, now: it.case.department,
    "channel": lambda it, now: it.case.channel,
    "occurred": lambda it, now: it.case.occurred_on,
    "received by": lambda it, now: it.case.received_by,
    "remedy wanted": lambda it, now: it.case.remedy_wanted,
    "amount asked": lambda it, now: _amount(it.case),
    "number before": lambda it, now: it.case.foreign_id,
}

COLUMNS = tuple(_COLUMNS)
"""The names of the columns."""


def cells(case: WholeCase, now: datetime) -> list[str | date]:
    """One case as the cells of a row: texts, days, and moments in the office's zone, which is that of `now`."""
    return [_cell(value_of(case, now), now) for value_of in _COLUMNS.values()]


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
