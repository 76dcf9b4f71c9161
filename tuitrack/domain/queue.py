"""What a queue asks for and what it answers: a query as a value, pages by key, and counts."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from tuitrack.domain.columns import Column
from tuitrack.domain.deadlines import DueFilter
from tuitrack.domain.words import CaseKind, Channel, Outcome, Priority, Status, Word
from tuitrack.lean import dataclass

if TYPE_CHECKING:
    from tuitrack.domain.case import Case
    from tuitrack.domain.deadlines import Deadline
    from tuitrack.domain.people import Customer


class Scope(Word):
    """Which part of all cases a queue looks at."""

    OPEN = "open", "open work"
    UNCONFIRMED = "unconfirmed", "resolved, not confirmed"
    CLOSED = "closed"
    ALL = "all", "all cases"


class Sort(Word):
    """The order of a queue; `DUE` puts what is due next first and cases without a due time last."""

    USUAL = "usual", "due next, or last entered while searching"
    DUE = "due", "due next"
    NEWEST = "newest", "newest first"
    OLDEST = "oldest", "oldest first"
    TOUCHED = "touched", "last changed"
    ENTERED = "entered", "last entered"
    BEST = "best", "best match"


BEST_AMONG_MOST = 5_000
"""How many cases may be found for the best match to be worked out; the latest come first where there are more."""


@dataclass(frozen=True, slots=True)
class QueueQuery:
    """What a queue shows; the same value means the same list wherever it is asked.

    The text is in the language of `query`; the rest are the same things chosen by a key, and hold together with it.
    """

    text: str = ""
    """The query as typed; what it means, days included, is worked out when it is asked."""
    scope: Scope = Scope.OPEN
    """Holds unless the text says itself which part of all cases is meant."""
    due: DueFilter = DueFilter.ALL
    sort: Sort = Sort.USUAL
    """Holds unless the text has an order."""
    owner: str | None = None
    """Only this agent's cases; the empty string means cases without an owner."""
    me: str = ""
    """The agent who asks, for `owner:me`."""
    marked: frozenset[int] = frozenset()
    """The cases that whoever asks has marked, for `is:marked`."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place of a row in a sorted queue: its sort value in epoch milliseconds and its id."""

    key: int
    case_id: int


class CaseRow(NamedTuple):
    """One line of a queue; a tuple, of which a page is made in a tenth of the time."""

    id: int
    reference: str
    version: int
    customer_name: str
    subject: str
    kind: CaseKind
    status: Status
    outcome: Outcome | None
    owner: str | None
    priority: Priority
    still_angry: bool
    next_due_at: datetime | None
    next_due_kind: str
    received_at: datetime
    touched_at: datetime
    closed_at: datetime | None
    company_resolved_on: date | None
    customer_confirmed_on: date | None
    category: str
    product: str
    department: str
    tags: str
    channel: Channel
    likely_to_leave: bool
    reopened_count: int
    owner_away: bool = False
    """Whether the owner is away today, which is not kept with the case."""


NOT_KEPT = frozenset({"owner_away"})
"""What a line tells that follows from the day."""


@dataclass(frozen=True, slots=True)
class Page:
    """Up to `limit` rows of a queue in order, and the cursor to go on from, None at the end."""

    rows: tuple[CaseRow, ...]
    after: Cursor | None
    columns: tuple[Column, ...] = ()
    """What is to be shown of each; empty for the usual."""
    as_of: datetime | None = None
    """The moment at which they stood so, in the office's zone; None is now."""
    in_doubt: int = 0
    """How many cases of that moment were changed since in a way of which not everything is known."""


@dataclass(frozen=True, slots=True)
class WholeCase:
    """A case of a queue with its customer and everything that is or was due in it."""

    case: Case
    customer: Customer
    deadlines: tuple[Deadline, ...] = ()


@dataclass(frozen=True, slots=True)
class CasePage:
    """Up to `limit` whole cases of a queue in order, and the cursor to go on from."""

    cases: tuple[WholeCase, ...]
    after: Cursor | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases a query has by overdue status, each counted to `cap` at the most."""

    all: int
    overdue: int
    today: int
    soon: int
    unowned: int
    cap: int
    as_of: datetime
    chosen: int | None = None
    """How many have what the overdue filter asks for, where that is none of the above."""
    partial: bool = False
    """Whether there may be more of each, for too many cases would have to be looked at."""

    def of(self, due: DueFilter) -> int:
        """How many cases are listed with a filter."""
        parts = {DueFilter.OVERDUE: self.overdue, DueFilter.TODAY: self.today, DueFilter.SOON: self.soon}
        return self.all if due is DueFilter.ALL else parts.get(due, self.chosen or 0)

    def shown(self, count: int) -> str:
        """The count as text, such as 17, or 1000+ when it was not counted further, or ? where there may be some."""
        if count >= self.cap:
            return f"{self.cap}+"
        if self.partial:
            return f"{count}+" if count else "?"
        return str(count)
