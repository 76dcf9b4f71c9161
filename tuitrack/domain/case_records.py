"""What belongs to one case, read at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tuitrack.domain.clocks import Clock, Pause
    from tuitrack.domain.feedback import CaseReading, Feedback
    from tuitrack.domain.procedure import Tick
    from tuitrack.domain.timeline import Action, Call, Escalation, Promise, PublicPost, Remedy


class CaseRecords(NamedTuple):
    """The records of a case but for its timeline, each kind in its own order."""

    calls: Sequence[Call]
    actions: Sequence[Action]
    promises: Sequence[Promise]
    remedies: Sequence[Remedy]
    clocks: Sequence[Clock]
    pauses: Sequence[Pause]
    escalations: Sequence[Escalation]
    public_posts: Sequence[PublicPost]
    feedback: Sequence[Feedback]
    readings: Sequence[CaseReading]
    ticks: Sequence[Tick]
