"""Letters to a customer: filled from the case, sent as they were edited, and kept on its timeline."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tuitrack.domain.change import entries_undone
from tuitrack.domain.errors import NotFound, Refusal
from tuitrack.domain.filling import FIELDS, filled, filled_paragraphs
from tuitrack.domain.letters import GOES, Letter, LetterBook, OutgoingLetter
from tuitrack.domain.phrases import TOLD, Moment
from tuitrack.domain.words import Delivery, EntryKind, Outcome
from tuitrack.lean import dataclass
from tuitrack.services.case_fields import FALLBACK, CaseFields, fields_of_case
from tuitrack.services.changing import changing
from tuitrack.services.desk import Desk

_SOLVED = frozenset({Outcome.CONFIRMED, Outcome.UNCONFIRMED})
"""How a case ended of which the company thinks that it is solved."""


@dataclass(frozen=True, slots=True)
class FilledLetter:
    """A letter as a case fills it, to be read and edited before it goes."""

    letter: Letter
    subject: str
    text: str
    lacks: tuple[str, ...] = ()
    """The fields that it needs and the case has not; it cannot go without them."""
    is_proposed: bool = False
    """Whether it is the time for it."""

    @property
    def missing(self) -> str:
        """What the case has to have first, in words; empty where the letter can go."""
        return ", ".join(FIELDS[name] for name in self.lacks)


class LetterService:
    """Fills letters, and keeps what was sent."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def book(self) -> LetterBook:
        """The letters in force; raises Refusal where the desk's own cannot be read."""
        return self._desk.letters()

    def read(self, path: Path) -> LetterBook:
        """The letters of a file, which are not in force by that; raises Refusal where something is wrong with them."""
        from tuitrack.services.letter_files import own_letters

        found = own_letters(path)
        if found is None:
            raise Refusal(f"File: {path} is not there.", "path")
        return found

    def offered(self, case_id: int) -> list[FilledLetter]:
        """The letters for a case, in the customer's language, then the desk's, what is proposed first."""
        book, fields = self.book(), fields_of_case(self._desk, case_id)
        letters = book.of(fields.languages) or book.of([FALLBACK])
        found = [self._filled(letter, fields) for letter in letters]
        return sorted(found, key=lambda one: not one.is_proposed)

    def proposed(self, case_id: int) -> str:
        """What the letter is called for which it is the time in a case; empty where it is for none."""
        return next((one.letter.title for one in self.offered(case_id) if one.is_proposed), "")

    def filled(self, case_id: int, name: str, language: str = "") -> FilledLetter:
        """One letter for a case, in the language named or else the one that fits best; raises Refusal."""
        book, fields = self.book(), fields_of_case(self._desk, case_id)
        if name not in book.names:
            raise Refusal(f"Letter: there is none called {name!r}; expected one of {', '.join(book.names)}.", "name")
        found = [one for one in book.of([language] if language else [*fields.languages, FALLBACK]) if one.name == name]
        if not found:
            known = ", ".join(one.language for one in book.letters if one.name == name)
            raise Refusal(f"Language: {name!r} is written in {known}.", "language")
        chosen = self._filled(found[0], fields)
        if chosen.lacks:
            raise Refusal(f"Letter: the case lacks what {name!r} tells: {chosen.missing}.", "name")
        return chosen

    def prepared(self, case_id: int, values: dict[str, Any]) -> OutgoingLetter:
        """A letter as it would go out, from the fields of `LetterDraft`; nothing is kept."""
        with self._desk.store.reading() as reader:
            return self._prepared(reader, case_id, _accepted(values))

    def send(
        self, case_id: int, values: dict[str, Any], write: Callable[[OutgoingLetter], object] = lambda letter: None
    ) -> OutgoingLetter:
        """Keep on the timeline that a letter goes out, from the fields of `LetterDraft`, and all that it tells.

        `write` puts it into a file; where it raises Refusal, nothing is kept.
        """
        draft = _accepted(values)
        letter = next((one for one in self.book().of([draft.language]) if one.name == draft.name), None)
        if letter is None:
            raise NotFound(f"Letter: there is no {draft.name!r} in the language {draft.language!r} any more.")
        with changing(self._desk, case_id) as change:
            sent = self._prepared(change.reader, case_id, draft)
            if not sent.to:
                what = "e-mail address" if sent.how is Delivery.EMAIL else "postal address"
                raise Refusal(f"To: no {what} of {sent.customer} is known; give the one it goes to.", "to")
            if letter.tells_decision and change.case.customer_told_on is None:
                change.set(customer_told_on=sent.day)
            channel = GOES[sent.how]
            summary = f"{letter.title} to {' '.join(sent.to.split())}"
            change.log(EntryKind.LETTER, summary, f"{sent.subject}\n\n{sent.text}", channel=channel)
            for moment in Moment:
                if moment in letter.says and moment in TOLD:
                    change.log(*TOLD[moment], channel=channel)
            write(sent)
        return sent

    def _prepared(self, reader: Reader, case_id: int, draft: LetterDraft) -> OutgoingLetter:
        customer, today = reader.customer(reader.case(case_id).customer_id), self._desk.today()
        return OutgoingLetter(
            customer=customer.name,
            to=draft.to or (customer.email if draft.how is Delivery.EMAIL else customer.address),
            how=draft.how,
            subject=draft.subject,
            text=draft.text,
            language=draft.language,
            office=self._desk.settings.office,
            dated=self._desk.phrases().dated(today, draft.language),
            day=today,
        )

    def _filled(self, letter: Letter, fields: CaseFields) -> FilledLetter:
        values = fields.in_words(letter.language)
        if lacks := letter.lacks(values):
            return FilledLetter(letter, letter.title, "", tuple(lacks))
        return FilledLetter(
            letter,
            " ".join(filled(letter.subject, values).split()),
            filled_paragraphs(letter.text, values),
            is_proposed=_is_time_for(letter, fields),
        )


def _is_time_for(letter: Letter, fields: CaseFields) -> bool:
    """Whether a deadline runs that the letter is meant for, or its case is solved, closed and not written of since."""
    file, case = fields.file, fields.file.case
    if letter.after_closing and case.closed_at is not None and case.outcome in _SOLVED:
        undone = entries_undone(file.entries)
        letters = (one for one in file.entries if one.kind is EntryKind.LETTER and one.id not in undone)
        return not any(one.occurred_at >= case.closed_at for one in letters)
    return any(clock.kind in letter.meant_for and clock.met_at is None for clock in file.clocks)


def _accepted(values: dict[str, Any]) -> LetterDraft:
    from tuitrack.domain.drafts.entries import LetterDraft

    draft = LetterDraft.accept(values)
    if draft.how not in GOES:
        raise Refusal(f"Goes: expected {' or '.join(how.label for how in GOES)}.", "how")
    return draft


if TYPE_CHECKING:
    from tuitrack.domain.drafts.entries import LetterDraft
    from tuitrack.services.ports import Reader
