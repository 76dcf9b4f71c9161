"""Makes a checked case of one row of a register, or says in one sentence why it cannot."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from collections.abc import Mapping as Words
from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache
from typing import TypeVar, cast

from tuitrack.domain.errors import Refusal
from tuitrack.domain.imported import ImportedCase
from tuitrack.domain.money import Money, parse_money
from tuitrack.domain.phone import looks_like_phone
from tuitrack.domain.text import fold, one_line
from tuitrack.domain.words import CaseKind, Channel, Mood, Outcome, Priority, Status, Word
from tuitrack.exchange.cells import RawRow, as_text
from tuitrack.exchange.dates import read_date, read_time
from tuitrack.exchange.ending import Ending, EndingFacts, decide_ending
from tuitrack.exchange.fields import BY_KEY, Shape, normal_name
from tuitrack.exchange.mapping import Mapping
from tuitrack.exchange.row_text import RowText
from tuitrack.exchange.values import (
    DEFAULTS,
    OutcomeMeaning,
    StatusMeaning,
    meaning_of,
)

_START_OF_DAY, _END_OF_DAY = time(), time(23, 59, 59)
_Meaning = TypeVar("_Meaning", CaseKind, Channel, Priority, StatusMeaning, OutcomeMeaning)
_VALUES_REMEMBERED = 4096
"""Different words and dates of a register of which each is looked at once."""
_PLAIN_LINES = frozenset(
    [
        "foreign_id",
        "customer_name",
        "account",
        "address",
        "category",
        "sub_category",
        "product",
        "company",
        "owner",
        "received_by",
        "department",
        "tags",
    ]
)
"""The fields that are one line, kept as it stands."""
_OURS: Words[str, Callable[[str], object]] = {
    "status": lambda word: StatusMeaning(Status(word)),
    "outcome": lambda word: OutcomeMeaning(Outcome(word)),
    "channel": Channel,
    "kind": CaseKind,
    "priority": Priority,
    "mood": Mood,
}
"""What makes a meaning of one of our own words."""


class RowReader:
    """Reads the rows of one register by one mapping; `zone` is the office's, `now` the moment nothing may lie after."""

    def __init__(
        self, header: Sequence[str], mapping: Mapping, zone: tzinfo, now: datetime, currency: str = "EUR"
    ) -> None:
        problems = mapping.problems()
        if problems:
            raise Refusal(f"The mapping is not complete: {'; '.join(problems)}.", "mapping")
        self.header = tuple(header)
        self.mapping = mapping
        self.zone = zone
        self.now = now.astimezone(zone)
        self.currency = currency
        self.positions: dict[str, list[int]] = {}
        for position, use in enumerate(mapping.fitted_to(header).columns):
            self.positions.setdefault(use.field, []).append(position)
        self.lines = tuple(field for field in self.positions if field in _PLAIN_LINES)
        self.dates = {
            field: (positions[0], mapping.date_format(self.header[positions[0]]))
            for field, positions in self.positions.items()
            if field and BY_KEY[field].shape is Shape.DATE
        }
        self.number_column = fold(self.header[self.positions["foreign_id"][0]]) if "foreign_id" in self.lines else ""
        self.meaning = lru_cache(maxsize=_VALUES_REMEMBERED)(self._meaning)
        self.in_utc = lru_cache(maxsize=_VALUES_REMEMBERED)(self._in_utc)
        self.day_of = lru_cache(maxsize=_VALUES_REMEMBERED)(self._day_of)

    def _meaning(self, field: str, text: str) -> tuple[object | None, bool]:
        """What a word means, None where nobody knows it, and whether it is our own word for that."""
        word = self.mapping.word_for(field, text)
        meaning = _OURS[field](word) if word else meaning_of(field, text)
        return meaning, normal_name(text) in _own_words(meaning)

    def _in_utc(self, found: date | datetime, where_no_time: time) -> datetime:
        """The moment that a date means; one without an offset is told by the office's clock."""
        if not isinstance(found, datetime):
            found = datetime.combine(found, where_no_time)
        return found.replace(tzinfo=found.tzinfo or self.zone).astimezone(UTC)

    def _day_of(self, moment: datetime) -> date:
        """The office's day at a moment."""
        return moment.astimezone(self.zone).date()

    def read(self, row: RawRow) -> ImportedCase:
        """The case in a row; raises Refusal, its `field` set, where the row cannot be taken."""
        return RowDraft(self, row).case()


