"""Reads letters as they are written in a file; whatever is wrong is told in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tuitrack.domain.filled_reading import FilledFile
from tuitrack.domain.filling import FIELDS
from tuitrack.domain.letters import Letter, LetterBook
from tuitrack.domain.phrases import Moment
from tuitrack.domain.words import DueKind
from tuitrack.domain.written import Written

LETTER_MAX = 10_000
"""Characters a letter may have before it is filled."""
_NAME = re.compile("[a-z][a-z0-9-]{0,39}")
_KNOWN = (
    "name",
    "language",
    "title",
    "subject",
    "text",
    "needs",
    "says",
    "decision",
    "meant_for",
    "after_closing",
)


def read_letters(written: Written, where: str, source: str = "") -> LetterBook:
    """The letters that a file holds, in their order; `source` is its text, by which a line is named."""
    return _Reading(where, source).book(written)


class _Reading(FilledFile):
    """One file as it is read."""

    def book(self, written: Written) -> LetterBook:
        """All letters, each of its own name and language."""
        self._known(written, ("letters",), "")
        found: dict[tuple[str, str], Letter] = {}
        for number, letter in self._letters(written):
            key = (letter.name, letter.language)
            if key in found:
                expected = "a name that no other letter of its language has"
                raise self._refusal(f"letter {number}, name", expected, letter.name)
            found[key] = letter
        return LetterBook(tuple(found.values()))

    def _letters(self, written: Written) -> Iterator[tuple[int, Letter]]:
        for number, table in self._tables(written, "letters"):
            place = f"letter {number}"
            self._known(table, _KNOWN, place)
            yield (
                number,
                Letter(
                    name=self._name(table.get("name"), f"{place}, name"),
                    language=self._language(table.get("language"), f"{place}, language"),
                    title=self._line(table.get("title"), f"{place}, title"),
                    subject=self._with_fields(self._line(table.get("subject"), f"{place}, subject"), place, "subject"),
                    text=self._with_fields(self._text(table.get("text"), f"{place}, text", LETTER_MAX), place, "text"),
                    needs=self._fields(table.get("needs", []), f"{place}, needs"),
                    says=self._words(table.get("says", []), f"{place}, says", Moment),
                    tells_decision=self._flag(table, "decision", place),
                    meant_for=self._words(table.get("meant_for", []), f"{place}, meant_for", DueKind),
                    after_closing=self._flag(table, "after_closing", place),
                ),
            )

    def _name(self, typed: Any, place: str) -> str:
        if not isinstance(typed, str) or not _NAME.fullmatch(typed):
            raise self._refusal(place, "a word of small letters, digits and hyphens, such as follow-up", typed)
        return typed

    def _fields(self, typed: Any, place: str) -> frozenset[str]:
        names = self._list(typed, place)
        for name in names:
            if name not in FIELDS:
                raise self._refusal(place, ", ".join(FIELDS), name)
        return frozenset(names)

    def _flag(self, table: Written, name: str, place: str) -> bool:
        typed = table.get(name, False)
        if not isinstance(typed, bool):
            raise self._refusal(f"{place}, {name}", "true or false", typed)
        return typed
