"""Stores whatever is asked for once: under a key, by which it is known again where nobody heard that it was stored."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import TYPE_CHECKING

from tuitrack.domain.errors import NotFound, NotKnown, StoredAlready, StoreFault, Unreachable

if TYPE_CHECKING:
    from tuitrack.services.desk import Desk
    from tuitrack.services.ports import Reader, Writer

KEY_MAX = 100
"""Characters of a key that a script brings along."""


class _Asked:
    """What is asked for under a key; it may take several transactions, each known by a key of its own."""

    def __init__(self, key: str) -> None:
        self._key = key
        self.stored = 0

    @property
    def key(self) -> str:
        """The key of the transaction that comes next."""
        return f"{self._key} {self.stored + 1}" if self.stored else self._key


_ASKED: ContextVar[_Asked | None] = ContextVar("asked", default=None)


def new_key() -> str:
    """A key that nobody else makes."""
    return os.urandom(16).hex()


@contextmanager
def stored_once(key: str | None) -> Iterator[None]:
    """Let what is done in here have a key; when it is done again under the same one, it is refused as StoredAlready.

    Without one, whatever is stored gets a key of its own.
    """
    token = _ASKED.set(_Asked(key) if key is not None else None)
    try:
        yield
    finally:
        _ASKED.reset(token)


def key_in_force() -> str | None:
    """The key under which something is asked for now, None where it gets one of its own."""
    asked = _ASKED.get()
    return asked.key if asked else None


@contextmanager
def stored_for_certain(desk: Desk) -> Iterator[Writer]:
    """Open a transaction of which it is known in the end whether it was stored, though the database is lost meanwhile.

    Raises StoredAlready where something was stored under the key in force, and NotKnown where the database was lost at
    the very end and does not come back in time.
    """
    asked = _ASKED.get()
    key = asked.key if asked else new_key()
    try:
        with desk.store.writing() as writer:
            if asked and (told := told_of(writer, key)):
                raise StoredAlready(told)
            yield writer
            now = desk.clock()
            writer.keep_receipt(key, now, now - kept_for(desk))
    except NotKnown as fault:
        if not _is_stored(desk, key, fault):
            raise Unreachable(fault.if_not_stored) from fault
    if asked:
        asked.stored += 1


def told_of(reader: Reader, key: str) -> str:
    """What was stored under a key, as a sentence; empty where nothing was."""
    receipt = reader.receipt(key)
    if receipt is None:
        return ""
    try:
        entry = reader.entry(receipt.entry_id or 0)
    except NotFound:
        return "Stored already. It is not stored again."
    return f"Stored already in {reader.case(entry.case_id).reference}: {entry.summary}. It is not stored again."


def kept_for(desk: Desk) -> timedelta:
    """How long a key is known: as long as a draft that may bring it along."""
    return timedelta(days=desk.settings.drafts_for_days)


def _is_stored(desk: Desk, key: str, fault: NotKnown) -> bool:
    """Whether something was stored under a key, once the database answers again; else raises the fault.

    It is asked as one who writes: by then the transaction of which nobody heard has ended, whatever its end was.
    """

    def found() -> bool:
        with desk.store.writing() as writer:
            return writer.receipt(key) is not None

    try:
        return desk.patience.ask(found)
    except StoreFault:
        raise fault from None
