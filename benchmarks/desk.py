"""A desk with as many cases as wanted, stored straight through the port, for making each by hand takes too long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from tuitrack.domain.case import Case
from tuitrack.domain.people import Customer
from tuitrack.domain.reference import Reference
from tuitrack.domain.timeline import Entry
from tuitrack.domain.words import EntryKind, Status
from tuitrack.services.agents import sign_in
from tuitrack.services.desk import Desk
from tuitrack.services.ports import Record
from tuitrack.settings import Settings
from tuitrack.storage.store import open_store

AGENT = "Benchmark Agent"
FIRST_REFERENCE = str(Reference("C", 2026, 1))
"""What stands in the first row of the queue, however many cases there are."""
_AT_ONCE = 500
_STATUSES = (Status.OPEN, Status.INVESTIGATING, Status.WAITING)


def open_desk(folder: Path) -> Desk:
    """The desk over the database of a home folder, made where there is none."""
    now = datetime.now(UTC)
    store = open_store(folder / "tuitrack.db", folder / "backups")
    agent = sign_in(store, AGENT, now)
    return Desk(store, agent.handle, Settings(agent=AGENT), lambda: datetime.now(UTC))


def fill(desk: Desk, cases: int) -> None:
    """Store that many open cases, each with a customer and a timeline entry; the first is due before all others."""
    numbers = iter(range(1, cases + 1))
    while some := list(islice(numbers, _AT_ONCE)):
        with desk.store.writing() as writer:
            customers = writer.reserve_ids(Customer, len(some))
            ids = writer.reserve_ids(Case, len(some))
            now = desk.clock()
            for kind in (Customer, Case, Entry):
                writer.add_all(
                    record
                    for number, customer_id, case_id in zip(some, customers, ids, strict=True)
                    for record in _records(number, customer_id, case_id, desk.agent, now)
                    if isinstance(record, kind)
                )


def _records(number: int, customer_id: int, case_id: int, agent: str, now: datetime) -> Iterator[Record]:
    """One case with what belongs to it."""
    # Due times spread from ten days ago to twenty days ahead, whatever the number of cases.
    due_at = now - timedelta(days=10) + timedelta(minutes=(number - 1) % 43_200)
    received_at = now - timedelta(days=12)
    yield Customer(
        id=customer_id, name=f"Žarko Example {number}", phones=(f"+385 1 {number:07}",), entered_at=received_at
    )
    yield Case(
        id=case_id,
        reference=str(Reference("C", 2026, number)),
        customer_id=customer_id,
        version=1,
        subject=f"The parcel number {number:06} never came",
        words="I have been waiting for it since the spring, and nobody can tell me where it is.",
        received_at=received_at,
        received_by=agent,
        entered_at=received_at,
        entered_by=agent,
        status=_STATUSES[number % 3],
        owner=agent,
        resolve_by=due_at,
        next_due_at=due_at,
        next_due_kind="resolve",
        touched_at=received_at,
    )
    yield Entry(
        case_id=case_id,
        kind=EntryKind.RECEIVED,
        occurred_at=received_at,
        entered_at=received_at,
        by=agent,
        summary="Received by phone",
        body="I have been waiting for it since the spring, and nobody can tell me where it is.",
        version=1,
    )
