"""Asks for a change under a key, so that one that is asked for again, for nobody heard the answer, is stored once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from tuitrack.domain.errors import StoredAlready

if TYPE_CHECKING:
    from tuitrack.services.ports import Reader

KEY_MAX = 100
"""Characters of a key that a script brings along."""

_KEY: ContextVar[str | None] = ContextVar("key", default=None)


def new_key() -> str:
    """A key that nobody else makes."""
    return os.urandom(16).hex()


@contextmanager
def stored_once(key: str | None) -> Iterator[None]:
    """Let the one change that is made in here have a key; a second one under it is refused as StoredAlready."""
    token = _KEY.set(key)
    try:
        yield
    finally:
        _KEY.reset(token)


def key_in_force() -> str | None:
    """The key that a change made now is asked for under, None where it has none."""
    return _KEY.get()


def refuse_again(reader: Reader) -> None:
    """Raise StoredAlready where the change was made under the key in force."""
    if (key := key_in_force()) is not None and (told := told_of(reader, key)):
        raise StoredAlready(told)


def told_of(reader: Reader, key: str) -> str:
    """What was stored under a key, as a sentence; empty where nothing was."""
    change = reader.change_of(key)
    if change is None:
        return ""
    entry = reader.entry(change.id)
    return f"Stored already in {reader.case(change.case_id).reference}: {entry.summary}. It is not stored again."
