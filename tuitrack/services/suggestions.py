"""What customers suggested: in a call or a letter, or with a whole case that is a suggestion."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING

from tuitrack.domain.change import noted
from tuitrack.domain.words import CaseKind, EntryKind
from tuitrack.lean import dataclass
from tuitrack.services.desk import Desk
from tuitrack.services.queue import QueueService

if TYPE_CHECKING:
    from tuitrack.domain.queue import QueueQuery, WholeCase
    from tuitrack.services.ports import Reader


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One suggestion, with the case in which it was made."""

    whole: WholeCase
    at: datetime
    by: str
    """Who took it down."""
    text: str


class SuggestionService:
    """Reads suggestions."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of(self, query: QueueQuery, limit: int) -> list[Suggestion]:
        """The first suggestions in the cases of a query, in its order; raises QueryRefused."""
        queue = QueueService(self._desk)
        as_of = queue.as_of(query) or self._desk.now()
        with closing(queue.cases(queue.narrowed(query, "has:suggestion"), limit)) as found:
            cases = list(found)
        with self._desk.store.reading() as reader:
            return [made for whole in cases for made in _made(reader, whole, as_of)][:limit]


def _made(reader: Reader, whole: WholeCase, as_of: datetime) -> Iterator[Suggestion]:
    """What was suggested in one case by then."""
    case = whole.case
    if case.kind is CaseKind.SUGGESTION:
        yield Suggestion(whole, case.received_at, case.received_by, case.words or case.subject)
    entries = [entry for entry in reader.entries_since(case.id, 0) if entry.entered_at <= as_of]
    for entry in noted(entries, EntryKind.SUGGESTION):
        yield Suggestion(whole, entry.occurred_at, entry.by, entry.body)
