"""Phrases for the moment: what to say to a customer, by language, filled with what is known of the case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime

from tuitrack.domain.words import EntryKind, Word
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

WHEN = "when"
"""The placeholder for the moment by which a promise is kept, in the words of the phrase's language."""
PLACEHOLDERS = ("customer", "reference", "contact", "promise", WHEN)
"""What may stand in braces in a phrase."""
_BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Something to say at a moment, with its placeholders."""

    moment: Moment
    language: str
    text: str

    @property
    def placeholders(self) -> frozenset[str]:
        """The names that stand in braces."""
        return frozenset(_BRACES.findall(self.text))

    def filled(self, values: Mapping[str, str]) -> str:
        """The phrase with the values of a case, put in as they are; all of its placeholders must be among them."""
        return _BRACES.sub(lambda found: values[found[1]], self.text)


@dataclass(frozen=True, slots=True)
class DayWords:
    """How a language says a moment."""

    weekdays: tuple[str, ...]
    """From Monday on."""
    months: tuple[str, ...]
    """As they stand after the day."""
    form: str
    """How they stand together, with {weekday}, {day}, {month} and {time}."""

    def said(self, at: datetime) -> str:
        """A moment in the zone it has."""
        words = {
            "weekday": self.weekdays[at.weekday()],
            "day": str(at.day),
            "month": self.months[at.month - 1],
            "time": f"{at:%H:%M}",
        }
        return _BRACES.sub(lambda found: words[found[1]], self.form)


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """All phrases of a desk and the words of their languages."""

    phrases: tuple[Phrase, ...] = ()
    days: Mapping[str, DayWords] = field(default_factory=dict)

    def said(self, at: datetime, language: str) -> str:
        """A moment in the words of a language, in digits where the book has none for it."""
        words = self.days.get(language)
        return words.said(at) if words else f"{at:%d.%m.%Y, %H:%M}"

    def of(self, languages: Iterable[str], known: Iterable[str]) -> list[Phrase]:
        """The phrases of some languages in their order, by moment, that need nothing but what is known of a case."""
        has, ranks = frozenset(known), list(dict.fromkeys(languages))
        moments = list(Moment)
        fitting = [one for one in self.phrases if one.language in ranks and one.placeholders <= has]
        return sorted(fitting, key=lambda one: (ranks.index(one.language), moments.index(one.moment)))
