"""Phrases for the moment, filled from a case, and kept on its timeline where it is a fact that they were said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuitrack.domain.phrases import TOLD, WHEN, Moment
from tuitrack.lean import dataclass
from tuitrack.services.casefile import CaseFile, contact_name, read_file
from tuitrack.services.changing import changing
from tuitrack.services.desk import Desk

FALLBACK = "en"
"""The language offered where there is no phrase in the customer's and the desk's."""


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
        book = self._desk.phrases()
        with self._desk.store.reading() as reader:
            file = read_file(reader, case_id, self._desk)
            values = self._values(reader, file)
        promise = file.next_promise
        known = {*values, *([WHEN] if promise else [])}
        languages = [file.customer.language.strip().lower()[:2], self._desk.settings.language]
        found = book.of(languages, known) or book.of([FALLBACK], known)
        offered = []
        for phrase in found:
            when = book.said(promise.due_at.astimezone(self._desk.zone), phrase.language) if promise else ""
            offered.append(Offered(phrase.moment, phrase.language, phrase.filled({**values, WHEN: when})))
        return offered

    def tell(self, case_id: int, moment: Moment, text: str) -> None:
        """Keep on the timeline that a phrase was said, where that is a fact of the case."""
        if moment in TOLD:
            kind, summary = TOLD[moment]
            with changing(self._desk, case_id) as change:
                change.log(kind, summary, text)

    def _values(self, reader: Reader, file: CaseFile) -> dict[str, str]:
        """What the case has of the placeholders; braces in it are nothing but text."""
        promise = file.next_promise
        values = {
            "customer": file.customer.name,
            "reference": file.case.reference,
            "contact": contact_name(reader, file.case),
            "promise": promise.what if promise else "",
        }
        return {name: value for name, value in values.items() if value}


if TYPE_CHECKING:
    from tuitrack.services.ports import Reader
