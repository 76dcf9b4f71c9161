"""Reads phrases as they are written in a file; whatever is wrong is told in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from tuitrack.domain.filled_reading import FilledFile
from tuitrack.domain.filling import strange_braces
from tuitrack.domain.phrases import DayWords, Moment, Phrase, PhraseBook
from tuitrack.domain.words import RemedyKind
from tuitrack.domain.written import Written

PHRASE_MAX = 1_000
"""Characters a phrase may have: more cannot be said at one go."""
_MOMENTS = {moment.value: moment for moment in Moment}
_FORM_PARTS = frozenset({"weekday", "day", "month", "time"})
_DATE_PARTS = frozenset({"day", "month", "year"})
_REMEDIES = tuple(kind.value for kind in RemedyKind)
T = TypeVar("T")


def read_phrases(written: Written, where: str, source: str = "") -> PhraseBook:
    """The phrases that a file holds, in their order; `source` is its text, by which a line is named."""
    return _Reading(where, source).book(written)


class _Reading(FilledFile):
    """One file as it is read."""

    def book(self, written: Written) -> PhraseBook:
        """All phrases, and how each language says days and remedies."""
        self._known(written, ("phrases", "days", "remedies"), "")
        return PhraseBook(
            tuple(self._phrases(written)),
            self._by_language(written, "days", self._day_words),
            self._by_language(written, "remedies", self._remedies),
        )

    def _by_language(self, written: Written, name: str, read: Callable[[Any, str], T]) -> dict[str, T]:
        """What the tables `[name.language]` hold."""
        tables = self._table(written.get(name, {}), name)
        return {self._language(one, name): read(table, f"{name}.{one}") for one, table in tables.items()}

    def _phrases(self, written: Written) -> Iterator[Phrase]:
        for number, table in self._tables(written, "phrases"):
            place = f"phrase {number}"
            self._known(table, ("moment", "language", "text"), place)
            moment = table.get("moment")
            if not isinstance(moment, str) or moment not in _MOMENTS:
                raise self._refusal(f"{place}, moment", f"one of {', '.join(_MOMENTS)}", moment)
            language = self._language(table.get("language"), f"{place}, language")
            text = self._line(table.get("text"), f"{place}, text", PHRASE_MAX)
            yield Phrase(_MOMENTS[moment], language, self._with_fields(text, place, "text"))

    def _remedies(self, typed: Any, place: str) -> dict[RemedyKind, str]:
        table = self._table(typed, place)
        self._known(table, _REMEDIES, place)
        return {RemedyKind(name): self._line(word, f"{place}, {name}") for name, word in table.items()}

    def _day_words(self, typed: Any, place: str) -> DayWords:
        table = self._table(typed, place)
        self._known(table, ("weekdays", "months", "form", "date"), place)
        form = self._line(table.get("form"), f"{place}, form", PHRASE_MAX)
        if strange_braces(form, _FORM_PARTS):
            raise self._refusal(f"{place}, form", "{weekday}, {day}, {month} and {time} as they stand together", form)
        date = self._line(table.get("date", ""), f"{place}, date", PHRASE_MAX, empty=True)
        if strange_braces(date, _DATE_PARTS):
            raise self._refusal(f"{place}, date", "{day}, {month} and {year} as they stand together", date)
        return DayWords(
            self._names(table.get("weekdays"), 7, f"{place}, weekdays"),
            self._names(table.get("months"), 12, f"{place}, months"),
            form,
            date,
        )

    def _names(self, typed: Any, count: int, place: str) -> tuple[str, ...]:
        if not isinstance(typed, list) or len(typed) != count:
            raise self._refusal(place, f"a list of {count} words", typed)
        return tuple(self._line(word, place) for word in typed)
