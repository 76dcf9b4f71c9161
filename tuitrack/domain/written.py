"""What reading any of the desk's files shares: tables and names as they are written, and what is said of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tuitrack.domain.errors import Refusal

Written = Mapping[str, Any]
"""What a file holds: tables by their names."""


class WrittenFile:
    """One file as it is read; whatever is wrong is refused with its place and what was expected there."""

    def __init__(self, where: str) -> None:
        """`where` is the file's name, with which every refusal begins."""
        self._where = where

    def _table(self, typed: Any, place: str) -> Written:
        if not isinstance(typed, dict):
            raise self._refusal(place, "a table", typed)
        return typed

    def _known(self, table: Written, names: tuple[str, ...], place: str) -> None:
        """Refuse a name that means nothing here."""
        for name in table:
            if name not in names:
                from difflib import get_close_matches

                nearest = get_close_matches(name, names, n=1, cutoff=0.0)[0]
                within = f", {place}" if place else ""
                raise Refusal(f"{self._where}{within}: “{name}” means nothing here; the nearest is “{nearest}”.", name)

    def _refusal(self, place: str, expected: str, typed: Any) -> Refusal:
        given = "nothing is there" if typed is None else f"not {str(typed)[:60]!r}"
        return Refusal(f"{self._where}, {place}: expected {expected}; {given}.", place.rpartition(", ")[2])
