"""What is told by itself when its time comes: a deadline passes, a target passes, a promise is due soon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from tuitrack.domain.deadlines import PromiseDue, Upcoming
from tuitrack.domain.due_words import kind_words
from tuitrack.domain.spoken_time import plain_day

PROMISE_SOON = timedelta(minutes=15)
"""How long before its time a promise is told."""


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


def notice_of_promise(promise: PromiseDue, zone: tzinfo | None) -> Notice:
    """What is told when a promise is due soon, its time in the office's zone."""
    told = f"{promise.at.astimezone(zone):%H:%M}: {promise.reference} {promise.customer}, {promise.what}"
    return Notice(promise.at - PROMISE_SOON, f"Promised for {told}")


def notice_of_review(name: str, due_on: date, today: date, at: datetime) -> Notice:
    """What is told of a review that is due or was missed."""
    if due_on == today:
        return Notice(at, f"Review due today: {name}")
    return Notice(at, f"Review missed since {plain_day(due_on)}: {name}")
