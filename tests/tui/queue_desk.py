"""A desk with a queue of rows held in memory, whose answers a test can hold back."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, cast

from tests.builders import an_agent
from tests.case_rows import NOW
from tests.tui.settling import SettlingApp
from tuitrack.domain.deadlines import PAUSED, DueFilter, PromiseDue, Upcoming, window
from tuitrack.domain.desk_texts import DeskText, TextReading
from tuitrack.domain.errors import Superseded
from tuitrack.domain.feedback import Feedback
from tuitrack.domain.handover import Handover
from tuitrack.domain.keeping import Draft
from tuitrack.domain.people import Absence, Agent, CustomerMatch
from tuitrack.domain.promises import PromiseLine
from tuitrack.domain.queue import CaseRow, Counts, Cursor, Page, QueueQuery, Scope, Sort
from tuitrack.domain.text import fold
from tuitrack.domain.words import Role, Status
from tuitrack.services.bundle import Services
from tuitrack.services.desk import Desk
from tuitrack.services.ports import Store
from tuitrack.settings import Settings


@dataclass
class RowStore:
    """Answers a queue's questions from a list of rows, as a reader would."""

    rows: list[CaseRow]
    customers: list[CustomerMatch] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    """The texts searched for, in order."""
    gate: threading.Event = field(default_factory=threading.Event)
    """Pages are answered only while this is set."""
    given_up: int = 0
    """How many reads were interrupted."""
    preferences: dict[str, str] = field(default_factory=lambda: {"preview": "no"})
    """There are rows alone, and no case to look at beside them."""
    now: datetime = NOW
    """What the clock of the desk says."""
    _stopped: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    @contextmanager
    def reading(self, as_of: datetime | None = None) -> Iterator[RowStore]:
        """A look at the rows."""
        yield self

    writing = reading

    def page(
        self, query: QueueQuery, now: datetime, limit: int, after: Cursor | None = None, through: int | None = None
    ) -> Page:
        """One page, by key."""
        self.asked.append(query.text)
        self._stopped.clear()
        while not self.gate.wait(0.005):
            if self._stopped.is_set():
                raise Superseded("Nobody waits for this.")
        rows = self._rows(query, now)
        ids = [row.id for row in rows]
        start = ids.index(after.case_id) + 1 if after else 0
        end = max(start + limit, ids.index(through) + 1 if through in ids else 0)
        return Page(tuple(rows[start:end]), Cursor(0, ids[end - 1]) if end < len(rows) else None)

    def counts(self, query: QueueQuery, now: datetime, cap: int) -> Counts:
        """How many there are, to a cap."""
        found = {due: min(len(self._rows(replace(query, due=due), now)), cap) for due in DueFilter}
        unowned = sum(not row.owner for row in self._rows(query, now))
        return Counts(
            all=found[DueFilter.ALL],
            overdue=found[DueFilter.OVERDUE],
            today=found[DueFilter.TODAY],
            soon=found[DueFilter.SOON],
            unowned=unowned,
            chosen=found[query.due] if query.due in (DueFilter.PAUSED, DueFilter.LATE) else None,
            cap=cap,
            as_of=now,
        )

    def count(self, query: QueueQuery, now: datetime, cap: int) -> int:
        """How many there are of one query, to a cap."""
        return min(len(self._rows(query, now)), cap)

    def order(self, query: QueueQuery, now: datetime) -> Sort:
        """The order that is asked for."""
        return query.sort

    def agent(self, handle: str) -> Agent | None:
        """Whoever is at work may do everything."""
        return an_agent(handle, role=Role.ADMINISTRATOR)

    def becoming_due(self, owner: str | None, since: datetime, before: datetime, limit: int) -> list[Upcoming]:
        """What comes next in the rows of an owner."""
        rows = [row for row in self.rows if owner in (None, row.owner)]
        dated = [(row, row.next_due_at) for row in rows if row.next_due_at and since <= row.next_due_at < before]
        return [Upcoming(row.id, row.reference, row.owner, row.next_due_kind, at) for row, at in dated][:limit]

    def promises_due(self, owner: str | None, since: datetime, before: datetime, limit: int) -> list[PromiseDue]:
        """Rows hold no promises."""
        return []

    def agents(self) -> list[Agent]:
        """Nobody is known by name."""
        return []

    def open_handovers(self, agent: str) -> list[Handover]:
        """Nothing was handed over."""
        return []

    def feedback_to(self, agent: str, team: str, limit: int) -> list[Feedback]:
        """Nothing was fed back."""
        return []

    def reviews_due(self, agent: str, today: date) -> dict[str, date]:
        """No review is due."""
        return {}

    def drafts(self, agent: str) -> list[Draft]:
        """Nothing is half typed."""
        return []

    def desk_texts(self) -> list[DeskText]:
        """Nothing was brought in to be read."""
        return []

    def text_readings(self) -> list[TextReading]:
        """And nothing was read."""
        return []

    def texts_of(self, case_ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
        """The subjects."""
        return {row.id: [("subject", row.subject)] for row in self.rows if row.id in case_ids}

    def ledger(self, *asked: Any) -> list[PromiseLine]:
        """Nothing is promised."""
        return []

    def stirred(self) -> bool:
        """Nobody else is here."""
        return False

    def interrupt(self) -> None:
        """Give up the page that is held back."""
        self.given_up += 1
        self._stopped.set()

    def absences(self, since: date) -> list[Absence]:
        """Nobody is away."""
        return []

    def preference(self, agent: str, name: str) -> str | None:
        """What was stored."""
        return self.preferences.get(name)

    def put_preference(self, agent: str, name: str, value: str) -> None:
        """Store it for whoever asks."""
        self.preferences[name] = value

    def keep_receipt(self, *told: object) -> None:
        """Nobody asks whether something was stored."""

    def case_by_reference(self, reference: str) -> Any:
        """The row stands for the case: Go to needs its id alone."""
        return next((row for row in self.rows if row.reference == reference), None)

    def find_customers(self, text: str, limit: int) -> list[CustomerMatch]:
        """Customers by a part of their name."""
        return [match for match in self.customers if fold(text) in fold(match.customer.name)][:limit]

    def _rows(self, query: QueueQuery, now: datetime) -> list[CaseRow]:
        start, end = window(query.due, now)
        rows = [
            row
            for row in self.rows
            if (row.status is Status.CLOSED) <= (query.scope in (Scope.CLOSED, Scope.ALL))
            and query.owner in (None, row.owner or "")
            and (query.due is not DueFilter.PAUSED or row.next_due_kind == PAUSED)
            and query.due is not DueFilter.LATE
            and all(word in fold(f"{row.customer_name} {row.subject}") for word in fold(query.text).split())
            and (start is None or (row.next_due_at is not None and row.next_due_at >= start))
            and (end is None or (row.next_due_at is not None and row.next_due_at < end))
        ]
        return sorted(rows, key=lambda row: row.next_due_at or now, reverse=query.sort is Sort.NEWEST)


def services_over(store: RowStore, settings: Settings) -> Services:
    """The services of mira's desk over these rows."""
    return Services(Desk(store=cast(Store, store), agent="mira", settings=settings, clock=lambda: store.now))


class QueueDeskApp(SettlingApp):
    """The app, noting which case or customer it was told to open instead of reading it."""

    def __init__(
        self,
        rows: Sequence[CaseRow] = (),
        *,
        customers: Sequence[CustomerMatch] = (),
        notice: str = "",
        settings: Settings | None = None,
    ) -> None:
        self.store = RowStore(list(rows), list(customers))
        super().__init__(services_over(self.store, settings or Settings()), notice=notice, environ={})
        self.opened: list[str] = []

    async def open_case(self, case_id: int, promise_id: int | None = None) -> None:
        """Note the case."""
        self.opened.append(f"case {case_id}")

    async def open_customer(self, customer_id: int) -> None:
        """Note the customer."""
        self.opened.append(f"customer {customer_id}")

    def on_unmount(self) -> None:
        """Answer what is held back, so that the database thread can end."""
        self.store.gate.set()
