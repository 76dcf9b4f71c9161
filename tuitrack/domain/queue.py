"""What a queue asks for and what it answers: a query as a value, pages by key, and counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tuitrack.domain.case import Case, CaseRow
from tuitrack.domain.deadlines import DueFilter
from tuitrack.domain.people import Customer
from tuitrack.domain.words import Word


class Scope(Word):
    """Which part of all cases a queue looks at."""

    OPEN = "open", "open work"
    UNCONFIRMED = "unconfirmed", "resolved, not confirmed"
    CLOSED = "closed"
    ALL = "all", "all cases"


class Sort(Word):
    """The order of a queue; `DUE` puts what is due next first and cases without a due time last."""

    DUE = "due", "due next"
    NEWEST = "newest", "newest first"
    OLDEST = "oldest", "oldest first"
    TOUCHED = "touched", "last changed"


@dataclass(frozen=True, slots=True)
class QueueQuery:
    """What a queue shows; the same value means the same list wherever it is asked."""

    text: str = ""
    """Words as typed: subject, words, details, notes, resolution, customer, phone, account or reference."""
    scope: Scope = Scope.OPEN
    due: DueFilter = DueFilter.ALL
    sort: Sort = Sort.DUE
    owner: str | None = None
    """Only this agent's cases; the empty string means cases without an owner."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place of a row in a sorted queue: its sort value in epoch milliseconds and its id."""

    key: int
    case_id: int


@dataclass(frozen=True, slots=True)
class Page:
    """Up to `limit` rows of a queue in order, and the cursor to go on from, None at the end."""

    rows: tuple[CaseRow, ...]
    after: Cursor | None


@dataclass(frozen=True, slots=True)
class CasePage:
    """Up to `limit` whole cases of a queue in order, each with its customer, and the cursor to go on from."""

    cases: tuple[tuple[Case, Customer], ...]
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

    def shown(self, count: int) -> str:
        """The count as text, such as 17, or 1000+ when it was not counted further."""
        return f"{self.cap}+" if count >= self.cap else str(count)
