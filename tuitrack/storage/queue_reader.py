"""Reading queues: their pages, their counts, and what completes and explains a query."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from tuitrack.domain import records
from tuitrack.domain.deadlines import Deadline, DueFilter, deadlines
from tuitrack.domain.query.fields import Field
from tuitrack.domain.query.matching import tags_of
from tuitrack.domain.query.selection import selection
from tuitrack.domain.query.terms import All, conjuncts
from tuitrack.domain.queue import BEST_AMONG_MOST, CasePage, Counts, Cursor, Page, QueueQuery, Sort, WholeCase
from tuitrack.domain.words import EntryKind
from tuitrack.storage.case_rows import ROW, TEXT_TITLES, TEXTS, case_rows
from tuitrack.storage.mapping import SELECTED, records_of
from tuitrack.storage.piece import Piece, one_of
from tuitrack.storage.query_sql import COLUMNS, parted
from tuitrack.storage.queue_sql import FEW, LOOKED_AT_MOST, QueueSql, counted
from tuitrack.storage.selecting import Selecting
from tuitrack.storage.tables.cases import Cases

OfCase = TypeVar("OfCase", "records.Promise", "records.Action", "records.Clock")

PAGES_MOST = 20
"""How many pages a page may grow to hold the selected case."""
COMMON = 0.05
"""The share of all cases that have some words, from which on these are soon met with wherever one begins to look."""
NEWEST = 20_000
"""How many of the newest cases are looked through before all are for the first ones that have some words: where these
are in more than five thousand of a million cases, a page of them stands there."""
_RECENT_CASES = 5_000
"""How many of the latest cases tell which values are in use."""
VALUES_MOST = 5_000
"""How many different values of a field are looked through for those that begin as typed."""
ALL_VALUES = 1_000_000_000
"""More than there are of any field."""
_NEXT_VALUE = """
    WITH RECURSIVE kept (value) AS (
        SELECT MIN({0}) FROM cases
        UNION ALL SELECT (SELECT MIN({0}) FROM cases WHERE {0} > kept.value) FROM kept WHERE kept.value IS NOT NULL
    )
    SELECT value FROM kept WHERE value IS NOT NULL LIMIT ?
