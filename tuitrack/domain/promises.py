"""The ledger of promises: what is asked of it, its lines, and how many of what was promised was kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from tuitrack.domain.words import PromiseOutcome, Word
from tuitrack.lean import dataclass

if TYPE_CHECKING:
    from tuitrack.domain.timeline import Promise


class Standing(Word):
    """How a promise stands."""

    OPEN = "open"
    OVERDUE = "overdue", "open and overdue"
    KEPT = PromiseOutcome.KEPT.value
    BROKEN = PromiseOutcome.BROKEN.value
    RENEGOTIATED = PromiseOutcome.RENEGOTIATED.value

    @property
    def outcome(self) -> PromiseOutcome | None:
        """What became of such promises; None of those that are open."""
        return None if self.is_open else PromiseOutcome(self.value)

    @property
    def is_open(self) -> bool:
        """Whether nobody has yet said what became of them."""
        return self in (Standing.OPEN, Standing.OVERDUE)


class Whose(Word):
    """Whose promises the ledger lists."""

    MINE = "mine"
    TEAM = "team", "the team’s"
    ALL = "all", "everybody’s"


class Grouping(Word):
    """By what kept promises are counted."""

    AGENT = "agent"
    TEAM = "team"
    CATEGORY = "category"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerQuery:
    """Which promises; what is open comes by its due time, what is settled with the latest due time first."""

    standing: Standing = Standing.OPEN
    by: tuple[str, ...] | None = None
    """Only those that one of these promised."""
    with_cases: bool = False
    """Together with `by`: also what is open in the cases of these, whoever promised it."""
    category: str | None = None
    """Only those of cases with exactly this category."""
    since: datetime | None = None
    """Only those due from then on."""
    before: datetime | None = None
    """Only those due before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseLine:
    """A promise with what the ledger tells of its case."""

    promise: Promise
    reference: str
    customer: str
    owner: str | None
    moved_to: datetime | None = None
    """When the promise is due that took the place of a renegotiated one."""
    told_at: datetime | None = None
    """When the call was in which the customer was told so; None where there was none."""

    @property
    def id(self) -> int:
        """The id of the promise."""
        return self.promise.id

    @property
    def standing(self) -> Standing:
        """How it stands, whatever the time."""
        outcome = self.promise.outcome
        return Standing.OPEN if outcome is None else Standing(outcome.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How many of the promises due in a period were kept."""

    kept: int = 0
    broken: int = 0
    renegotiated: int = 0
    overdue: int = 0

    @classmethod
    def of(cls, counted: Mapping[Standing, int]) -> Kept:
        """From the numbers by standing; what is open and not due yet says nothing."""
        return cls(**{word.value: number for word, number in counted.items() if word is not Standing.OPEN})

    def __add__(self, other: Kept) -> Kept:
        return Kept.of({word: self.count(word) + other.count(word) for word in FIGURES})

    def count(self, standing: Standing) -> int:
        """How many stand so."""
        number: int = getattr(self, standing.value)
        return number

    @property
    def rate(self) -> int | None:
        """The whole percent kept of all that were to be kept by now, 100 only where all were; None where none was.

        What was agreed anew was not to be kept any more: the promise that took its place counts.
        """
        due = self.kept + self.broken + self.overdue
        return 100 * self.kept // due if due else None


FIGURES = (Standing.KEPT, Standing.BROKEN, Standing.RENEGOTIATED, Standing.OVERDUE)
"""What is counted, in the order in which it is shown."""


@dataclass(frozen=True, slots=True)
class KeptLine:
    """The figures of one agent, team or category, with what lists the promises behind them."""

    name: str
    figures: Kept
    query: LedgerQuery
    """Finds the promises of one standing when that is put in."""
