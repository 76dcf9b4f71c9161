"""How many days of the office's calendar lie between two moments of a case, where only the moments are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache

from tuitrack.storage.fields import epoch_ms
from tuitrack.storage.piece import Piece

_DAY_MS = 86_400_000
_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
_STEP = timedelta(days=27)
"""No zone turns its clocks on and back within less."""
_ENDLESS = 1_000_000


def took(least: int | None, most: int | None, zone: tzinfo | None) -> Piece:
    """Whether a case was resolved that many days after it was received; never so of one that is not resolved."""
    resolved, received = _day("t1.resolved_at", zone or UTC), _day("t1.received_at", zone or UTC)
    return Piece(
        f"{resolved.sql} - {received.sql} BETWEEN ? AND ?",
        (*resolved.values, *received.values, -_ENDLESS if least is None else least, _ENDLESS if most is None else most),
    )


def _day(column: str, zone: tzinfo) -> Piece:
    """The number of the day of a zone on which a kept moment was."""
    (_, earliest), *turns = _offsets(zone)
    if not turns:
        return Piece(f"({column} + ?) / {_DAY_MS}", (earliest,))
    # The latest turn comes first, for most of what is asked about happened lately.
    when = " ".join(f"WHEN {column} >= ? THEN ?" for _ in turns)
    values = tuple(value for turn in reversed(turns) for value in turn)
    return Piece(f"({column} + CASE {when} ELSE ? END) / {_DAY_MS}", (*values, earliest))


@cache
def _offsets(zone: tzinfo) -> tuple[tuple[int, int], ...]:
    """From which moment on a zone was how far from UTC, both in milliseconds, the earliest first."""
    found = [(epoch_ms(_FIRST), _offset(_FIRST, zone))]
    at = _FIRST
    while at < _LAST:
        following = at + _STEP
        if _offset(following, zone) != _offset(at, zone):
            found.append((epoch_ms(_turn(at, following, zone)), _offset(following, zone)))
        at = following
    return tuple(found)


def _turn(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """The second at which a zone turned its clocks between two moments."""
    while after - before > timedelta(seconds=1):
        between = before + (after - before) // timedelta(seconds=2) * timedelta(seconds=1)
        before, after = (before, between) if _offset(between, zone) == _offset(after, zone) else (between, after)
    return after


def _offset(moment: datetime, zone: tzinfo) -> int:
    offset = moment.astimezone(zone).utcoffset() or timedelta()
    return offset // timedelta(milliseconds=1)
