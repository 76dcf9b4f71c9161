"""Reads phrases as they are written in a file; whatever is wrong is told in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tuitrack.domain.phrases import PLACEHOLDERS, DayWords, Moment, Phrase, PhraseBook
from tuitrack.domain.written import Written, WrittenFile

PHRASE_MAX = 1_000
"""Characters a phrase may have: more cannot be said at one go."""
_LANGUAGE = re.compile("[a-z]{2}")
_MOMENTS = {moment.value: moment for moment in Moment}
_FORM_PARTS = frozenset({"weekday", "day", "month", "time"})


def read_phrases(written: Written, where: str) -> PhraseBook:
    """The phrases that a file holds, in their order."""
    return _Reading(where).book(written)


class _Reading(WrittenFile):
    """One file as it is read."""

    def book(self, written: Written) -> PhraseBook:
        """All phrases, and how each language says days."""
        self._known(written, ("phrases", "days"), "")
        days = self._table(written.get("days", {}), "days")
        return PhraseBook(
            tuple(self._phrases(written)),
            {self._language(name, "days"): self._day_words(table, f"days.{name}") for name, table in days.items()},
        )

    def _phrases(self, written: Written) -> Iterator[Phrase]:
        for number, table in self._tables(written, "phrases"):
            place = f"phrase {number}"
            self._known(table, ("moment", "language", "text"), place)
            moment = table.get("moment")
            if not isinstance(moment, str) or moment not in _MOMENTS:
                raise self._refusal(f"{place}, moment", f"one of {', '.join(_MOMENTS)}", moment)
            language = self._language(table.get("language"), f"{place}, language")
            phrase = Phrase(_MOMENTS[moment], language, self._line(table.get("text"), f"{place}, text", PHRASE_MAX))
            self._check_placeholders(phrase, place)
            yield phrase

    def _check_placeholders(self, phrase: Phrase, place: str) -> None:
        """Refuse a phrase that asks for something that no case has."""
        if unknown := sorted(phrase.placeholders.difference(PLACEHOLDERS)):
            expected = f"in braces only {', '.join(PLACEHOLDERS)}"
            raise self._refusal(f"{place}, text", expected, f"{{{unknown[0]}}}")

    def _day_words(self, typed: Any, place: str) -> DayWords:
        table = self._table(typed, place)
        self._known(table, ("weekdays", "months", "form"), place)
        form = self._line(table.get("form"), f"{place}, form", PHRASE_MAX)
        if not Phrase(Moment.NEXT, "", form).placeholders <= _FORM_PARTS:
            raise self._refusal(f"{place}, form", "{weekday}, {day}, {month} and {time} as they stand together", form)
        return DayWords(
            self._names(table.get("weekdays"), 7, f"{place}, weekdays"),
            self._names(table.get("months"), 12, f"{place}, months"),
            form,
        )

    def _names(self, typed: Any, count: int, place: str) -> tuple[str, ...]:
        if not isinstance(typed, list) or len(typed) != count:
            raise self._refusal(place, f"a list of {count} words", typed)
        return tuple(self._line(word, place) for word in typed)

    def _language(self, typed: Any, place: str) -> str:
        if not isinstance(typed, str) or not _LANGUAGE.fullmatch(typed):
            raise self._refusal(place, "a language as two small letters, such as en", typed)
        return typed
