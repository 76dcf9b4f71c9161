"""The one definition of overdue: an unmet deadline, promise or action whose due time has passed.

It is computed when asked, from stored due times and a clock that is handed in; filter, count, row, report
and export all come through here or through `window`, which says the same to a database.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING

from tuitrack.domain.words import Word

if TYPE_CHECKING:
    from tuitrack.domain.case import Case
    from tuitrack.domain.timeline import Action, Promise


class DueKind(Word):
    """What is due."""

    PROMISE = "promise"
    ACTION = "action"
    RESOLVE = "resolve"
    CONFIRM = "confirm", "ask for confirmation"


class DueFilter(Word):
    """The overdue filter of a queue."""

    ALL = "all"
    OVERDUE = "overdue"
    TODAY = "today", "due today"
    SOON = "soon", "due in 3 days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One clock of a case: what is due when, and when it was met."""

    kind: DueKind
    due_at: datetime
    what: str
    record_id: int | None = None
    """The promise or action it belongs to."""
    met_at: datetime | None = None

    def is_overdue(self, now: datetime) -> bool:
        """Whether it is unmet and its due time has passed."""
        return self.met_at is None and is_overdue(self.due_at, now)

    def late_by(self, now: datetime) -> timedelta | None:
        """How late it was met, or is by now; None when it is not late."""
        late = (self.met_at or now) - self.due_at
        return late if late > timedelta(0) else None


def is_overdue(due_at: datetime | None, now: datetime) -> bool:
    """Whether an unmet due time has passed."""
    return due_at is not None and due_at < now


def deadlines(case: Case, promises: Iterable[Promise], actions: Iterable[Action]) -> list[Deadline]:
    """Every clock of a case, met or not, by due time."""
    clocks = [
        Deadline(kind=DueKind.PROMISE, due_at=p.due_at, what=p.what, record_id=p.id, met_at=p.settled_at)
        for p in promises
    ]
    clocks += [
        Deadline(kind=DueKind.ACTION, due_at=a.due_at, what=a.what, record_id=a.id, met_at=a.done_at)
        for a in actions
        if a.due_at is not None
    ]
    if case.resolve_by is not None:
        clocks.append(resolving(case.resolve_by, case.resolved_at, case.closed_at))
    if case.confirm_by is not None:
        clocks.append(
            Deadline(
                kind=DueKind.CONFIRM,
                due_at=case.confirm_by,
                what="ask whether it is solved",
                met_at=case.closed_at,
            )
        )
    return sorted(clocks, key=attrgetter("due_at"))


def resolving(due_at: datetime, resolved_at: datetime | None, closed_at: datetime | None) -> Deadline:
    """The clock that stops when the company considers a case resolved, at the latest when it is closed."""
    return Deadline(kind=DueKind.RESOLVE, due_at=due_at, what="resolve", met_at=resolved_at or closed_at)


def next_due(clocks: Iterable[Deadline]) -> Deadline | None:
    """The earliest unmet deadline."""
    return min((clock for clock in clocks if clock.met_at is None), key=lambda clock: clock.due_at, default=None)


def window(due: DueFilter, now: datetime) -> tuple[datetime | None, datetime | None]:
    """Return (from, before) for the due times a filter lets through; `now` is in the office's zone."""
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), tzinfo=now.tzinfo)
    match due:
        case DueFilter.ALL:
            return None, None
        case DueFilter.OVERDUE:
            return None, now
        case DueFilter.TODAY:
            return now, midnight
        case DueFilter.SOON:
            return now, midnight + timedelta(days=3)
