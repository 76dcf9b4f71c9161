"""What a case has of the fields that phrases and letters are filled with: what the customer may hear, and no more."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tuitrack.domain.deadlines import is_overdue
from tuitrack.domain.timeline import Promise, Remedy
from tuitrack.domain.words import Approval, RemedyKind
from tuitrack.services.casefile import CaseFile, contact_name, read_file
from tuitrack.services.desk import Desk

if TYPE_CHECKING:
    from tuitrack.services.ports import Reader

FALLBACK = "en"
"""The language offered where there is nothing in the customer's and the desk's."""


class CaseFields:
    """The fields of one case as it stands; braces in what people typed are nothing but text."""

    def __init__(self, reader: Reader, case_id: int, desk: Desk) -> None:
        self.file = read_file(reader, case_id, desk)
        self._promise = _still_to_come(self.file, desk.clock())
        self._contact = contact_name(reader, self.file.case)
        self._desk = desk
        self.book = desk.phrases()

    @property
    def languages(self) -> list[str]:
        """The customer's language, then the desk's."""
        return [self.file.customer.language.strip().lower()[:2], self._desk.settings.language]

    def in_words(self, language: str) -> dict[str, str]:
        """The fields that the case has, in the words of a language; which these are is the same in every one."""
        file, case, promise = self.file, self.file.case, self._promise
        zone = self._desk.zone
        values = {
            "customer": file.customer.name,
            "reference": case.reference,
            "subject": case.subject,
            "received": self.book.dated(case.received_at.astimezone(zone).date(), language),
            "contact": self._contact,
            "office": self._desk.settings.office,
            "promise": promise.what if promise else "",
            "when": self.book.said(promise.due_at.astimezone(zone), language) if promise else "",
            "options": self._listed([one for one in file.remedies if self._is_option(one)], language),
            "chosen": self._listed([one for one in file.remedies if one.chosen], language),
            "resolution": case.resolution,
            "explanation": case.explanation,
        }
        return {name: value for name, value in values.items() if value}

    def _is_option(self, remedy: Remedy) -> bool:
        """Whether the customer may choose it: open, still valid, and not waiting for a yes of the company's own."""
        expired = remedy.expires_on is not None and remedy.expires_on < self._desk.today()
        return remedy.chosen is None and remedy.approval in (None, Approval.APPROVED) and not expired

    def _listed(self, remedies: list[Remedy], language: str) -> str:
        return "\n".join(f"- {self._named(remedy, language)}" for remedy in remedies)

    def _named(self, remedy: Remedy, language: str) -> str:
        """A remedy as a customer reads it; its code is for when it is delivered."""
        is_told_by_what = remedy.kind is RemedyKind.OTHER and remedy.what
        kind = "" if is_told_by_what else self.book.remedy(remedy.kind, language)
        amount = f"{remedy.amount} {remedy.currency}" if remedy.amount is not None else ""
        return ", ".join(filter(None, (f"{kind} {amount}".strip(), remedy.what)))


def _still_to_come(file: CaseFile, now: datetime) -> Promise | None:
    """The promise that is kept next; one that is overdue is no news to tell the customer."""
    open_ones = (one for one in file.promises if one.is_open and not is_overdue(one.due_at, now))
    return min(open_ones, key=lambda one: one.due_at, default=None)


def fields_of_case(desk: Desk, case_id: int) -> CaseFields:
    """Read the fields of a case; raises NotFound, and Refusal where the desk's phrases cannot be read."""
    with desk.store.reading() as reader:
        return CaseFields(reader, case_id, desk)
