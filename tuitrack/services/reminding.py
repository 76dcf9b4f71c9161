"""Reminders: what is to be told to the agent at work within the next minutes, without being asked for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tuitrack.domain.reminders import PROMISE_SOON, Notice, notice_of, notice_of_promise, notice_of_review
from tuitrack.domain.words import Role
from tuitrack.lean import dataclass
from tuitrack.services.desk import Desk

if TYPE_CHECKING:
    from tuitrack.services.ports import Reader

REACH = timedelta(minutes=10)
"""How far ahead is looked; whatever comes later is found by a later look."""
_MOMENT = timedelta(milliseconds=1)
NOTICES_MOST = 50
"""How many of each sort are read at a time."""


@dataclass(frozen=True, slots=True)
class Look:
    """Whose reminders are looked for, and from when until when."""

    owner: str | None
    """None for everybody's, and for cases that nobody has."""
    since: datetime
    before: datetime
    me: str
    is_first: bool
    """Whether nothing was looked for before; what has been so for days is told then."""


Source = Callable[["Reader", Look], Iterable[Notice]]
"""Finds what is to be told of one sort."""


def _passing(reader: Reader, look: Look) -> Iterable[Notice]:
    """Deadlines that pass, and the targets before them."""
    return map(notice_of, reader.becoming_due(look.owner, look.since, look.before, NOTICES_MOST))


def _promised(reader: Reader, look: Look) -> Iterable[Notice]:
    """Promises that are due soon: those of the agent, and those that are open in their cases."""
    since, before = look.since + PROMISE_SOON, look.before + PROMISE_SOON
    for promise in reader.promises_due(look.owner, since, before, NOTICES_MOST):
        yield notice_of_promise(promise, look.since.tzinfo)


def _reviewed(reader: Reader, look: Look) -> Iterable[Notice]:
    """Reviews that are due, to whoever holds them: at the start, and as their day begins."""
    begin = look.before.replace(hour=0, minute=0, second=0, microsecond=0)
    if look.is_first or look.since <= begin < look.before:
        at = look.since - _MOMENT if look.is_first else begin
        for name, day in reader.reviews_due(look.me, look.before.date()).items():
            yield notice_of_review(name, day, look.before.date(), at)


SOURCES: tuple[Source, ...] = (_passing, _promised, _reviewed)
"""Everything that is told by itself."""


class ReminderService:
    """Looks ahead for the agent at work: at their own cases, and for a supervisor at all."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def coming(self, since: datetime, *, is_first: bool = False) -> list[Notice]:
        """What is told from a moment on and within `REACH` of now, in the order in which it becomes true."""
        desk = self._desk
        with desk.store.reading() as reader:
            agent = reader.agent(desk.agent)
            owner = None if agent is not None and agent.role is Role.SUPERVISOR else desk.agent
            look = Look(owner, since, desk.now() + REACH, desk.agent, is_first)
            return sorted(notice for source in SOURCES for notice in source(reader, look))
