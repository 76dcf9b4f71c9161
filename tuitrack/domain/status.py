"""The life of a case: which status may follow which, and the sentence a customer is told for each."""

from __future__ import annotations

from tuitrack.domain.errors import MoveRefused
from tuitrack.domain.words import Status

_WORKING = frozenset({Status.OPEN, Status.INVESTIGATING, Status.WAITING, Status.RESOLVED, Status.CLOSED})

MOVES: dict[Status, frozenset[Status]] = {
    Status.NEW: _WORKING,
    Status.OPEN: _WORKING - {Status.OPEN},
    Status.INVESTIGATING: _WORKING - {Status.INVESTIGATING},
    Status.WAITING: _WORKING - {Status.WAITING},
    Status.RESOLVED: frozenset({Status.OPEN, Status.CLOSED}),
    Status.CLOSED: frozenset({Status.OPEN}),
}
"""Every allowed move; anything else is refused. Closing has conditions of its own in `closure`."""

CUSTOMER_SENTENCE: dict[Status, str] = {
    Status.NEW: "Your complaint is recorded and is waiting for the person who will look after it.",
    Status.OPEN: "Your complaint is with a named person who is working on it.",
    Status.INVESTIGATING: "We are finding out what happened.",
    Status.WAITING: "We are waiting for something from you before we can go on.",
    Status.RESOLVED: "We consider it resolved and would like to hear from you whether it is.",
    Status.CLOSED: "Your complaint is closed.",
}
"""What the customer hears about each stage."""


def check_move(old: Status, new: Status, owner: str | None) -> None:
    """Refuse a status move that `MOVES` does not have, or one to a working status without an owner."""
    if new not in MOVES[old]:
        allowed = ", ".join(status.label for status in Status if status in MOVES[old])
        raise MoveRefused(
            f"Status: a case that is {old.label} cannot become {new.label}; it can become {allowed}.", "status"
        )
    if new in (Status.OPEN, Status.INVESTIGATING, Status.WAITING) and owner is None:
        raise MoveRefused(f"Owner: a case needs an owner before it can be {new.label}.", "owner")
