"""What a failing server means to the person at work, said as a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from tuitrack.domain.errors import StoreFault, Superseded, Unreachable
from tuitrack.domain.text import one_line
from tuitrack.storage.postgresql.driver import DRIVER_ERRORS

_GONE = "The database {name} does not answer: {reason}. Nothing was stored; try again in a moment."

_SENTENCES = {
    "55P03": "The database is busy: somebody else kept writing for too long. Nothing was stored; try again.",
    "08": _GONE,
    "57": _GONE,
    "42501": "The database {name} does not allow this to tuitrack's user: it has to own the tables.",
    "25006": "The database {name} can only be read at the moment: it is a standby. Nothing was stored.",
    "53100": "The disk of {name} is full: nothing was stored. Make room on it, then save again.",
    "53300": "The database {name} has no connection left. Nothing was stored; try again, or have more allowed.",
    "XX": "The database {name} is damaged. Stop working in it and put the latest backup in its place.",
}
"""By the codes that PostgreSQL gives its errors, or the two characters of their class."""
_INTERRUPTED = "57014"


@contextmanager
def told_as_sentences(name: str) -> Iterator[None]:
    """Raise a `StoreFault` for whatever the server may fail with in daily use; faults of the program pass."""
    try:
        yield
    except DRIVER_ERRORS as error:
        errors = list(_errors(error))
        codes = [one.sqlstate or "08" for one in errors if one.sqlstate or isinstance(one, psycopg.OperationalError)]
        if _INTERRUPTED in codes:
            raise Superseded("Nobody waits for this answer any more.") from error
        known = (_SENTENCES.get(code) or _SENTENCES.get(code[:2]) for code in codes)
        sentence = next(filter(None, known), None)
        if sentence is None:
            raise
        kind = Unreachable if sentence == _GONE else StoreFault
        raise kind(sentence.format(name=name, reason=_reason(errors[0]))) from error


def _errors(error: BaseException) -> Iterator[psycopg.Error]:
    """What psycopg raised, the error and those before it: a broken connection hides behind a failed rollback."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, psycopg.Error):
            yield seen
        seen = seen.__cause__ or seen.__context__


def _reason(error: psycopg.Error) -> str:
    """What the server or its line says: of several hosts that were tried, the last word of the last one."""
    last = [line for line in str(error).splitlines() if line.strip()][-1]
    return one_line(re.split(r"FATAL:|failed:", last)[-1], 100).rstrip(".")