class RowDraft:
    """One row on its way to a case; raises Refusal where the row could not even be read."""

    def __init__(self, reader: RowReader, row: RawRow) -> None:
        if row.trouble:
            raise Refusal(f"{row.trouble[0].upper()}{row.trouble[1:]}.", "row")
        self._reader = reader
        self._row = row
        self.texts = RowText(row, reader.header, reader.positions)

    def case(self) -> ImportedCase:
        """Read every field; details and notes come last, since the others tell something there."""
        texts, line = self.texts, self.texts.line
        ending, received_at = self._ending()
        lines: dict[str, str] = {field: line(field) for field in self._reader.lines}
        money = self._money()
        if lines.get("company"):
            texts.tell("company")
        return ImportedCase(
            row_number=self._row.number,
            row_key=self._row_key(lines.get("foreign_id", ""), received_at),
            kind=self._meaning("kind", CaseKind) or CaseKind.COMPLAINT,
            channel=self._meaning("channel", Channel) or Channel.OTHER,
            priority=self._meaning("priority", Priority) or Priority.NORMAL,
            received_at=received_at,
            occurred_on=self._day("occurred_on"),
            resolve_by=self._moment("resolve_by", _END_OF_DAY),
            status=ending.status,
            outcome=ending.outcome,
            justified=ending.justified,
            closed_at=ending.closed_at,
            company_resolved_on=ending.company_resolved_on,
            customer_confirmed_on=ending.customer_confirmed_on,
            phone=texts.contact("phone", looks_like_phone),
            email=texts.contact("email", lambda text: "@" in text and " " not in text),
            amount_asked=money.amount if money else None,
            currency=money.currency if money else "",
            remedy_wanted=texts.text("remedy_wanted"),
            resolution=texts.text("resolution"),
            words=texts.text("words"),
            subject=self._subject(lines.get("category", ""), lines.get("sub_category", "")),
            details=texts.details(keep_rest=self._reader.mapping.keep_rest),
            more=tuple(texts.more),
            notes=tuple(dict.fromkeys(texts.notes)),
            **lines,
        )

    def _ending(self) -> tuple[Ending, datetime]:
        """Where the case stands, and when it was received."""
        received_at = self.received_at()
        facts = EndingFacts(
            status=self._meaning("status", StatusMeaning),
            outcome=self._meaning("outcome", OutcomeMeaning),
            received_at=received_at,
            closed_at=self._moment("closed_at"),
            company_resolved_on=self._day("company_resolved_on"),
            customer_confirmed_on=self._day("customer_confirmed_on"),
        )
        ending = decide_ending(facts, self._reader.now, self._reader.day_of, self.texts.notes.append)
        if facts.closed_at and not ending.closed_at:
            self.texts.tell("closed_at")
        if facts.company_resolved_on and not ending.company_resolved_on:
            self.texts.tell("company_resolved_on")
        return ending, received_at

    def _date(self, field: str) -> date | datetime | None:
        if field not in self._reader.dates:
            return None
        position, chosen = self._reader.dates[field]
        cell = self._row.cells[position]
        try:
            found = read_date(cell, chosen, BY_KEY[field].title)
        except Refusal as refusal:
            raise Refusal(refusal.sentence, field) from None
        if isinstance(cell, date) and found is not None and found != cell:
            self.texts.notes.append(
                f"{BY_KEY[field].title}: day and month exchanged ({cell:%Y-%m-%d} became {found:%Y-%m-%d})"
            )
        return found

    def _moment(self, field: str, where_no_time: time = _START_OF_DAY) -> datetime | None:
        found = self._date(field)
        return None if found is None else self._reader.in_utc(found, where_no_time)

    def _day(self, field: str) -> date | None:
        found = self._date(field)
        if isinstance(found, datetime):
            return self._reader.day_of(found) if found.tzinfo else found.date()
        return found

    def received_at(self) -> datetime:
        """When it was received; raises Refusal where the row does not tell."""
        found = self._date("received_at")
        if found is None:
            raise Refusal("received: is empty; expected a day.", "received_at")
        at = None
        if cells := self.texts.cells("received_time"):
            try:
                at = read_time(cells[0], "time received")
            except Refusal as refusal:
                self.texts.notes.append(f"{refusal.sentence} Kept in the details.")
                self.texts.tell("received_time")
        if at is not None:
            return self._reader.in_utc(datetime.combine(found, at), at)
        return self._reader.in_utc(found, _START_OF_DAY)

    def _meaning(self, field: str, kind: type[_Meaning]) -> _Meaning | None:
        """What a word of the row means; unless it is our own word, it is also told below the details."""
        text = self.texts.line(field)
        if not text:
            return None
        meaning, is_ours = self._reader.meaning(field, text)
        if meaning is None:
            self.texts.notes.append(
                f"{BY_KEY[field].title} “{one_line(text, 40)}” is not known; taken as {DEFAULTS[field]}"
            )
            meaning = _OURS[field](DEFAULTS[field])
        if not is_ours:
            self.texts.tell(field)
        return cast(_Meaning, meaning)

    def _money(self) -> Money | None:
        text = self.texts.raw("amount_asked")
        try:
            return parse_money(text, self._reader.currency) if text else None
        except Refusal as refusal:
            self.texts.notes.append(f"amount asked: {refusal.sentence} Kept in the details.")
            self.texts.tell("amount_asked")
            return None

    def _subject(self, category: str, sub_category: str) -> str:
        subject = self.texts.subject(category, sub_category)
        if not subject:
            raise Refusal("Nothing in the row says what the complaint is about.", "subject")
        return subject

    def _row_key(self, foreign_id: str, received_at: datetime) -> str:
        """The number alone would not do: two registers may count from 1, but seldom have the same number on one day."""
        if foreign_id:
            return f"number:{self._reader.number_column}|{fold(foreign_id)}|{self._reader.day_of(received_at)}"
        content = "\x1f".join(" ".join(as_text(cell).split()) for cell in self._row.cells)
        return f"content:{hashlib.sha256(content.encode('utf-8', 'replace')).hexdigest()}"


def _own_words(meaning: object) -> set[str]:
    """The words under which our own screens show a meaning, as they are compared."""
    word = meaning.status if isinstance(meaning, StatusMeaning) else meaning
    word = word.outcome if isinstance(word, OutcomeMeaning) else word
    return {normal_name(word.value), normal_name(word.label)} if isinstance(word, Word) else set()
