"""Letters and e-mails to a customer: written once for the desk, by language, and filled from a case."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import date

from tuitrack.domain.filling import FIELDS, fields_of
from tuitrack.domain.phrases import Moment
from tuitrack.domain.words import Channel, Delivery, DueKind
from tuitrack.lean import dataclass

GOES: Mapping[Delivery, Channel] = {Delivery.EMAIL: Channel.EMAIL, Delivery.POST: Channel.LETTER}
"""How a letter may go, and the channel by which it then left us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter as the desk keeps it, with its fields in braces."""

    name: str
    """The word by which it is asked for, the same in every language."""
    language: str
    title: str
    """What it is called in a list."""
    subject: str
    text: str
    """Its paragraphs, parted by empty lines; one that needs what a case lacks is left out."""
    needs: frozenset[str] = frozenset()
    """The fields without which it makes no sense."""
    says: frozenset[Moment] = frozenset()
    """What the customer is told by it and the timeline keeps, as it keeps phrases that were said."""
    tells_decision: bool = False
    """Whether the customer hears the decision by it."""
    meant_for: frozenset[DueKind] = frozenset()
    """The deadlines that it is meant to meet."""
    after_closing: bool = False
    """Whether it is meant to go once the case is closed."""

    def lacks(self, known: Container[str]) -> list[str]:
        """The fields that it needs and that are not known, in the order in which all of them are listed."""
        needed = self.needs | fields_of(self.subject)
        return [name for name in FIELDS if name in needed and name not in known]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingLetter:
    """A letter as it goes to a customer."""

    customer: str
    to: str
    """The e-mail address, or the address on the envelope."""
    how: Delivery
    subject: str
    text: str
    language: str
    office: str
    dated: str
    """Its day, in its language."""
    day: date


@dataclass(frozen=True, slots=True)
class LetterBook:
    """All letters of a desk."""

    letters: tuple[Letter, ...] = ()

    def before(self, other: LetterBook) -> LetterBook:
        """These letters before others, which are left out where these have one of the same name and language."""
        own = {(one.name, one.language) for one in self.letters}
        return LetterBook((*self.letters, *(one for one in other.letters if (one.name, one.language) not in own)))

    def of(self, languages: Iterable[str]) -> list[Letter]:
        """The letters of some languages, those of the first language first."""
        ranks = list(dict.fromkeys(languages))
        return sorted((one for one in self.letters if one.language in ranks), key=lambda one: ranks.index(one.language))

    @property
    def names(self) -> list[str]:
        """The names of all letters, each once."""
        return list(dict.fromkeys(one.name for one in self.letters))
