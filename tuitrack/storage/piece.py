"""Pieces of SQL with the values bound to their marks, put together into statements."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

_MARKS_MOST = 10_000
"""So many values are bound one by one; SQLite takes 32,766 of them, PostgreSQL 65,535."""


class Piece(NamedTuple):
    """A piece of SQL and a value for each of its marks, in their order."""

    sql: str
    values: tuple[Any, ...] = ()


def joined(pieces: Iterable[Piece], word: str, empty: str) -> Piece:
    """Conditions joined by AND or OR, each in brackets; `empty` stands where there is none."""
    several = tuple(pieces)
    sql = f" {word} ".join(f"({piece.sql})" for piece in several)
    return Piece(sql or empty, tuple(value for piece in several for value in piece.values))


LISTED_IDS = "SELECT CAST(value AS INTEGER) AS id FROM json_each(?)"
"""Selects the ids of a JSON list, of which there may be any number."""
LISTED_TEXTS = "SELECT CAST(value AS TEXT) FROM json_each(?)"
"""Selects the texts of a JSON list, likewise."""


def one_of(column: str, values: Iterable[Any]) -> Piece:
    """Whether a column is one of these values; many of them must be texts."""
    # An empty list would be found false before an index is chosen, and then none that was named could be.
    several = tuple(values) or (None,)
    if len(several) == 1:
        return Piece(f"{column} = ?", several)
    if len(several) > _MARKS_MOST:
        return Piece(f"{column} IN ({LISTED_TEXTS})", (json.dumps(several),))
    return Piece(f"{column} IN ({', '.join('?' * len(several))})", several)
