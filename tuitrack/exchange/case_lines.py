"""Cases of a list as text: one on a line to look at, or one fact on a line to have read aloud."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

from tuitrack.domain.case import Case
from tuitrack.domain.columns import Column
from tuitrack.domain.due_words import kind_words, standing_words
from tuitrack.domain.people import Customer
from tuitrack.domain.spoken_time import plain_day, plain_when, say_span

Columns = tuple[Column, ...]
_USUAL = (
    Column.REF, Column.SUBJECT, Column.CUSTOMER, Column.STATUS, Column.NEXT, Column.OWNER,
    Column.RECEIVED, Column.RESOLVED, Column.CONFIRMED,
)  # fmt: skip
"""What is told of a case where nobody asks for anything else; the company's date and the customer's always both."""


def short_line(case: Case, customer: Customer, now: datetime, columns: Columns = ()) -> str:
    """A case on one line: what the columns say, or else the reference, due time, status, owner, customer and subject.

    `now` is in the office's zone.
    """
    if columns:
        return "  ".join(_FACTS[column][1](case, customer, now) for column in columns)
    owner = case.owner or "nobody"
    return f"{case.reference}  {_next(case, now)}  {_status(case)}  {owner}  {customer.name}: {case.subject}"


def fact_lines(case: Case, customer: Customer, now: datetime, columns: Columns = ()) -> Iterator[str]:
    """A case with one fact on each line: those of the columns, or else the usual ones."""
    for column in columns or _USUAL:
        title, told = _FACTS[column]
        yield f"{title}: {told(case, customer, now)}"


def _status(case: Case) -> str:
    return f"{case.status.label}, {case.outcome.label}" if case.outcome else case.status.label


def _next(case: Case, now: datetime) -> str:
    """What is due next and when, or that nothing is."""
    kind = f"{kind_words(case.next_due_kind)} " if case.next_due_at else ""
    return f"{kind}{standing_words(case.next_due_kind, case.next_due_at, now)}"


def _day(day: date | None) -> str:
    return plain_day(day) if day else "not yet"


def _when(at: datetime | None, now: datetime) -> str:
    return plain_when(at.astimezone(now.tzinfo)) if at else "not yet"


_FACTS: dict[Column, tuple[str, Callable[[Case, Customer, datetime], str]]] = {
    Column.DUE: ("Due", lambda case, customer, now: standing_words(case.next_due_kind, case.next_due_at, now)),
    Column.NEXT: ("Next", lambda case, customer, now: _next(case, now)),
    Column.REF: ("Reference", lambda case, customer, now: case.reference),
    Column.CUSTOMER: ("Customer", lambda case, customer, now: customer.name),
    Column.SUBJECT: ("Subject", lambda case, customer, now: case.subject),
    Column.STATUS: ("Status", lambda case, customer, now: _status(case)),
    Column.OWNER: ("Owner", lambda case, customer, now: case.owner or "nobody"),
    Column.PRIORITY: ("Priority", lambda case, customer, now: case.priority.label),
    Column.KIND: ("Kind", lambda case, customer, now: case.kind.label),
    Column.CHANNEL: ("Channel", lambda case, customer, now: case.channel.label),
    Column.CATEGORY: ("Category", lambda case, customer, now: case.category or "none"),
    Column.PRODUCT: ("Product", lambda case, customer, now: case.product or "none"),
    Column.DEPARTMENT: ("Department", lambda case, customer, now: case.department or "none"),
    Column.TAGS: ("Tags", lambda case, customer, now: case.tags or "none"),
    Column.RECEIVED: ("Received", lambda case, customer, now: _when(case.received_at, now)),
    Column.AGE: ("Age", lambda case, customer, now: say_span(now - case.received_at)),
    Column.TOUCHED: ("Last changed", lambda case, customer, now: _when(case.touched_at, now)),
    Column.IDLE: ("Unchanged for", lambda case, customer, now: say_span(now - case.touched_at)),
    Column.RESOLVED: ("Company considered it resolved", lambda case, customer, now: _day(case.company_resolved_on)),
    Column.CONFIRMED: ("Customer confirmed", lambda case, customer, now: _day(case.customer_confirmed_on)),
    Column.CLOSED: ("Closed", lambda case, customer, now: _when(case.closed_at, now)),
    Column.REOPENED: ("Times reopened", lambda case, customer, now: str(case.reopened_count)),
}
"""The title of every column, and what it says of a case."""
