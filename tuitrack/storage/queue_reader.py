"""Reading queues: their pages, their counts, and what completes and explains a query."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from peewee import SQL

from tuitrack.domain import records
from tuitrack.domain.deadlines import Deadline, DueFilter, deadlines
from tuitrack.domain.query.matching import tags_of
from tuitrack.domain.query.selection import selection
from tuitrack.domain.queue import CasePage, Counts, Cursor, Page, QueueQuery, Sort, WholeCase
from tuitrack.storage.mapping import SELECTED, record_of
from tuitrack.storage.query_sql import is_among, parted
from tuitrack.storage.queue_sql import FEW_HITS, TEXT_TITLES, QueueSql, hits_to, own_texts, place_of, rows
from tuitrack.storage.selecting import Selecting
from tuitrack.storage.tables import Cases, Entries

OfCase = TypeVar("OfCase", "records.Promise", "records.Action", "records.Clock")

PAGES_MOST = 20
"""How many pages a page may grow to hold the selected case."""
_RECENT_CASES = 5_000
"""How many of the latest cases tell which values are in use."""


class QueueReader(Selecting):
    """The part of the port `Reader` that a queue needs."""

    def page(
        self,
        query: QueueQuery,
        now: datetime,
        limit: int,
        after: Cursor | None = None,
        through: int | None = None,
    ) -> Page:
        """One page of a queue after a cursor, or as many together as it takes to hold the case `through`."""
        queue = self.queue(query, now)
        size = limit if through is None else limit * self._pages_to(through, queue, after, limit)
        found = self._rows(_after(after, queue, rows()).order_by(*queue.order).limit(size + 1))
        more = len(found) > size
        return Page(rows=tuple(found[:size]), after=place_of(found[size - 1], queue.sort) if more else None)

    def cases_page(self, query: QueueQuery, now: datetime, limit: int, after: Cursor | None = None) -> CasePage:
        """One page of a queue after a cursor, as whole cases."""
        queue = self.queue(query, now)
        whole = _after(after, queue, Cases.select(SELECTED[records.Case]))
        cases = [record_of(records.Case, row) for row in self._kept(whole.order_by(*queue.order).limit(limit + 1))]
        more, cases = len(cases) > limit, cases[:limit]
        customers = {one.id: one for one in self._customers_with({case.customer_id for case in cases})}
        due = self._deadlines([case.id for case in cases])
        return CasePage(
            cases=tuple(WholeCase(case, customers[case.customer_id], due[case.id]) for case in cases),
            after=place_of(cases[-1], queue.sort) if more else None,
        )

    def _deadlines(self, case_ids: Sequence[int]) -> dict[int, tuple[Deadline, ...]]:
        """What is or was due in each of these cases."""
        promises, actions = self._of_cases(records.Promise, case_ids), self._of_cases(records.Action, case_ids)
        clocks = self._of_cases(records.Clock, case_ids)
        return {id_: tuple(deadlines(promises[id_], actions[id_], clocks[id_])) for id_ in case_ids}

    def _of_cases(self, kind: type[OfCase], case_ids: Sequence[int]) -> dict[int, list[OfCase]]:
        """The records of a kind by their cases."""
        found: dict[int, list[OfCase]] = defaultdict(list)
        for record in self._all(kind, f"WHERE case_id IN ({', '.join('?' * len(case_ids))})", *case_ids):
            found[record.case_id].append(record)
        return found

    def counts(self, query: QueueQuery, now: datetime, cap: int) -> Counts:
        """How many cases the query has by overdue status; `unowned` counts those of nobody, whoever is asked for."""
        whole = replace(query, due=DueFilter.ALL)

        def count(part: QueueQuery) -> int:
            queue = self.queue(replace(part, sort=Sort.ENTERED), now)
            return self._count(queue.of(Cases.select(SQL("1"))).limit(cap))

        return Counts(
            all=count(whole),
            overdue=count(replace(query, due=DueFilter.OVERDUE)),
            today=count(replace(query, due=DueFilter.TODAY)),
            soon=count(replace(query, due=DueFilter.SOON)),
            unowned=count(replace(whole, owner="")),
            cap=cap,
            as_of=now,
        )

    def references(
        self, query: QueueQuery, now: datetime, limit: int, among: frozenset[int] | None = None
    ) -> dict[int, str]:
        """The ids and references of the first cases of a queue in order; with `among`, of those cases alone."""
        queue = self.queue(query, now)
        found = queue.of(Cases.select(Cases.id, Cases.reference)).order_by(*queue.order).limit(limit)
        return dict(self._kept(found if among is None else found.where(is_among(among))))

    def values_used(self, field: str, limit: int) -> dict[str, int]:
        """The commonest values of a field among the latest cases with their numbers, most used first."""
        column = Cases._meta.fields[field]
        recent = Cases.select(column).order_by(Cases.id.desc()).limit(_RECENT_CASES)
        stored = [value for (value,) in self._tuples(recent) if value]
        used = Counter(tag for value in stored for tag in tags_of(value)) if field == "tags" else Counter(stored)
        return dict(sorted(used.items(), key=lambda one: (-one[1], one[0]))[:limit])

    def texts_of(self, case_ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
        """What is searched of each case, as (title, text): its own texts, its customer's, and its entries."""
        texts: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for case_id, *own in self._tuples(own_texts().where(Cases.id << list(case_ids))):
            texts[case_id] += [(title, text) for title, text in zip(TEXT_TITLES, own, strict=True) if text]
        entries = Entries.select(Entries.case, Entries.kind, Entries.body).where(Entries.case << list(case_ids))
        for case_id, kind, body in self._tuples(entries.order_by(Entries.occurred_at, Entries.id)):
            texts[case_id] += [(kind.label, body)] if body else []
        return texts

    def agents(self) -> list[records.Agent]:
        """All agents by name."""
        return self._all(records.Agent, "ORDER BY name, handle")

    def queue(self, query: QueueQuery, now: datetime) -> QueueSql:
        """What a query means, as a selection; where it matters for the way to the cases, words are counted first."""
        asked = selection(query, now, self.agents)
        match, rest = parted(asked.where)
        queue = QueueSql(match, rest, asked.sort or Sort.DUE, now)
        if match is None or queue.words_first:
            return queue
        ((hits,),) = self._db.execute_sql(*hits_to(match, FEW_HITS))
        return replace(queue, many_hits=hits == FEW_HITS)

    def _pages_to(self, case_id: int, queue: QueueSql, after: Cursor | None, limit: int) -> int:
        """How many pages it takes to reach a case; one where the queue does not have it, or too far on."""
        for row in self._rows(_after(after, queue, rows()).where(Cases.id == case_id)):
            before = _after(after, queue, Cases.select(SQL("1"))).where(queue.up_to(place_of(row, queue.sort)))
            place = self._count(before.limit(PAGES_MOST * limit + 1))
            return -(-place // limit) if place <= PAGES_MOST * limit else 1
        return 1


def _after(cursor: Cursor | None, queue: QueueSql, cases: Any) -> Any:
    """The selected cases of a queue that come after a place."""
    return queue.of(cases) if cursor is None else queue.of(cases).where(queue.beyond(cursor))
