"""The columns of a table of cases, under names that the import knows, so that what went out can come in again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

from tuitrack.domain.case import Case
from tuitrack.domain.columns import Column
from tuitrack.domain.due_words import kind_words, late_words, overdue_words, reasons_words
from tuitrack.domain.queue import WholeCase
from tuitrack.domain.spoken_time import say_span
from tuitrack.domain.words import Word

Cell = str | date | None
"""A text, a day, or a moment in the office's zone; None is an empty cell, as is an empty text."""

Told = Callable[[WholeCase, datetime], Cell]
"""What stands in a column, given the case and the moment in the office's zone."""

_COLUMNS: dict[str, Told] = {
    "reference": lambda it, now: it.case.reference,
    "received": lambda it, now: _here(it.case.received_at, now),
    "kind": lambda it, now: it.case.kind.label,
    "status": lambda it, now: it.case.status.label,
    "outcome": lambda it, now: _label(it.case.outcome),
    "priority": lambda it, now: it.case.priority.label,
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
    "next due": lambda it, now: _here(it.case.next_due_at, now),
    "what is due": lambda it, now: kind_words(it.case.next_due_kind),
    "overdue": lambda it, now: overdue_words(it.case.next_due_at, now),
    "was late": lambda it, now: late_words(it.deadlines, now),
    "late because": lambda it, now: reasons_words(it.deadlines),
    "resolve by": lambda it, now: _here(it.case.resolve_by, now),
    "company resolved on": lambda it, now: it.case.company_resolved_on,
    "customer confirmed on": lambda it, now: it.case.customer_confirmed_on,
    "what was done": lambda it, now: it.case.resolution,
    "justified": lambda it, now: _label(it.case.justified),
    "root cause": lambda it, now: it.case.cause,
    "not confirmed because": lambda it, now: it.case.unconfirmed_because,
    "still angry": lambda it, now: "yes" if it.case.still_angry else "",
    "times reopened": lambda it, now: str(it.case.reopened_count or ""),
    "closed": lambda it, now: _here(it.case.closed_at, now),
    "category": lambda it, now: it.case.category,
    "sub-category": lambda it, now: it.case.sub_category,
    "product": lambda it, now: it.case.product,
    "tags": lambda it, now: it.case.tags,
    "department": lambda it, now: it.case.department,
    "channel": lambda it, now: it.case.channel.label,
    "occurred": lambda it, now: it.case.occurred_on,
    "received by": lambda it, now: it.case.received_by,
    "remedy wanted": lambda it, now: it.case.remedy_wanted,
    "amount asked": lambda it, now: _amount(it.case),
    "number before": lambda it, now: it.case.foreign_id,
}

_ONLY_WHERE_NAMED: dict[str, Told] = {
    "age": lambda it, now: say_span(now - it.case.received_at),
    "last changed": lambda it, now: _here(it.case.touched_at, now),
    "unchanged for": lambda it, now: say_span(now - it.case.touched_at),
}
_OF_LIST: dict[Column, tuple[str, ...]] = {
    Column.DUE: ("next due", "overdue"),
    Column.NEXT: ("what is due",),
    Column.REF: ("reference",),
    Column.STATUS: ("status", "outcome"),
    Column.AGE: ("age",),
    Column.TOUCHED: ("last changed",),
    Column.IDLE: ("unchanged for",),
    Column.RESOLVED: ("company resolved on",),
    Column.CONFIRMED: ("customer confirmed on",),
    Column.REOPENED: ("times reopened",),
}
"""The columns of a table that tell what a column of a list does, where it is not the one of the same name."""


def table_columns(named: Iterable[Column] = ()) -> dict[str, Told]:
    """The columns of a table by their names: those that a query names, in its order, or else all."""
    known = _COLUMNS | _ONLY_WHERE_NAMED
    names = [name for column in named for name in _OF_LIST.get(column, (column.value,))]
    return {name: known[name] for name in names} or _COLUMNS


def _here(moment: datetime | None, now: datetime) -> datetime | None:
    return None if moment is None else moment.astimezone(now.tzinfo)


def _label(word: Word | None) -> str:
    return "" if word is None else word.label


def _amount(case: Case) -> str:
    """The amount with its currency, in one cell, so that one is never read with another desk's currency."""
    return f"{case.amount_asked} {case.currency}".strip() if case.amount_asked is not None else ""
