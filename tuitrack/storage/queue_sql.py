"""The queue as statements: which cases, in which order, from which place on.

The term that finds the fewest cases leads to them, where they are few, and all others are tested on each. Where
nothing finds few, the order leads: words in the order of entry are read from the last case on, any other order has its
index. Which one that is stands here, so that the way to the cases is the same whatever SQLite knows about them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from tuitrack.domain.query.fields import Field, Trait
from tuitrack.domain.query.terms import Among, Between, Is, OneOf, Term
from tuitrack.domain.queue import Cursor, Sort
from tuitrack.lean import dataclass
from tuitrack.storage.piece import Piece, joined
from tuitrack.storage.query_sql import OPEN_WORK, StoredValues, condition, match_of
from tuitrack.storage.ways import SEARCH, way_to

FEW = 5_000
"""Up to so many cases are fetched and sorted; where there are more, the order leads to them."""
FEW_BESIDE_WORDS = 2_000
"""The same where FTS5 leads and what else is asked of its cases is at hand: it reads far more of them in that time."""
LOOKED_AT_MOST = 100_000
"""How many cases are looked at, those of the order's beginning, to count the ones that a query has."""

_KEYS = {
    Sort.DUE: ("t1.due_key", False),
    Sort.NEWEST: ("t1.received_at", True),
    Sort.OLDEST: ("t1.received_at", False),
    Sort.TOUCHED: ("t1.touched_at", True),
    Sort.ENTERED: ("t1.id", True),
    Sort.BEST: ("CAST(ROUND(bm25(case_search) * -1000) AS INTEGER)", True),
}
"""What each order sorts by, and whether the largest comes first; among equals the id decides, the same way round."""
_ORDERED_BY = {
    Sort.DUE: Field.DUE,
    Sort.NEWEST: Field.RECEIVED,
    Sort.OLDEST: Field.RECEIVED,
    Sort.TOUCHED: Field.TOUCHED,
}
#: The indexes that have the cases in the order of a field, or of entry.
_OF_OPEN_WORK = {
    Field.DUE: "work_due",
    Field.RECEIVED: "work_received",
    Field.TOUCHED: "work_touched",
    None: "work_entered",
}
_OF_OPEN_WORK_ALONE = frozenset({Trait.OPEN, Trait.OVERDUE})
_OF_ONE_STATUS = frozenset({Trait.RESOLVED, Trait.UNCONFIRMED, Trait.CLOSED})
_IN_WORK_ENTERED = frozenset({Trait.ALL, Trait.OPEN, Trait.OVERDUE, Trait.ABSENT})
"""Traits that only open work has, that all cases of one status have, and that the index of that name tells."""
_OF_STATUS = {Field.DUE: "cases_status_due_key_id", Field.RECEIVED: "cases_status_received_at_id"}
_OF_ALL = {
    Field.DUE: "cases_due_key_id",
    Field.RECEIVED: "cases_received_at_id",
    Field.TOUCHED: "cases_touched_at_id",
    None: None,
}


