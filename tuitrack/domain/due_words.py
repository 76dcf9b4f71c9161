"""Due times in words, from the one definition of overdue: `overdue 3d`, `due Fri 27 Nov 2026, 14:30`, `met 2d late`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tuitrack.domain.deadlines import PAUSED, Deadline, Resumed, is_overdue
from tuitrack.domain.spoken_time import plain_when, say_span
from tuitrack.domain.words import DueKind


def overdue_words(due_at: datetime | None, now: datetime) -> str:
    """By how much an unmet due time is overdue; empty where it is not."""
    return f"overdue {say_span(now - due_at)}" if due_at is not None and is_overdue(due_at, now) else ""


def due_words(due_at: datetime | None, now: datetime) -> str:
    """When an unmet due time is, or by how much it is overdue; `now` in the office's zone."""
    if due_at is None:
        return "no due date"
    return overdue_words(due_at, now) or f"due {plain_when(due_at.astimezone(now.tzinfo))}"


def standing_words(next_due_kind: str, next_due_at: datetime | None, now: datetime) -> str:
    """When the next thing is due in a case, or that all of it stands still; `now` in the office's zone."""
    return PAUSED if next_due_kind == PAUSED else due_words(next_due_at, now)


def kind_words(next_due_kind: str) -> str:
    """What is due next as it is told beside its time: `first response`, `promise`; empty where nothing is."""
    return next_due_kind.replace("_", " ")


def deadline_words(clock: Deadline, now: datetime) -> str:
    """How a deadline stands: `met`, `met 2d late`, `paused since …`, `overdue 3d` or when it is due."""
    if clock.paused_at is not None and clock.met_at is None:
        return f"paused since {plain_when(clock.paused_at.astimezone(now.tzinfo))}"
    if clock.met_at is None:
        return due_words(clock.due_at, now)
    late = clock.late_by(now)
    return f"met {say_span(late)} late" if late else "met"


def headline(due: Deadline, now: datetime) -> str:
    """What is due and how that stands: `Promise: call back, overdue 3d`."""
    kind = due.kind.label.capitalize()
    name = f"{kind}: {due.what}" if due.kind in (DueKind.PROMISE, DueKind.ACTION) else kind
    return f"{name}, {deadline_words(due, now)}"


def reasons_words(clocks: Iterable[Deadline]) -> str:
    """Why deadlines were missed, each by its kind; empty where nobody was asked."""
    return "; ".join(f"{clock.kind.label}: {clock.late_because}" for clock in clocks if clock.late_because)


def resuming_words(asked: str, resumed: Iterable[Resumed], now: datetime) -> str:
    """What is due when once a pause ends, told beforehand under what is asked; `now` is in the office's zone."""
    lines = [_once_resumed(due, was_overdue, now) for due, was_overdue in resumed]
    return "\n".join([f"{asked} This is due then:", *(lines or ["nothing"])])


def _once_resumed(due: Deadline, was_overdue: bool, now: datetime) -> str:
    told = f"{due.kind.label}, {plain_when(due.due_at.astimezone(now.tzinfo))}"
    if due.paused_at is not None:
        return f"{told}, but it stands still for another reason"
    if not due.is_overdue(now):
        return told
    return f"{told}: overdue already" if was_overdue else f"! {told}: overdue at once"


def late_words(clocks: Iterable[Deadline], now: datetime) -> str:
    """Every deadline that was met late or is overdue, with by how much; what was late stays late."""
    return ", ".join(f"{clock.kind.label} {say_span(by)}" for clock in clocks if (by := clock.late_by(now)))
