"""Reading queues as of a moment: what was not touched since from the desk, the rest from what was taken back.

The same statements are run on both; what they find is put together in its order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from heapq import merge
from typing import Any

from tuitrack.domain import records
from tuitrack.domain.query.fields import Field
from tuitrack.domain.query.terms import Between, OneOf, Phrase, Term, Text, every
from tuitrack.domain.queue import CasePage, Cursor, Page, QueueQuery, Sort, WholeCase
from tuitrack.storage.case_rows import ROW, case_rows
from tuitrack.storage.fields import epoch_ms
from tuitrack.storage.mapping import SELECTED
from tuitrack.storage.past import TakenBack
from tuitrack.storage.queue_reader import PAGES_MOST, QueueReader, place_after
from tuitrack.storage.queue_sql import QueueSql
from tuitrack.storage.reader import SqlReader

_IMPORTED_SINCE = "SELECT EXISTS (SELECT 1 FROM import_run WHERE COALESCE(finished_at, ?) >= ?)"
_OF_WORDS = frozenset({Field.PHONE, Field.NAME, Field.REF})
"""Fields whose values are looked up as words."""
_MILLISECOND = timedelta(milliseconds=1)


class PastReader(SqlReader):
    """A look at the data whose lists of cases are as they were; everything else is as it is now."""

    def __init__(self, db: Any, taken_back: TakenBack, is_stopped: Callable[[], bool]) -> None:
        super().__init__(db)
        moment = epoch_ms(taken_back.moment)
        ((imported,),) = db.execute_sql(_IMPORTED_SINCE, (moment, moment))
        # What was entered at the desk was touched by that; an import tells when others have touched it.
        untouched = [Field.TOUCHED, *([Field.ENTERED] if imported else [])]
        until = taken_back.moment + _MILLISECOND
        here = _Part(db, self, [Between(field, None, until) for field in untouched])
        self._taken = _Part(taken_back.db, self, [], lambda: taken_back.make_searchable(is_stopped))
        self._parts = (here, self._taken)
        self.in_doubt = len(taken_back.in_doubt)

    def page(
        self,
        query: QueueQuery,
        now: datetime,
        limit: int,
        after: Cursor | None = None,
        through: int | None = None,
    ) -> Page:
        """One page of a queue after a cursor, or as many together as it takes to hold the case `through`."""
        queues = self._queues(query, now)
        size = limit if through is None else limit * self._pages_of(through, queues, after, limit)
        found = self._merged(queues, ROW, size + 1, after)
        return Page(case_rows(row[1:] for row in found[:size]), place_after(found, size), in_doubt=self.in_doubt)

    def cases_page(self, query: QueueQuery, now: datetime, limit: int, after: Cursor | None = None) -> CasePage:
        """One page of a queue after a cursor, as whole cases."""
        found = self._merged(self._queues(query, now), SELECTED[records.Case].sql, limit + 1, after)
        taken = self._taken.held(row[1] for row in found)
        whole = {
            one.case.id: one
            for part in self._parts
            for one in part.whole([row for row in found[:limit] if (row[1] in taken) is (part is self._taken)])
        }
        return CasePage(tuple(whole[row[1]] for row in found[:limit]), place_after(found, limit))

    def order(self, query: QueueQuery, now: datetime) -> Sort:
        """The order in which the pages of a queue come."""
        return self._taken.order(query, now)

    def references(
        self, query: QueueQuery, now: datetime, limit: int, among: frozenset[int] | None = None
    ) -> dict[int, str]:
        """The ids and references of the first cases of a queue in order; with `among`, of those cases alone."""
        queues = [(part, queue if among is None else queue.only(among)) for part, queue in self._queues(query, now)]
        return {case_id: reference for _, case_id, reference in self._merged(queues, "t1.id, t1.reference", limit)}

    def texts_of(self, case_ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
        """What is searched of each case, as (title, text): its own texts, its customer's, and its entries."""
        taken = self._taken.held(case_ids)
        return super().texts_of([id_ for id_ in case_ids if id_ not in taken]) | self._taken.texts_of(list(taken))

    def _counted(self, query: QueueQuery, now: datetime, cap: int) -> tuple[int, bool]:
        found = [part.counted(query, now, cap) for part in self._parts]
        count = min(cap, sum(number for number, _ in found))
        return count, count < cap and any(partial for _, partial in found)

    def _counted_each(
        self, whole: QueueQuery, parts: Mapping[str, QueueQuery], now: datetime, cap: int
    ) -> dict[str, tuple[int, bool]]:
        return {name: self._counted(part, now, cap) for name, part in parts.items()}

    def _queues(self, query: QueueQuery, now: datetime) -> list[tuple[_Part, QueueSql]]:
        return [(part, part.queue(query, now)) for part in self._parts]

    def _merged(
        self, queues: Sequence[tuple[_Part, QueueSql]], columns: str, limit: int, after: Cursor | None = None
    ) -> list[tuple[Any, ...]]:
        """The first rows of both parts in their order, each with its place and its id before the other columns."""
        rows = [part.rows(queue, columns, limit, after) for part, queue in queues]
        return list(merge(*rows, key=lambda row: row[:2], reverse=queues[0][1].falls))[:limit]

    def _pages_of(
        self, case_id: int, queues: Sequence[tuple[_Part, QueueSql]], after: Cursor | None, limit: int
    ) -> int:
        """How many pages it takes to reach a case; one where the queue does not have it, or too far on."""
        most = PAGES_MOST * limit
        for part, queue in queues:
            for key, id_ in part.rows(queue.only(frozenset({case_id})), "t1.id", 1, after):
                before = sum(one.up_to(other, Cursor(key, id_), after, most + 1) for one, other in queues)
                return -(-before // limit) if before <= most else 1
        return 1


class _Part(QueueReader):
    """One of the two databases, and what else is asked of its cases."""

    def __init__(
        self, db: Any, desk: SqlReader, also: Sequence[Term], before_search: Callable[[], None] = lambda: None
    ) -> None:
        """`desk` knows the agents; `before_search` is called where words are asked for."""
        super().__init__(db)
        self._before_search = before_search
        self._desk = desk
        self._also = also

    def agents(self) -> list[records.Agent]:
        """All agents by name."""
        return self._desk.agents()

    def rows(self, queue: QueueSql, columns: str, limit: int, after: Cursor | None) -> list[tuple[Any, ...]]:
        """The first rows of a queue, each with its place in the order."""
        return self._first(queue, columns, limit, after)

    def up_to(self, queue: QueueSql, place: Cursor, after: Cursor | None, most: int) -> int:
        """How many cases a queue has up to a place, counted to `most`."""
        return self._number(queue.count_up_to(place, after, most))

    def counted(self, query: QueueQuery, now: datetime, cap: int) -> tuple[int, bool]:
        """How many cases a query has here, to a cap, and whether that is only of those that were looked at."""
        return self._counted(query, now, cap)

    def whole(self, rows: Sequence[tuple[Any, ...]]) -> tuple[WholeCase, ...]:
        """The whole cases of rows."""
        return self._whole(rows)

    def held(self, case_ids: Iterable[int]) -> set[int]:
        """Which of the cases are in this database."""
        return {id_ for (id_,) in self._among("SELECT id FROM cases WHERE id IN ({})", case_ids)}

    def _asked(self, query: QueueQuery, now: datetime) -> QueueSql:
        asked = super()._asked(query, now)
        if asked.words is not None or any(map(_looks_for_words, asked.rest)):
            self._before_search()
        # How well words fit depends on all that a database has, and would not be comparable.
        sort = Sort.ENTERED if asked.sort is Sort.BEST else asked.sort
        return replace(asked, sort=sort, rest=[*asked.rest, *self._also])


def _looks_for_words(term: Term) -> bool:
    return any(
        isinstance(one, Text | Phrase) or (isinstance(one, OneOf) and one.field in _OF_WORDS) for one in every(term)
    )
