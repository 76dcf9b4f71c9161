"""Cases of a list as text: one on a line to look at, or one fact on a line to have read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tuitrack.domain.case import Case
from tuitrack.domain.due_words import standing_words
from tuitrack.domain.people import Customer
from tuitrack.domain.spoken_time import plain_day, plain_when


def short_line(case: Case, customer: Customer, now: datetime) -> str:
    """A case on one line: reference, due time, status, owner, customer and subject; `now` in the office's zone."""
    owner = case.owner or "nobody"
    return f"{case.reference}  {_next(case, now)}  {_status(case)}  {owner}  {customer.name}: {case.subject}"


def fact_lines(case: Case, customer: Customer, now: datetime) -> Iterator[str]:
    """A case with one fact on each line; the company's date and the customer's always both."""
    resolved, confirmed = case.company_resolved_on, case.customer_confirmed_on
    yield f"Reference: {case.reference}"
    yield f"Subject: {case.subject}"
    yield f"Customer: {customer.name}"
    yield f"Status: {_status(case)}"
    yield f"Next: {_next(case, now)}"
    yield f"Owner: {case.owner or 'nobody'}"
    yield f"Received: {plain_when(case.received_at.astimezone(now.tzinfo))}"
    yield f"Company considered it resolved: {plain_day(resolved) if resolved else 'not yet'}"
    yield f"Customer confirmed: {plain_day(confirmed) if confirmed else 'not yet'}"


def _status(case: Case) -> str:
    return f"{case.status.label}, {case.outcome.label}" if case.outcome else case.status.label


def _next(case: Case, now: datetime) -> str:
    """What is due next, or that nothing is."""
    kind = f"{case.next_due_kind} " if case.next_due_at else ""
    return f"{kind}{standing_words(case.next_due_kind, case.next_due_at, now)}"
