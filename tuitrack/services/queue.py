"""The queue: pages of cases, counts by overdue status, and the way from anything typed to a case or customer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from tuitrack.domain.columns import Column, columns_in
from tuitrack.domain.deadlines import DueFilter
from tuitrack.domain.errors import NotFound, Refusal
from tuitrack.domain.people import names_of
from tuitrack.domain.query.fields import OF_AGENTS, Field
from tuitrack.domain.query.selection import selection
from tuitrack.domain.query.terms import Query, fields_of
from tuitrack.domain.queue import Counts, Cursor, Page, QueueQuery, Scope, Sort, WholeCase
from tuitrack.lean import dataclass
from tuitrack.services.desk import Desk
from tuitrack.services.preferences import COLUMNS

if TYPE_CHECKING:
    from tuitrack.domain.case import Case
    from tuitrack.domain.people import Agent, CustomerMatch
    from tuitrack.domain.query.complete import Completion
    from tuitrack.domain.query.why import Snippet
    from tuitrack.services.ports import Reader

PAGE_SIZE = 100
"""Rows fetched at a time."""
COUNT_CAP = 1000
"""Counts go no further than this; the screen shows 1000+."""
VALUES_MOST = 50
"""Completions offered at once."""
WHOLE_PAGE_SIZE = 500
"""Whole cases fetched at a time, where many are gone through."""
TOO_MANY_FOR_BEST = "too many hits for best match: newest first"
NO_BEST_THEN = "no best match in the past: newest first"
"""What is said of an order that was asked for and is not to be had."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a query means, in words, how many cases it has, and how many there are of all."""

    words: str
    counts: Counts
    of_all: int
    due: DueFilter = DueFilter.ALL
    """The filter that was chosen by a key."""


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
        typed = self._typed(query)
        with self._reading(query, typed.at) as (reader, asked, now):
            page = reader.page(asked, now, PAGE_SIZE, after, through)
            kept = reader.preference(self._desk.agent, COLUMNS)
            away = {absence.agent for absence in reader.absences(now.date()) if absence.is_on(now.date())}
        rows = tuple(row._replace(owner_away=row.owner in away) for row in page.rows) if away else page.rows
        return replace(page, rows=rows, columns=typed.columns or columns_in(kept or ""), as_of=typed.at)

    def columns(self, query: QueueQuery) -> tuple[Column, ...]:
        """The columns that the query names; raises QueryRefused."""
        return self._typed(query).columns

    def as_of(self, query: QueueQuery) -> datetime | None:
        """The moment as of which the query is asked, in the office's zone, None for now; raises QueryRefused."""
        return self._typed(query).at

    @contextmanager
    def _reading(self, query: QueueQuery, at: datetime | None) -> Iterator[tuple[Reader, QueueQuery, datetime]]:
        """A look at the cases as of the query's moment, what to ask there, and which moment is the present there."""
        asked = replace(query, me=self._desk.agent)
        if at is not None:
            from tuitrack.domain.query.printing import as_of

            asked = replace(asked, text=as_of(query.text, ""))
        with self._desk.store.reading(at) as reader:
            yield reader, asked, at or self._desk.now()

    def counts(self, query: QueueQuery) -> Counts:
        """How many cases the query has by overdue status."""
        with self._reading(query, self.as_of(query)) as (reader, asked, now):
            return reader.counts(asked, now, COUNT_CAP)

    def understood(self, query: QueueQuery) -> str:
        """What the query means, in words; raises QueryRefused with the place of what cannot be understood."""
        from tuitrack.domain.query.describe import describe

        at = self.as_of(query)
        with self._reading(query, at) as (reader, asked, now):
            meant = selection(asked, now, reader.agents)
            names = names_of(reader.agents()) if OF_AGENTS & fields_of(meant.where) else {}
            order = reader.order(asked, now) if meant.sort is Sort.BEST else meant.sort
        words = describe(replace(meant, sort=order, at=at), self._desk.today(), names)
        if order is meant.sort:
            return words
        return f"{words}, {NO_BEST_THEN if at else TOO_MANY_FOR_BEST}"

    def told(self, query: QueueQuery) -> Understood:
        """What the query means and how many cases it has; raises QueryRefused."""
        words, counts = self.understood(query), self.counts(query)
        with self._reading(QueueQuery(scope=Scope.ALL), self.as_of(query)) as (reader, everything, now):
            of_all = reader.count(everything, now, COUNT_CAP)
        return Understood(words, counts, of_all, query.due)

    def as_text(self, query: QueueQuery) -> str:
        """The query as one text, which means the same with nothing chosen by a key."""
        from tuitrack.domain.query.printing import one_text

        return one_text(replace(query, me=self._desk.agent), self._typed(query))

    def narrowed(self, query: QueueQuery, *terms: str) -> QueueQuery:
        """The query with terms that must hold as well; raises QueryRefused."""
        from tuitrack.domain.query.printing import narrowed

        return replace(query, text=narrowed(query.text, self._typed(query), terms))

    def _typed(self, query: QueueQuery) -> Query:
        """What the text means by itself, to whoever knows no colleagues; raises QueryRefused."""
        if not query.text:
            return Query()
        from tuitrack.domain.query.asking import Asking
        from tuitrack.domain.query.parser import parse

        return parse(query.text, Asking(self._desk.now(), self._desk.agent))

    def complete(self, text: str, cursor: int) -> list[Completion]:
        """What may stand at the cursor of a query being typed: fields, then their values, the commonest first."""
        from tuitrack.domain.query.complete import complete

        with self._desk.store.reading() as reader:

            def used(field: Field) -> Mapping[str, int]:
                if field is Field.TEAM:
                    return _teams_used(reader.agents(), reader.values_used(Field.OWNER.value, VALUES_MOST))
                if field in (Field.STEP, Field.SKIPPED):
                    return dict.fromkeys(self._desk.procedures().steps, 0)
                if field is Field.READ:
                    return {}
                return reader.values_used("tags" if field is Field.TAG else field.value, VALUES_MOST)

            return complete(text, cursor, used, names_of(reader.agents()))[:VALUES_MOST]

    def why(self, case_ids: Sequence[int], query: QueueQuery) -> dict[int, Snippet]:
        """Where each of the cases has the words of the query; a case found otherwise is left out."""
        from tuitrack.domain.query.why import snippet, sought

        with self._reading(query, self.as_of(query)) as (reader, asked, now):
            words = sought(selection(asked, now, reader.agents).where)
            texts = reader.texts_of(case_ids) if words else {}
        found = {case_id: snippet(texts[case_id], words) for case_id in texts}
        return {case_id: piece for case_id, piece in found.items() if piece is not None}

    def interrupt(self) -> None:
        """Stop the read under way, whose answer nobody waits for any more; it raises Superseded there."""
        self._desk.store.interrupt()

    def _with_numbers(self, match: CustomerMatch) -> CustomerMatch:
        return replace(match, numbers=self._desk.numbers(match.customer))

    def cases(self, query: QueueQuery, limit: int | None = None) -> Generator[WholeCase, None, None]:
        """Every case of the queue, or the first `limit`, each with its customer, all as they stood at one moment.

        They are read page by page, so that any number of them takes no more memory than a page.
        """
        after, left = None, limit
        with self._reading(query, self.as_of(query)) as (reader, asked, now):
            while True:
                size = WHOLE_PAGE_SIZE if left is None else min(left, WHOLE_PAGE_SIZE)
                page = reader.cases_page(asked, now, size, after)
                yield from page.cases
                after, left = page.after, None if left is None else left - len(page.cases)
                if after is None or left == 0:
                    return

    def count(self, query: QueueQuery, cap: int) -> int:
        """How many cases the queue has, counted to `cap` at the most."""
        with self._reading(query, self.as_of(query)) as (reader, asked, now):
            return reader.count(asked, now, cap)

    def references(self, query: QueueQuery, limit: int, among: frozenset[int] | None = None) -> dict[int, str]:
        """The ids and references of the first cases of the queue in order; with `among`, of those cases alone."""
        with self._reading(query, self.as_of(query)) as (reader, asked, now):
            return reader.references(asked, now, limit, among)

    def case_of(self, reference: str) -> Case:
        """The case with this reference; raises Refusal, with the cases it may have been where a digit is wrong."""
        from tuitrack.domain.reference import Reference

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
        from tuitrack.domain.reference import Reference, looks_like_reference

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
                return Found(customers=tuple(self._with_numbers(match) for match in customers))
            nothing = f"Go to: nothing answers to “{text}”. The search line of the queue looks in all texts."
            raise wrong or _with_near_misses(reader, NotFound(nothing, "go_to"), text)


def _teams_used(agents: Sequence[Agent], cases_of: Mapping[str, int]) -> dict[str, int]:
    """How many of the cases of these owners each team has, the one with most first."""
    used: Counter[str] = Counter()
    for agent in agents:
        used[agent.team] += cases_of.get(agent.handle, 0)
    return {team: count for team, count in used.most_common() if team}


def _with_near_misses(reader: Reader, refusal: Refusal, text: str) -> Refusal:
    """Add to what is no reference the existing cases whose references differ from it by one slip."""
    from tuitrack.domain.reference import near_misses

    near = [ref for ref in near_misses(text) if reader.case_by_reference(str(ref)) is not None]
    if not near:
        return refusal
    return Refusal(f"{refusal.sentence} Did they mean {' or '.join(map(str, near[:3]))}?", refusal.field)