"""
"""From each value of an index straight to the next one."""


class QueueReader(Selecting):
    """The part of the port `Reader` that a queue needs."""

    def __init__(self, db: Any) -> None:
        super().__init__(db)
        self._guesses: dict[Piece, tuple[float, float]] = {}

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
        found = self._first(queue, ROW, size + 1, after)
        return Page(case_rows(row[1:] for row in found[:size]), place_after(found, size))

    def cases_page(self, query: QueueQuery, now: datetime, limit: int, after: Cursor | None = None) -> CasePage:
        """One page of a queue after a cursor, as whole cases."""
        found = self._first(self.queue(query, now), SELECTED[records.Case].sql, limit + 1, after)
        return CasePage(self._whole(found[:limit]), place_after(found, limit))

    def _whole(self, rows: Sequence[Sequence[Any]]) -> tuple[WholeCase, ...]:
        """The whole cases of rows, each of which has its place in the order before its columns."""
        cases = records_of(records.Case, [row[1:] for row in rows])
        customers = {one.id: one for one in self._customers_with({case.customer_id for case in cases})}
        due = self._deadlines([case.id for case in cases])
        return tuple(WholeCase(case, customers[case.customer_id], due[case.id]) for case in cases)

    def _deadlines(self, case_ids: Sequence[int]) -> dict[int, tuple[Deadline, ...]]:
        """What is or was due in each of these cases."""
        promises, actions = self._of_cases(records.Promise, case_ids), self._of_cases(records.Action, case_ids)
        clocks = self._of_cases(records.Clock, case_ids)
        return {id_: tuple(deadlines(promises[id_], actions[id_], clocks[id_])) for id_ in case_ids}

    def _of_cases(self, kind: type[OfCase], case_ids: Sequence[int]) -> dict[int, list[OfCase]]:
        """The records of a kind by their cases, in the order of entry, which decides between what is due at once."""
        found: dict[int, list[OfCase]] = defaultdict(list)
        for record in sorted(self._all_with(kind, "case_id", case_ids), key=attrgetter("id")):
            found[record.case_id].append(record)
        return found

    def counts(self, query: QueueQuery, now: datetime, cap: int) -> Counts:
        """How many cases the query has by overdue status; `unowned` counts those of nobody, whoever is asked for."""
        whole = replace(query, due=DueFilter.ALL)
        parts = {
            "all": whole,
            "overdue": replace(query, due=DueFilter.OVERDUE),
            "today": replace(query, due=DueFilter.TODAY),
            "soon": replace(query, due=DueFilter.SOON),
            "unowned": replace(whole, owner=""),
        }
        if query.due in (DueFilter.PAUSED, DueFilter.LATE):
            parts["chosen"] = query
        found = self._counted_each(whole, parts, now, cap)
        counts = {name: count for name, (count, _) in found.items()}
        return Counts(**counts, cap=cap, as_of=now, partial=any(partial for _, partial in found.values()))

    def count(self, query: QueueQuery, now: datetime, cap: int) -> int:
        """How many cases the query has, counted to a cap."""
        return self._counted(query, now, cap)[0]

    def order(self, query: QueueQuery, now: datetime) -> Sort:
        """The order in which the pages of a queue come."""
        return self.queue(query, now).sort

    def references(
        self, query: QueueQuery, now: datetime, limit: int, among: frozenset[int] | None = None
    ) -> dict[int, str]:
        """The ids and references of the first cases of a queue in order; with `among`, of those cases alone."""
        queue = self.queue(query, now)
        asked = queue if among is None else queue.only(among)
        return {case_id: reference for _, case_id, reference in self._first(asked, "t1.id, t1.reference", limit)}

    def values_used(self, field: str, limit: int) -> dict[str, int]:
        """The commonest values of a field among the latest cases with their numbers, most used first."""
        column = Cases._meta.fields[field].column_name
        recent = self._run(Piece(f"SELECT {column} FROM cases ORDER BY id DESC LIMIT ?", (_RECENT_CASES,)))
        stored = [value for (value,) in recent if value]
        used = Counter(tag for value in stored for tag in tags_of(value)) if field == "tags" else Counter(stored)
        return dict(sorted(used.items(), key=lambda one: (-one[1], one[0]))[:limit])

    def texts_of(self, case_ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
        """What is searched of each case, as (title, text): its own texts, its customer's, and its entries."""
        texts: dict[int, list[tuple[str, str]]] = defaultdict(list)
        own = one_of("t1.id", case_ids)
        for case_id, *found in self._run(Piece(f"SELECT t1.id, {TEXTS} FROM cases AS t1 WHERE {own.sql}", own.values)):
            texts[case_id] += [(title, text) for title, text in zip(TEXT_TITLES, found, strict=True) if text]
        told = one_of("case_id", case_ids)
        entries = f"SELECT case_id, kind, body FROM entry WHERE {told.sql} ORDER BY occurred_at, id"
        for case_id, kind, body in self._run(Piece(entries, told.values)):
            texts[case_id] += [(EntryKind(kind).label, body)] if body else []
        return texts

    def agents(self) -> list[records.Agent]:
        """All agents by name."""
        return self._all(records.Agent, "ORDER BY name, handle")

    def queue(self, query: QueueQuery, now: datetime) -> QueueSql:
        """What a query means, as a selection; what finds few of its cases is worked out by counting, to a cap."""
        queue = self._asked(query, now)
        if queue.sort is Sort.BEST:
            entered = replace(queue, sort=Sort.ENTERED)
            to_count = self._led(entered) if queue.finds_in_order else replace(entered, lead=queue.words)
            count, partial = self._count(to_count, BEST_AMONG_MOST + 1)
            return queue if count <= BEST_AMONG_MOST and not partial else replace(queue, sort=Sort.ENTERED)
        return self._led(queue)

    def _counted(self, query: QueueQuery, now: datetime, cap: int) -> tuple[int, bool]:
        """How many cases a query has, to a cap, and whether that is only of those that were looked at."""
        return self._count(self._to_count(query, now), cap)

    def _counted_each(
        self, whole: QueueQuery, parts: Mapping[str, QueueQuery], now: datetime, cap: int
    ) -> dict[str, tuple[int, bool]]:
        """How many cases each part of a query has; where few cases are led to, all parts in one look at these."""
        queue = self._to_count(whole, now)
        if queue.lead is None:
            return {name: self._counted(part, now, cap) for name, part in parts.items()}
        terms = {name: conjuncts(selection(part, now, self.agents).where) for name, part in parts.items()}
        more = {
            name: [term for term in of_part if term not in terms["all"]]
            for name, of_part in terms.items()
            if name != "all" and all(term in of_part for term in terms["all"])
        }
        ((count, *counts),) = self._run(queue.count_in_parts(list(more.values())))
        found = dict(zip(("all", *more), ((min(number, cap), False) for number in (count, *counts)), strict=True))
        return found | {name: self._counted(parts[name], now, cap) for name in parts if name not in found}

    def _to_count(self, query: QueueQuery, now: datetime) -> QueueSql:
        """What a query means, in the order in which its cases are counted soonest."""
        queue = self._asked(query, now)
        return self._led(replace(queue, sort=Sort.DUE if queue.words is None else Sort.ENTERED))

    def _asked(self, query: QueueQuery, now: datetime) -> QueueSql:
        asked = selection(query, now, self.agents)
        found, rest = parted(conjuncts(asked.where))
        return QueueSql(
            All(tuple(found)) if found else None,
            rest,
            asked.sort or Sort.DUE,
            now,
            cache(self._stored),
            self._db.finds_in_order,
        )

    def _led(self, queue: QueueSql) -> QueueSql:
        """The same queue, led by the term that finds the fewest cases, where they are few."""
        fewest, lead, ways = queue.few, None, list(queue.ways())
        if queue.words is not None and not queue.finds_in_order:
            found, all_cases = self._guessed(queue.way_of_words)
            if found > min(COMMON * all_cases, LOOKED_AT_MOST) > 0:
                # To find out how many there are takes longer than to come across enough of them.
                ways = [(term, way) for term, way in ways if term is not queue.words]
            elif queue.sort is Sort.ENTERED:
                lead, ways, queue = queue.words, ways[1:], replace(queue, has_many=found > FEW)
        for term, way in ways:
            found = self._number(counted(way, fewest))
            if found < fewest:
                fewest, lead = found, term
        if queue.reads_words and lead is not None and self._number(counted(queue.way_of_words, fewest)) < fewest:
            return queue
        return replace(queue, lead=lead)

    def _first(self, queue: QueueSql, columns: str, limit: int, after: Cursor | None = None) -> list[tuple[Any, ...]]:
        """The first rows of a queue, each with its place and its id before the other columns."""
        if queue.has_many and queue.lead is queue.words:
            last = self._last_case() if after is None else after.case_id
            found = list(self._run(replace(queue, newest=(last - NEWEST, last)).page(columns, limit, after)))
            if len(found) == limit or last <= NEWEST:
                return found
        return list(self._run(queue.page(columns, limit, after)))

    def _guessed(self, way: Piece) -> tuple[float, float]:
        """How many cases the server guesses that a way leads to, and of how many; it was asked if it was so before."""
        if way not in self._guesses:
            self._guesses[way] = self._db.guessed(*way)
        return self._guesses[way]

    def _last_case(self) -> int:
        return self._number(Piece("SELECT COALESCE(MAX(id), 0) FROM cases"))

    def _count(self, queue: QueueSql, most: int) -> tuple[int, bool]:
        """How many cases a queue has, to `most`, and whether that is only of those that were looked at."""
        found, more = self._number(queue.count(most)), queue.is_more_than_looked_at()
        return found, found < most and more is not None and self._number(more) == 1

    def _pages_to(self, case_id: int, queue: QueueSql, after: Cursor | None, limit: int) -> int:
        """How many pages it takes to reach a case; one where the queue does not have it, or too far on."""
        for key, place_id in self._run(queue.only(frozenset({case_id})).page("t1.id", 1, after)):
            before = self._number(queue.count_up_to(Cursor(key, place_id), after, PAGES_MOST * limit + 1))
            return -(-before // limit) if before <= PAGES_MOST * limit else 1
        return 1

    def _stored(self, field: Field) -> list[str] | None:
        """The different values kept for a field, None where they are more than the database compares by itself."""
        most = VALUES_MOST if self._db.compares_values else ALL_VALUES
        values = [value for (value,) in self._run(Piece(_NEXT_VALUE.format(COLUMNS[field]), (most + 1,)))]
        return values if len(values) <= most else None

    def _number(self, piece: Piece) -> int:
        ((number,),) = self._run(piece)
        return int(number)

    def _run(self, piece: Piece) -> Any:
        return self._db.execute_sql(piece.sql, piece.values)


def place_after(rows: Sequence[Sequence[Any]], size: int) -> Cursor | None:
    """Where the rows go on after the first `size` of them, None at the end; each begins with its place and its id."""
    return Cursor(*rows[size - 1][:2]) if len(rows) > size else None
