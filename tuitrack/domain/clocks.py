"""The clocks of a case: what each is for, since when it runs, when it is due, and when it was met."""

from __future__ import annotations

from datetime import datetime

from tuitrack.domain.words import DueKind, PauseReason
from tuitrack.lean import dataclass

PAUSED_BY_HAND = tuple(reason for reason in PauseReason if reason is not PauseReason.CUSTOMER)
"""Reasons for which somebody lets clocks stand still; the customer is waited for as long as the status says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One deadline of a case that follows from a rule, or was set by hand; what it was stays when it is met."""

    id: int = 0
    case_id: int
    kind: DueKind
    turn: int = 0
    """How often the case had been opened again when the clock was started."""
    rule: str = ""
    """The rule by which it is counted, such as `resolve within 10 working days`; empty where the date was set."""
    started_at: datetime
    target_at: datetime | None = None
    """When it should be met, before it must be."""
    first_due_at: datetime
    """When it would be due if it had never stood still."""
    due_at: datetime
    paused_at: datetime | None = None
    """Since when it stands still; its due time moves on when the pause ends."""
    met_at: datetime | None = None
    late_because: str = ""
    """Why it was missed, in the words of whoever was asked."""

    @property
    def is_running(self) -> bool:
        """Whether it is neither met nor standing still."""
        return self.met_at is None and self.paused_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """An interval in which clocks of a case stand still; which ones do, their rules say."""

    id: int = 0
    case_id: int
    reason: PauseReason
    since: datetime
    until: datetime | None = None
    """None while it lasts."""
    note: str = ""
    by: str

    @property
    def is_open(self) -> bool:
        """Whether it lasts."""
        return self.until is None
