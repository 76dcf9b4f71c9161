"""Phrases for the moment, filled from a case, and kept on its timeline where it is a fact that they were said."""

from __future__ import annotations

from tuitrack.domain.filling import filled
from tuitrack.domain.phrases import TOLD, Moment
from tuitrack.lean import dataclass
from tuitrack.services.case_fields import FALLBACK, fields_of_case
from tuitrack.services.changing import changing
from tuitrack.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Offered:
    """A phrase ready to be said in a case."""

    moment: Moment
    language: str
    text: str


class PhraseService:
    """Offers what to say, and keeps that it was said."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def offered(self, case_id: int) -> list[Offered]:
        """What can be said in a case, in the customer's language, then the desk's; raises NotFound, and Refusal for
        the desk's own file where something is wrong with it."""
        fields = fields_of_case(self._desk, case_id)
        known = fields.in_words(FALLBACK)
        found = fields.book.of(fields.languages, known) or fields.book.of([FALLBACK], known)
        return [Offered(one.moment, one.language, filled(one.text, fields.in_words(one.language))) for one in found]

    def tell(self, case_id: int, moment: Moment, text: str) -> None:
        """Keep on the timeline that a phrase was said, where that is a fact of the case."""
        if moment in TOLD:
            kind, summary = TOLD[moment]
            with changing(self._desk, case_id) as change:
                change.log(kind, summary, text)
