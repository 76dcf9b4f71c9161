"""Phrases for the moment: what to say to a customer, by language, filled with what is known of the case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date, datetime

from tuitrack.domain.filling import fields_of, filled
from tuitrack.domain.words import EntryKind, RemedyKind, Word
from tuitrack.lean import dataclass


class Moment(Word):
    """When a phrase is said, in the order of a call."""

    RECORDING = "recording", "recording notice"
    EMPATHY = "empathy"
    THANKS = "thanks"
    APOLOGY = "apology"
    NEXT = "next", "what happens next"
    REJECTION = "rejection", "a no, said positively"
    FEEDBACK = "feedback", "asking for feedback"


TOLD: Mapping[Moment, tuple[EntryKind, str]] = {
    Moment.RECORDING: (EntryKind.NOTE, "Told the customer that the call is recorded"),
    Moment.THANKS: (EntryKind.THANKS, "Thanked the customer"),
    Moment.APOLOGY: (EntryKind.APOLOGY, "Apologised to the customer"),
    Moment.NEXT: (EntryKind.NOTE, "Told the customer what happens next"),
    Moment.FEEDBACK: (EntryKind.NOTE, "Asked the customer for feedback"),
}
"""What the timeline keeps of a phrase that was said; the others are manners, and no facts of the case."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Something to say at a moment, with its fields in braces."""

    moment: Moment
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class DayWords:
    """How a language says a moment, and a day."""

    weekdays: tuple[str, ...]
    """From Monday on."""
    months: tuple[str, ...]
    """As they stand after the day."""
    form: str
    """How they stand together, with {weekday}, {day}, {month} and {time}."""
    day_form: str = ""
    """How a day is written, with {day}, {month} and {year}."""

    def said(self, at: datetime) -> str:
        """A moment in the zone it has."""
        return filled(self.form, {"weekday": self.weekdays[at.weekday()], "time": f"{at:%H:%M}", **self._day(at)})

    def dated(self, day: date) -> str:
        """A day as it stands in a letter."""
        return filled(self.day_form, {"year": str(day.year), **self._day(day)})

    def _day(self, day: date) -> dict[str, str]:
        return {"day": str(day.day), "month": self.months[day.month - 1]}


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """All phrases of a desk and the words of their languages."""

    phrases: tuple[Phrase, ...] = ()
    days: Mapping[str, DayWords] = field(default_factory=dict)
    remedies: Mapping[str, Mapping[RemedyKind, str]] = field(default_factory=dict)
    """What each remedy is called, by language."""

    def before(self, other: PhraseBook) -> PhraseBook:
        """These phrases before others; where both have the words of a language, these hold."""
        return PhraseBook(
            (*self.phrases, *other.phrases), {**other.days, **self.days}, {**other.remedies, **self.remedies}
        )

    def said(self, at: datetime, language: str) -> str:
        """A moment in the words of a language, in digits where the book has none for it."""
        words = self.days.get(language)
        return words.said(at) if words else f"{at:%d.%m.%Y, %H:%M}"

    def dated(self, day: date, language: str) -> str:
        """A day in the words of a language, in digits where the book has none for it."""
        words = self.days.get(language)
        return words.dated(day) if words and words.day_form else f"{day:%d.%m.%Y}"

    def remedy(self, kind: RemedyKind, language: str) -> str:
        """What a remedy is called in a language, in the program's own words where the book has none for it."""
        return self.remedies.get(language, {}).get(kind, kind.label)

    def of(self, languages: Iterable[str], known: Iterable[str]) -> list[Phrase]:
        """The phrases of some languages in their order, by moment, that need nothing but what is known of a case."""
        has, ranks = frozenset(known), list(dict.fromkeys(languages))
        moments = list(Moment)
        fitting = [one for one in self.phrases if one.language in ranks and fields_of(one.text) <= has]
        return sorted(fitting, key=lambda one: (ranks.index(one.language), moments.index(one.moment)))
