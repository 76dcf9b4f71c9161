"""Promises and how many were kept, as lines to read and as facts for other programs."""

from __future__ import annotations

from datetime import datetime

from tuitrack.domain.deadlines import is_overdue
from tuitrack.domain.due_words import due_words
from tuitrack.domain.promises import FIGURES, KeptLine, PromiseLine, Standing
from tuitrack.domain.spoken_time import plain_when
from tuitrack.exchange.facts import Facts

PROMISE_FACTS = (
    *("id", "reference", "customer", "owner", "standing", "what", "to", "by", "made_at", "due_at"),
    *("settled_at", "settled_by", "because", "moved_to", "told_at"),
)
KEPT_FACTS = ("name", *(word.value for word in FIGURES), "rate_percent")
"""The names of the facts, in their order."""


def promise_line(line: PromiseLine, now: datetime) -> str:
    """A promise on one line: how it stands, the reference, by whom, for whom, what."""
    promise = line.promise
    stands = due_words(promise.due_at, now) if promise.is_open else f"{line.standing.label}, {_due(line, now)}"
    return "  ".join([stands, line.reference, promise.by, line.customer, promise.what])


def promise_facts(line: PromiseLine, now: datetime) -> Facts:
    """A promise for another program, with moments in the office's zone."""
    promise = line.promise
    overdue = promise.is_open and is_overdue(promise.due_at, now)
    return {
        "id": promise.id,
        "reference": line.reference,
        "customer": line.customer,
        "owner": line.owner,
        "standing": Standing.OVERDUE.value if overdue else line.standing.value,
        "what": promise.what,
        "to": promise.to,
        "by": promise.by,
        "made_at": _iso(promise.made_at, now),
        "due_at": _iso(promise.due_at, now),
        "settled_at": _iso(promise.settled_at, now),
        "settled_by": promise.settled_by,
        "because": promise.settled_note or None,
        "moved_to": _iso(line.moved_to, now),
        "told_at": _iso(line.told_at, now),
    }


def kept_line(line: KeptLine) -> str:
    """The figures of one agent, team or category on one line."""
    rate = "no rate" if line.figures.rate is None else f"{line.figures.rate} %"
    return ", ".join([f"{line.name}: {rate}", *(f"{word.value} {line.figures.count(word)}" for word in FIGURES)])


def kept_facts(line: KeptLine) -> Facts:
    """The same for another program."""
    counts = {word.value: line.figures.count(word) for word in FIGURES}
    return {"name": line.name, **counts, "rate_percent": line.figures.rate}


def _due(line: PromiseLine, now: datetime) -> str:
    return f"due {plain_when(line.promise.due_at.astimezone(now.tzinfo))}"


def _iso(at: datetime | None, now: datetime) -> str | None:
    return None if at is None else at.astimezone(now.tzinfo).isoformat(timespec="seconds")
