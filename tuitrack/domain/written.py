"""What reading any of the desk's files shares: tables and names as they are written, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from tuitrack.domain.errors import Refusal
from tuitrack.domain.text import SUBJECT_MAX, clean, fold
from tuitrack.domain.words import Word

W = TypeVar("W", bound=Word)

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

    def _tables(self, written: Written, name: str) -> Iterator[tuple[int, Written]]:
        """The tables begun with `[[name]]`, counted from 1."""
        typed = written.get(name, [])
        if not isinstance(typed, list | tuple):
            raise self._refusal(name, f"tables, each one begun with [[{name}]]", typed)
        for number, one in enumerate(typed, 1):
            yield number, self._table(one, f"{name.removesuffix('s')} {number}")

    def _known(self, table: Written, names: tuple[str, ...], place: str) -> None:
        """Refuse a name that means nothing here."""
        for name in table:
            if name not in names:
                from difflib import get_close_matches

                nearest = get_close_matches(name, names, n=1, cutoff=0.0)[0]
                within = f", {place}" if place else ""
                raise Refusal(f"{self._where}{within}: “{name}” means nothing here; the nearest is “{nearest}”.", name)

    def _list(self, typed: Any, place: str, *, blank: bool = False) -> list[str]:
        """The words of a list, or the one that stands alone in its place; with `blank` one may be empty."""
        values = [typed] if isinstance(typed, str) else typed
        if not isinstance(values, list) or not all(isinstance(one, str) and (blank or one.strip()) for one in values):
            raise self._refusal(place, "a word, or a list of words", typed)
        return values

    def _words(self, typed: Any, place: str, kind: type[W]) -> frozenset[W]:
        """Words of a closed list, each as it is stored or as it is told."""
        known = {fold(spelling): word for word in kind for spelling in (word.value, word.label)}
        values = self._list(typed, place)
        for value in values:
            if fold(value) not in known:
                raise self._refusal(place, ", ".join(word.label for word in kind), value)
        return frozenset(known[fold(value)] for value in values)

    def _line(self, typed: Any, place: str, most: int = SUBJECT_MAX, *, empty: bool = False) -> str:
        """A text on one line, cleaned as everything is that people type."""
        text = " ".join(clean(typed, lines=False).split()) if isinstance(typed, str) else ""
        if not isinstance(typed, str) or not (text or empty) or len(text) > most:
            raise self._refusal(place, f"a text of {'at most' if empty else '1 to'} {most} characters", typed)
        return text

    def _refusal(self, place: str, expected: str, typed: Any) -> Refusal:
        given = "nothing is there" if typed is None else f"not {str(typed)[:60]!r}"
        return Refusal(f"{self._where}, {place}: expected {expected}; {given}.", place.rpartition(", ")[2])
