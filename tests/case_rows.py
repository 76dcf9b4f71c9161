"""Rows of a list of cases, as tests need them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tuitrack.domain.queue import CaseRow
from tuitrack.domain.words import CaseKind, Channel, Priority, Status

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
"""A Tuesday morning."""

NAMES = ("Ana Zorić", "محمد رضایی", "李小龙 Trading", "Иван Петров", "O'Neil [/] & Sons")


def case_row(number: int, *, due: timedelta = timedelta(0), owner: str | None = "mira") -> CaseRow:
    """An open case due some time after now."""
    return CaseRow(
        id=number,
        reference=f"C26-{number:06}-{number % 10}",
        version=1,
        customer_name=NAMES[number % len(NAMES)],
        subject=f"Fridge {number} stopped after the repair",
        kind=CaseKind.COMPLAINT,
        status=Status.OPEN,
        outcome=None,
        owner=owner,
        priority=Priority.NORMAL,
        still_angry=False,
        next_due_at=NOW + due,
        next_due_kind="promise",
        received_at=NOW - timedelta(days=3),
        touched_at=NOW,
        closed_at=None,
        company_resolved_on=None,
        customer_confirmed_on=None,
        category="repair",
        product="",
        department="service",
        tags="",
        channel=Channel.PHONE,
        likely_to_leave=False,
        reopened_count=0,
    )
