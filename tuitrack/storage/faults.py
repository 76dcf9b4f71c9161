"""What a failing database means to the person at work, said as a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tuitrack.domain.errors import StoreFault, Superseded
from tuitrack.storage.database import DRIVER_ERRORS

_READ_ONLY = "The database {path} cannot be written: it is read-only for this account. Nothing was stored."
_BUSY = "The database is busy: somebody else kept writing for too long. Nothing was stored; try again."
_DAMAGED = "The database {path} is damaged. Stop working in it and put the latest backup in its place."

_INTERRUPTED = 9

#: SQLite's primary result codes that a person may meet.
_SENTENCES = {
    3: _READ_ONLY,
    5: _BUSY,
    6: _BUSY,
    8: _READ_ONLY,
    10: "The disk of {path} cannot be read or written. Nothing was stored; have the disk looked at.",
    11: _DAMAGED,
    13: "The disk is full: nothing was stored. Make room on the disk of {path}, then save again.",
    14: "The database {path} cannot be opened: the file or its folder is missing or closed to this account.",
    26: "{path} is not a database of tuitrack, or it is damaged. Put the latest backup in its place.",
}


@contextmanager
def told_as_sentences(path: Path) -> Iterator[None]:
    """Raise a `StoreFault` for whatever the database may fail with in daily use; faults of the program pass."""
    try:
        yield
    except DRIVER_ERRORS as error:
        if _code(error) == _INTERRUPTED:
            raise Superseded("Nobody waits for this answer any more.") from error
        sentence = _sentence(error)
        if sentence is None:
            raise
        raise StoreFault(sentence.format(path=path)) from error


def _sentence(error: BaseException) -> str | None:
    """The sentence of the error or of one before it: a full disk hides behind the rollback that fails after it."""
    seen: BaseException | None = error
    while seen is not None:
        if _code(seen) in _SENTENCES:
            return _SENTENCES[_code(seen)]
        seen = seen.__cause__ or seen.__context__
    return None


def _code(error: BaseException) -> int:
    """SQLite's primary result code, 0 where the error has none."""
    code = getattr(error, "sqlite_errorcode", None) or getattr(error, "result", None)
    return code & 0xFF if isinstance(code, int) else 0
