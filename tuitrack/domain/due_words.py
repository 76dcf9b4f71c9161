"""Due times in words, from the one definition of overdue: `overdue 3d`, `due Fri 27 Nov 2026, 14:30`, `met 2d late`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tuitrack.domain.deadlines import Deadline, is_overdue
from tuitrack.domain.spoken_time import plain_when, say_span


def overdue_words(due_at: datetime | None, now: datetime) -> str:
    """By how much an unmet due time is overdue; empty where it is not."""
    return f"overdue {say_span(now - due_at)}" if due_at is not None and is_overdue(due_at, now) else ""


def due_words(due_at: datetime | None, now: datetime) -> str:
    """When an unmet due time is, or by how much it is overdue; `now` in the office's zone."""
    if due_at is None:
        return "no due date"
    return overdue_words(due_at, now) or f"due {plain_when(due_at.astimezone(now.tzinfo))}"


def deadline_words(clock: Deadline, now: datetime) -> str:
    """Whether a deadline was met, and how late: `met`, `met 2d late`, `overdue 3d` or when it is due."""
    if clock.met_at is None:
        return due_words(clock.due_at, now)
    late = clock.late_by(now)
    return f"met {say_span(late)} late" if late else "met"


def late_words(clocks: Iterable[Deadline], now: datetime) -> str:
    """Every deadline that was met late or is overdue, with by how much; what was late stays late."""
    return ", ".join(f"{clock.kind.label} {say_span(by)}" for clock in clocks if (by := clock.late_by(now)))
