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

_SHAPELESS = "The database {path} has not the shape that tuitrack gave it: it is damaged, or was changed by hand."

_INTERRUPTED = 9

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
"""SQLite's primary result codes that a person may meet."""


@contextmanager
def told_as_sentences(path: Path) -> Iterator[None]:
    """Raise a `StoreFault` for whatever the database may fail with in daily use; faults of the program pass."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise StoreFault(_DAMAGED.format(path=path)) from error
    except DRIVER_ERRORS as error:
        codes = list(_codes(error))
        if _INTERRUPTED in codes:
            raise Superseded("Nobody waits for this answer any more.") from error
        sentence = next((_SENTENCES[code] for code in codes if code in _SENTENCES), _of_shape(error))
        if sentence is None:
            raise
        raise StoreFault(sentence.format(path=path)) from error


def _of_shape(error: BaseException) -> str | None:
    """What a table or column means that is not where every migration has put it."""
    return _SHAPELESS if str(error).startswith(("no such column", "no such table")) else None


def _codes(error: BaseException) -> Iterator[int]:
    """SQLite's primary result codes, of the error and those before it: a full disk hides behind a failed rollback."""
    seen: BaseException | None = error
    while seen is not None:
        code = getattr(seen, "sqlite_errorcode", None) or getattr(seen, "result", None)
        if isinstance(code, int):
            yield code & 0xFF
        seen = seen.__cause__ or seen.__context__
