"""The queue: pages of cases, counts by overdue status, and the way from anything typed to a case or customer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from tuitrack.domain.case import Case
from tuitrack.domain.errors import NotFound, Refusal
from tuitrack.domain.people import Customer, CustomerMatch
from tuitrack.domain.queue import Counts, Cursor, Page, QueueQuery, Scope
from tuitrack.domain.reference import Reference, looks_like_reference, near_misses
from tuitrack.services.desk import Desk
from tuitrack.services.ports import Reader

PAGE_SIZE = 100
"""Rows fetched at a time."""
COUNT_CAP = 1000
"""Counts go no further than this; the screen shows 1000+."""
WHOLE_PAGE_SIZE = 500
"""Whole cases fetched at a time, where many are gone through."""


@dataclass(frozen=True, slots=True)
class Found:
    """What Go to found: one case, or the customers to choose from."""

    case: Case | None = None
    customers: tuple[CustomerMatch, ...] = ()


class QueueService:
    """Reads queues."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def page(self, query: QueueQuery, after: Cursor | None = None, through: int | None = None) -> Page:
        """One page of the queue, after a cursor, or from the top until it holds the case `through`."""
        with self._desk.store.reading() as reader:
            return reader.page(query, self._desk.now(), PAGE_SIZE, after, through)

    def counts(self, query: QueueQuery) -> Counts:
        """How many cases the query has by overdue status."""
        with self._desk.store.reading() as reader:
            return reader.counts(query, self._desk.now(), COUNT_CAP)

    def cases(self, query: QueueQuery, limit: int | None = None) -> Iterator[tuple[Case, Customer]]:
        """Every case of the queue, or the first `limit`, each with its customer, all as they stood at one moment.

        They are read page by page, so that any number of them takes no more memory than a page.
        """
        return islice(self._each_case(query), limit)

    def _each_case(self, query: QueueQuery) -> Iterator[tuple[Case, Customer]]:
        now, after = self._desk.now(), None
        with self._desk.store.reading() as reader:
            while True:
                page = reader.cases_page(query, now, WHOLE_PAGE_SIZE, after)
                yield from page.cases
                if page.after is None:
                    return
                after = page.after

    def case_of(self, reference: str) -> Case:
        """The case with this reference; raises Refusal, with the cases it may have been where a digit is wrong."""
        with self._desk.store.reading() as reader:
            try:
                parsed = Reference.parse(reference, self._desk.settings.reference_prefix, "reference")
            except Refusal as refusal:
                raise _with_near_misses(reader, refusal, reference) from None
            case = reader.case_by_reference(str(parsed))
        if case is None:
            raise NotFound(f"Reference: there is no case {parsed}.", "reference")
        return case

    def go_to(self, text: str) -> Found:
        """Find what was typed: a reference, a phone number, an account number or a name.

        Raises NotFound where nothing answers to it; a reference whose check digit does not fit is named as such,
        with the cases it may have been.
        """
        text = text.strip()
        if not text:
            raise NotFound("Go to: type a reference, phone number, account number or name.", "go_to")
        with self._desk.store.reading() as reader:
            wrong: Refusal | None = None
            if looks_like_reference(text):
                try:
                    reference = Reference.parse(text, self._desk.settings.reference_prefix)
                except Refusal as refusal:
                    wrong = _with_near_misses(reader, refusal, text)
                else:
                    case = reader.case_by_reference(str(reference))
                    if case is not None:
                        return Found(case=case)
            customers = reader.find_customers(text, 20)
            if customers:
                return Found(customers=tuple(customers))
            raise wrong or NotFound(f"Go to: nothing answers to “{text}”. Press / to search the texts.", "go_to")


def read_query(text: str) -> QueueQuery:
    """The queue that a typed query means; nothing typed means open work."""
    return QueueQuery(text=text, scope=Scope.ALL) if text.strip() else QueueQuery()


def _with_near_misses(reader: Reader, refusal: Refusal, text: str) -> Refusal:
    """Add to a wrong reference the existing cases that differ from it by one slip."""
    near = [ref for ref in near_misses(text) if reader.case_by_reference(str(ref)) is not None]
    if not near:
        return refusal
    return Refusal(f"{refusal.sentence} Did they mean {' or '.join(map(str, near[:3]))}?", refusal.field)
