"""The one definition of overdue: an unmet promise, action or clock of a case whose due time has passed.

It is computed when asked, from stored due times and a clock that is handed in; filter, count, row, report
and export all come through here or through `window`, which says the same to a database.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from tuitrack.domain.words import DueKind, Word
from tuitrack.lean import dataclass

if TYPE_CHECKING:
    from tuitrack.domain.clocks import Clock
    from tuitrack.domain.timeline import Action, Promise

WHAT_TO_DO = {
    DueKind.FIRST_RESPONSE: "respond for the first time",
    DueKind.ACKNOWLEDGEMENT: "acknowledge it",
    DueKind.RETURN_DATE: "agree when the customer hears from us",
    DueKind.PROGRESS: "tell the customer how things stand",
    DueKind.CONTACT: "get in touch with the customer",
    DueKind.HOLDING: "send a holding letter",
    DueKind.FINAL: "give the final response",
    DueKind.RESOLVE: "resolve",
    DueKind.CONFIRM: "ask whether it is solved",
}
"""What a clock of each kind asks for."""


class DueFilter(Word):
    """The overdue filter of a queue."""

    ALL = "all"
    OVERDUE = "overdue"
    TODAY = "today", "due today"
    SOON = "soon", "due in 3 days"
    PAUSED = "paused"
    LATE = "late", "met late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One thing that is due: a promise, an action, or what a clock of the case asks for; and when it was met."""

    kind: DueKind
    due_at: datetime
    what: str
    record_id: int | None = None
    """The promise, action or clock it belongs to."""
    met_at: datetime | None = None
    first_due_at: datetime | None = None
    """When it would be due if it had never stood still; None of what never does."""
    target_at: datetime | None = None
    """When it should be met, before it must be."""
    paused_at: datetime | None = None
    """Since when it stands still; its due time moves on when the pause ends."""
    rule: str = ""
    """The rule it comes from; empty where somebody set the date."""
    late_because: str = ""

    @property
    def is_running(self) -> bool:
        """Whether it is neither met nor standing still."""
        return self.met_at is None and self.paused_at is None

    def is_overdue(self, now: datetime) -> bool:
        """Whether it is unmet and its due time has passed; what stands still is paused, and neither late nor not."""
        return self.is_running and is_overdue(self.due_at, now)

    def late_by(self, now: datetime) -> timedelta | None:
        """How late it was met, or is by now; None when it is not late."""
        if self.met_at is None and not self.is_running:
            return None
        late = (self.met_at or now) - self.due_at
        return late if late > timedelta(0) else None


class Resumed(NamedTuple):
    """A deadline as it would be if a pause ended now."""

    due: Deadline
    was_overdue: bool
    """Whether it is overdue as it is."""


class Upcoming(NamedTuple):
    """One moment at which a deadline of a case passes, or the target before it."""

    case_id: int
    reference: str
    owner: str | None
    kind: str
    """What is due then."""
    at: datetime
    is_target: bool = False


class PromiseDue(NamedTuple):
    """One moment for which something is promised, and to whom."""

    at: datetime
    reference: str
    customer: str
    what: str


class DueCount(NamedTuple):
    """How many cases of open work are alike in what the overdue board tells apart."""

    step: int
    """How many of the moments that were asked for lie before or at what is due next."""
    kind: str
    """What is due next."""
    owner: str | None
    category: str
    paused: bool
    """Whether these are the cases of which a clock stands still; they are counted by their step as well."""
    cases: int


def is_overdue(due_at: datetime | None, now: datetime) -> bool:
    """Whether an unmet due time has passed."""
    return due_at is not None and due_at < now


def deadlines(promises: Iterable[Promise], actions: Iterable[Action], clocks: Iterable[Clock]) -> list[Deadline]:
    """Everything that is or was due in a case, met or not, by due time."""
    found = [of_promise(promise) for promise in promises]
    found += [due for action in actions if (due := of_action(action))]
    found += map(of_clock, clocks)
    return sorted(found, key=attrgetter("due_at"))


def of_promise(promise: Promise) -> Deadline:
    """When a promise is due."""
    return Deadline(
        kind=DueKind.PROMISE,
        due_at=promise.due_at,
        what=promise.what,
        record_id=promise.id,
        met_at=promise.settled_at,
    )


def of_action(action: Action) -> Deadline | None:
    """When an action is due; None where nobody said."""
    if action.due_at is None:
        return None
    return Deadline(
        kind=DueKind.ACTION, due_at=action.due_at, what=action.what, record_id=action.id, met_at=action.done_at
    )


def of_clock(clock: Clock) -> Deadline:
    """What a clock asks for."""
    return Deadline(
        kind=clock.kind,
        due_at=clock.due_at,
        what=WHAT_TO_DO[clock.kind],
        record_id=clock.id,
        met_at=clock.met_at,
        first_due_at=clock.first_due_at,
        target_at=clock.target_at,
        paused_at=clock.paused_at,
        rule=clock.rule,
        late_because=clock.late_because,
    )


def next_due(clocks: Iterable[Deadline]) -> Deadline | None:
    """The earliest unmet deadline that does not stand still."""
    return min((clock for clock in clocks if clock.is_running), key=lambda clock: clock.due_at, default=None)


PAUSED = "paused"
"""The kind that stands for what is due next where everything unmet stands still."""


def next_kind(clocks: Sequence[Deadline]) -> str:
    """What is due next in a word: a kind of deadline, `paused` where all stand still, empty where nothing is unmet."""
    due = next_due(clocks)
    if due is not None:
        return due.kind.value
    return PAUSED if any(clock.paused_at is not None for clock in clocks) else ""


def window(due: DueFilter, now: datetime) -> tuple[datetime | None, datetime | None]:
    """Return (from, before) for the due times a filter lets through, all where it does not go by what is due next.

    `now` is in the office's zone.
    """
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), tzinfo=now.tzinfo)
    match due:
        case DueFilter.ALL | DueFilter.PAUSED | DueFilter.LATE:
            return None, None
        case DueFilter.OVERDUE:
            return None, now
        case DueFilter.TODAY:
            return now, midnight
        case DueFilter.SOON:
            return now, midnight + timedelta(days=3)
