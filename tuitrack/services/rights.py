"""Asks with every write whether the person at work may do it: a right can be taken away while they work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tuitrack.domain.errors import NotAllowed
from tuitrack.domain.permissions import Right, may, refused
from tuitrack.services.once import stored_for_certain, stored_once

if TYPE_CHECKING:
    from tuitrack.domain.keeping import Denial
    from tuitrack.services.desk import Desk
    from tuitrack.services.ports import Reader, Writer

DENIALS_SHOWN = 100
"""As many of the last denials as are listed."""


class RightsService:
    """What the person at work may not do, and what was tried without a right to it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def missing(self) -> frozenset[Right]:
        """The rights that the person at work has not."""
        with self._desk.store.reading() as reader:
            return frozenset(right for right in Right if not allowed(reader, self._desk, right))

    def refusal(self, word: str) -> str:
        """Why the person at work may not do what they tried, which is kept; empty where by now they may."""
        try:
            check(self._desk, Right(word))
        except NotAllowed as refusal:
            return refusal.sentence
        return ""

    def denials(self) -> list[Denial]:
        """What was last tried by anybody without a right to it, newest first."""
        with self._desk.store.reading() as reader:
            return reader.denials(DENIALS_SHOWN)


@contextmanager
def writing(desk: Desk, right: Right | None = None) -> Iterator[Writer]:
    """Open a transaction of somebody who has a right, or for what everybody may do for themselves.

    Raises NotAllowed, and keeps that it was tried, whoever finds it out until the transaction ends; raises
    StoredAlready where the change was asked for before, under the key in force, and stored. Every write comes through
    here, so that all of them are stored once.
    """
    try:
        with stored_for_certain(desk) as writer:
            if right is not None:
                require(writer, desk, right)
            yield writer
    except NotAllowed as refusal:
        keep_denial(desk, refusal)
        raise


def check(desk: Desk, right: Right) -> None:
    """Raise NotAllowed where the person at work may not read that much, and keep that it was tried."""
    try:
        with desk.store.reading() as reader:
            require(reader, desk, right)
    except NotAllowed as refusal:
        keep_denial(desk, refusal)
        raise


def require(reader: Reader, desk: Desk, right: Right) -> None:
    """Raise NotAllowed where the person at work may not do it, or no longer works here."""
    refusal = _refusal(reader, desk, right)
    if refusal is not None:
        raise refusal


def allowed(reader: Reader, desk: Desk, right: Right) -> bool:
    """Whether the person at work may do it."""
    return _refusal(reader, desk, right) is None


def keep_denial(desk: Desk, refusal: NotAllowed) -> None:
    """Keep that somebody tried what they may not, outside the transaction that came to nothing."""
    from tuitrack.domain.keeping import Denial  # rights are asked for at the start, and are nearly always there

    with stored_once(None), stored_for_certain(desk) as writer:
        writer.add(Denial(at=desk.clock(), agent=desk.agent, right=refusal.right))


def _refusal(reader: Reader, desk: Desk, right: Right) -> NotAllowed | None:
    agent = reader.agent(desk.agent)
    if agent is None or not agent.active:
        return NotAllowed(f"{desk.agent} is not an active agent of this desk and may not {right.label}.", right)
    if desk.key and not any((one.fingerprint, one.agent) == (desk.key, desk.agent) for one in reader.agent_keys()):
        return NotAllowed(f"The key by which {agent.name} came in was taken away.", right)
    return None if may(agent.role, right) else refused(agent.name, right)
