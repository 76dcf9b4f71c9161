"""What is told by itself when its time comes: a deadline passes, a target passes, a promise is due soon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tuitrack.domain.deadlines import Upcoming
from tuitrack.domain.due_words import kind_words


@dataclass(frozen=True, slots=True, order=True)
class Notice:
    """A sentence and the moment from which on it is true."""

    at: datetime
    text: str


def notice_of(upcoming: Upcoming) -> Notice:
    """What is told once a deadline or its target has passed."""
    said = "Target passed" if upcoming.is_target else "Now overdue"
    whose = f"owner {upcoming.owner}" if upcoming.owner else "without an owner"
    return Notice(upcoming.at, f"{said}: {upcoming.reference} {kind_words(upcoming.kind)}, {whose}")