@dataclass(frozen=True, slots=True)
class QueueSql:
    """A query as a selection from the table of cases, which is `t1`."""

    words: Term | None
    """What FTS5 finds in one go."""
    rest: Sequence[Term]
    """What else must hold."""
    sort: Sort
    now: datetime
    """In the office's zone."""
    stored: StoredValues
    finds_in_order: bool = True
    """Whether what has the words comes in the order of entry without being sorted."""
    lead: Term | None = None
    """The term that leads to its few cases, which are sorted then; without one the order leads."""
    has_many: bool = False
    """Whether the words that lead are taken to have so many cases that a look at the newest of these may do."""
    newest: tuple[int, int] | None = None
    """Of what has the words that lead, only the cases between these ids, so that no others are fetched and sorted."""

    @property
    def reads_words(self) -> bool:
        """Whether FTS5 gives the cases, in their order or with what they are sorted by."""
        in_order = self.sort is Sort.ENTERED and self.finds_in_order
        return self.words is not None and self.lead is None and (in_order or self.sort is Sort.BEST)

    @property
    def few(self) -> int:
        """Up to how many cases a term may have to lead in place of the order."""
        return FEW_BESIDE_WORDS if self.reads_words and all(map(self._is_at_hand, self.rest)) else FEW

    def ways(self) -> Iterator[tuple[Term, Piece]]:
        """The terms that could lead in place of the order, with the ways to their cases."""
        terms = [term for term in self.rest if not self._is_in_order(term)]
        for term in terms if self.words is None or self.reads_words else [self.words, *terms]:
            way = self._way(term)
            if way is not None:
                yield term, way

    def page(self, columns: str, limit: int, after: Cursor | None = None) -> Piece:
        """Select the place in the order and the columns of the first cases, or of those after a place."""
        key, down = self._key, " DESC" if self.falls else ""
        later = [] if after is None else [self._beyond(after)]
        if self.lead is None and self.sort is not Sort.BEST:
            cases = self._select(f"{key}, {columns}", later)
            return Piece(f"{cases.sql} ORDER BY {self._order} LIMIT ?", (*cases.values, limit))
        # Only keys are sorted; the columns are fetched for the page alone.
        cases = self._select(f"{key} AS place, t1.id AS id", later)
        return Piece(
            f"SELECT page.place, {columns} FROM ({cases.sql} ORDER BY place{down}, t1.id{down} LIMIT ?) AS page "
            f"CROSS JOIN cases AS t1 ON t1.id = page.id ORDER BY page.place{down}, page.id{down}",
            (*cases.values, limit),
        )

    @property
    def way_of_words(self) -> Piece:
        """The ids of the cases that have the words."""
        return Piece(SEARCH, (self._match,))

    def only(self, case_ids: frozenset[int]) -> QueueSql:
        """The same queue without any but these cases."""
        among = Among(case_ids)
        return replace(self, rest=[*self.rest, among], lead=None if self.sort is Sort.BEST else among)

    def count_up_to(self, place: Cursor, after: Cursor | None, most: int) -> Piece:
        """Count the cases up to a place in the order, to `most`; only those after another place where there is one."""
        later = [] if after is None else [self._beyond(after)]
        return counted(self._select("1", [self._compared(">=" if self.falls else "<=", place), *later]), most)

    def count(self, most: int) -> Piece:
        """Count the cases to `most`, with no more than `LOOKED_AT_MOST` looked at."""
        looked_at = self._looked_at()
        if looked_at is None:
            return counted(self._select("1"), most)
        terms = self.rest if self.reads_words else self._all_terms
        test = joined([self._is_led_to("found.id"), *self._tests(terms)], "AND", "TRUE")
        source = f"({looked_at.sql} LIMIT ?) AS found CROSS JOIN {self._led_cases}"
        values = (*looked_at.values, LOOKED_AT_MOST, *test.values)
        return counted(Piece(f"SELECT 1 FROM {source} WHERE {test.sql}", values), most)

    def count_in_parts(self, parts: Sequence[Sequence[Term]]) -> Piece:
        """Count all cases, and those of them for which the terms of each part hold as well."""
        tests = [joined(self._tests(terms), "AND", "TRUE") for terms in parts]
        found = self._select(", ".join(["COUNT(*)", *(f"COUNT(*) FILTER (WHERE {test.sql})" for test in tests)]))
        return Piece(found.sql, (*(value for test in tests for value in test.values), *found.values))

    def is_more_than_looked_at(self) -> Piece | None:
        """Select 1 where there are more cases than `count` looks at, else 0; None where it looks at all that matter."""
        looked_at = self._looked_at()
        if looked_at is None:
            return None
        return Piece(f"SELECT EXISTS ({looked_at.sql} LIMIT 1 OFFSET ?)", (*looked_at.values, LOOKED_AT_MOST))

    def _looked_at(self) -> Piece | None:
        """The ids of the cases that are looked at to count; None where all are, for they are few or need no look."""
        if self.lead is not None:
            return None
        if self.reads_words:
            return Piece(f"{self.way_of_words.sql} ORDER BY rowid DESC", self.way_of_words.values)
        in_order = [term for term in self.rest if self._is_in_order(term)]
        if len(in_order) == len(self._all_terms):
            return None
        nearest = replace(self, words=None, rest=in_order)
        cases = nearest._select("t1.id AS id")
        return Piece(f"{cases.sql} ORDER BY {nearest._order}", cases.values)

    @property
    def _all_terms(self) -> list[Term]:
        return [*self.rest, self.words] if self.words is not None else list(self.rest)

    def _select(self, columns: str, also: Sequence[Piece] = ()) -> Piece:
        """Select columns of all cases of the queue for which something else holds as well."""
        terms = [term for term in self._all_terms if term is not self.lead]
        if self.reads_words:
            source = Piece(f"case_search CROSS JOIN {self._led_cases}")
            tests = [Piece("case_search MATCH ?", (self._match,)), self._is_led_to("case_search.rowid")]
            tests += self._tests(self.rest)
        elif self.lead is not None:
            way = self._way(self.lead)
            assert way is not None, "only what has a way leads"
            if self.newest is not None:
                way = Piece(f"{way.sql} AND rowid BETWEEN ? AND ?", (*way.values, *self.newest))
            source = Piece(
                f"(SELECT DISTINCT id FROM ({way.sql}) AS way) AS found CROSS JOIN {self._led_cases}", way.values
            )
            tests = [self._is_led_to("found.id"), *self._tests(terms)]
        else:
            source = Piece(f"cases AS t1 {f'INDEXED BY {self._index}' if self._index else 'NOT INDEXED'}")
            tests = self._tests(terms)
        where = joined([*tests, *also], "AND", "TRUE")
        return Piece(f"SELECT {columns} FROM {source.sql} WHERE {where.sql}", source.values + where.values)

    @property
    def _order(self) -> str:
        down = " DESC" if self.falls else ""
        return f"{self._key}{down}" if self.sort is Sort.ENTERED else f"{self._key}{down}, t1.id{down}"

    def _tests(self, terms: Sequence[Term]) -> list[Piece]:
        return [condition(term, self.now, self.stored) for term in terms]

    @property
    def _key(self) -> str:
        return "case_search.rowid" if self.reads_words and self.sort is Sort.ENTERED else _KEYS[self.sort][0]

    @property
    def falls(self) -> bool:
        """Whether the largest comes first."""
        return _KEYS[self.sort][1]

    def _beyond(self, place: Cursor) -> Piece:
        return self._compared("<" if self.falls else ">", place)

    def _compared(self, sign: str, place: Cursor) -> Piece:
        """Compare each case's place in the order with another place."""
        if self.sort is Sort.ENTERED:
            return Piece(f"{self._key} {sign} ?", (place.case_id,))
        return Piece(f"({self._key}, t1.id) {sign} (?, ?)", (place.key, place.case_id))

    def _way(self, term: Term) -> Piece | None:
        return way_to(term, self.now, self.stored, in_open_work=self._in_open_work)

    @property
    def _match(self) -> str | None:
        return match_of(self.words) if self.words is not None else None

    @property
    def _led_cases(self) -> str:
        """The cases to which something led; of open work, what is asked of most and what it is sorted by is at hand."""
        return f"cases AS t1 {'INDEXED BY work_entered' if self._in_open_work else ''}"

    def _is_led_to(self, case_id: str) -> Piece:
        return Piece(f"t1.id = {case_id} AND {OPEN_WORK}" if self._in_open_work else f"t1.id = {case_id}")

    @property
    def _in_open_work(self) -> bool:
        """Whether all cases are open work, as every case is that has a due time."""
        return any(
            (isinstance(term, Is) and term.trait in _OF_OPEN_WORK_ALONE)
            or (isinstance(term, Between | OneOf) and term.field in (Field.DUE, Field.NEXT))
            for term in self.rest
        )

    @property
    def _index(self) -> str | None:
        """The index that has the cases in their order; the order of entry of all cases is that of their table."""
        field = _ORDERED_BY.get(self.sort)
        if field in _OF_STATUS and any(map(_is_one_status, self.rest)):
            return _OF_STATUS[field]
        if field is Field.DUE and any(map(_is_one_owner, self.rest)):
            return "work_of_owner" if self._in_open_work else "cases_owner_due_key_id"
        return (_OF_OPEN_WORK if self._in_open_work else _OF_ALL)[field]

    def _is_at_hand(self, term: Term) -> bool:
        """Whether `work_entered` tells without the case itself whether it fulfils a term."""
        return self._in_open_work and (
            (isinstance(term, Is) and term.trait in _IN_WORK_ENTERED)
            or (isinstance(term, Between) and term.field not in (Field.CLOSED, Field.ENTERED))
            or (isinstance(term, OneOf) and term.field in (Field.OWNER, Field.TEAM))
        )

    def _is_in_order(self, term: Term) -> bool:
        """Whether the index of the order leaves out by itself what does not fulfil a term."""
        index, field = self._index, _ORDERED_BY.get(self.sort)
        trait = term.trait if isinstance(term, Is) else None
        return (
            trait is Trait.ALL
            or (trait is Trait.OPEN and index not in _OF_STATUS.values())
            or (trait is Trait.OVERDUE and field is Field.DUE)
            or (isinstance(term, Between) and term.field is field)
            or (_is_one_status(term) and index in _OF_STATUS.values())
            or (_is_one_owner(term) and index in ("work_of_owner", "cases_owner_due_key_id"))
        )


def counted(selection: Piece, most: int) -> Piece:
    """Count what is selected, to `most`."""
    return Piece(f"SELECT COUNT(*) FROM ({selection.sql} LIMIT ?) AS found", (*selection.values, most))


def _is_one_status(term: Term) -> bool:
    if isinstance(term, Is):
        return term.trait in _OF_ONE_STATUS
    return isinstance(term, OneOf) and term.field is Field.STATUS and len(term.values) == 1


def _is_one_owner(term: Term) -> bool:
    return isinstance(term, OneOf) and term.field is Field.OWNER and len(term.values) == 1
