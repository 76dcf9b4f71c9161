"""The queue as queries: which cases, in which order, from which place on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from peewee import SQL, NodeList, Tuple, Value

from tuitrack.domain.query.fields import Field, Trait
from tuitrack.domain.query.terms import Among, Between, Is, OneOf, Term
from tuitrack.domain.queue import CaseRow, Cursor, Sort
from tuitrack.storage.fields import Converted, epoch_ms
from tuitrack.storage.query_sql import EVERY_CASE, condition, in_match, joined
from tuitrack.storage.tables import NEVER_DUE, Cases

if TYPE_CHECKING:
    from tuitrack.domain.case import Case

FEW_HITS = 5_000
"""Up to so many cases with the words are fetched and sorted; with more, another index leads to them."""

_KEYS = {
    Sort.DUE: (Cases.due_key, False),
    Sort.NEWEST: (Cases.received_at, True),
    Sort.OLDEST: (Cases.received_at, False),
    Sort.TOUCHED: (Cases.touched_at, True),
}
"""What each order sorts by, and whether the largest comes first."""

_ROW_FIELDS = tuple(field.name for field in fields(CaseRow))
_DECODERS = tuple(
    (place, column.decode)
    for place, name in enumerate(_ROW_FIELDS)
    if isinstance(column := Cases._meta.columns.get(name), Converted)
)
"""The places of what is kept of other values, with what makes it those again."""

#: The name is looked up for each row of the page, so that LIMIT works on the cases alone, through an index.
#: Without a name of its own Peewee would take the column for the last one it names, and make numbers of digits.
_OF_CUSTOMER = '(SELECT "{0}" FROM "customer" WHERE "customer"."id" = "t1"."customer_id") AS "customer_{0}"'
_CUSTOMER_NAME = _OF_CUSTOMER.format("name")

_SELECTED = SQL(", ".join(_CUSTOMER_NAME if name == "customer_name" else f'"t1"."{name}"' for name in _ROW_FIELDS))

_PHONES = """(SELECT group_concat("typed", ', ') FROM "phone" WHERE "phone"."customer_id" = "t1"."customer_id")"""
_TEXTS = ", ".join(
    [
        *(f'"t1"."{name}"' for name in ("id", "subject", "words", "details", "resolution", "reference", "foreign_id")),
        *(_OF_CUSTOMER.format(name) for name in ("name", "account")),
        f'{_PHONES} AS "phones"',
    ]
)
TEXT_TITLES = (
    "subject", "customer's words", "details", "resolution", "reference", "number elsewhere",
    "customer", "account", "phone",
)  # fmt: skip
"""What the texts are called that are searched besides the timeline."""


def rows() -> Any:
    """Select the fields of a `CaseRow`."""
    return Cases.select(_SELECTED)


def row_of_queue(row: tuple[Any, ...]) -> CaseRow:
    """The line of a queue that `rows` selected, as it is kept."""
    values = list(row)
    for place, decode in _DECODERS:
        if (value := values[place]) is not None:
            values[place] = decode(value)
    return CaseRow(**dict(zip(_ROW_FIELDS, values, strict=True)))


def own_texts() -> Any:
    """Select the id of each case and its texts by `TEXT_TITLES`."""
    return Cases.select(SQL(_TEXTS))


def place_of(row: CaseRow | Case, sort: Sort) -> Cursor:
    """The place of a case in an order."""
    if sort is Sort.ENTERED:
        return Cursor(row.id, row.id)
    moment = {Sort.DUE: row.next_due_at, Sort.TOUCHED: row.touched_at}.get(sort, row.received_at)
    return Cursor(NEVER_DUE if moment is None else epoch_ms(moment), row.id)


def hits_to(match: str, cap: int) -> tuple[str, list[Any]]:
    """A statement with its parameters that counts what FTS5 finds, to a cap."""
    return "SELECT COUNT(*) FROM (SELECT 1 FROM case_search WHERE case_search MATCH ? LIMIT ?)", [match, cap]


@dataclass(frozen=True, slots=True)
class QueueSql:
    """A query as a selection from the table of cases, in the way that reads the fewest of them.

    Words alone in the order of entry: FTS5 is read from its last row on until a page is full. Beside a condition that
    leaves few cases, or in another order: a word with many hits is tested on each case, one with few finds the cases.
    """

    match: str | None
    """What FTS5 looks for."""
    rest: Sequence[Term]
    sort: Sort
    now: datetime
    """In the office's zone."""
    many_hits: bool = False

    @property
    def words_first(self) -> bool:
        """Whether FTS5 gives the cases in their order."""
        return self.match is not None and self.sort is Sort.ENTERED and not any(map(_leaves_few, self.rest))

    @property
    def order(self) -> tuple[Any, ...]:
        """Key and id, both in the direction of the order."""
        if self.sort is Sort.ENTERED:
            return (SQL("case_search.rowid DESC") if self.words_first else Cases.id.desc(),)
        key, falling = _KEYS[self.sort]
        return (key.desc(), Cases.id.desc()) if falling else (key, Cases.id)

    def of(self, cases: Any) -> Any:
        """Only those of the selected cases that are in the queue."""
        conditions = [self._condition(term) for term in self.rest]
        if self.match is not None and self.words_first:
            # Peewee names the tables as it meets them, and so the cases have to come first.
            found = SQL("case_search MATCH ?", [self.match])
            conditions = [Cases.id == SQL("case_search.rowid"), found, *conditions]
            cases = cases.from_(SQL('"case_search" CROSS JOIN "cases" AS "t1"'))
        elif self.match is not None:
            conditions.append(in_match(self.match, each_case=self.many_hits))
        return cases.where(joined(conditions, lambda one, other: one & other, EVERY_CASE))

    def _condition(self, term: Term) -> Any:
        """A condition; everything before some day is most of all cases, and no way to find few of them."""
        found = condition(term, self.now)
        is_most = isinstance(term, Between) and term.since is None and term.field in (Field.RECEIVED, Field.TOUCHED)
        return NodeList((SQL("+"), found)) if is_most and self.sort is Sort.DUE else found

    def beyond(self, cursor: Cursor) -> Any:
        """Whether a case comes after a place in the order."""
        if self.sort is Sort.ENTERED:
            return SQL("case_search.rowid < ?", [cursor.case_id]) if self.words_first else Cases.id < cursor.case_id
        place = Tuple(Value(cursor.key, converter=False), cursor.case_id)
        key, falling = _KEYS[self.sort]
        return Tuple(key, Cases.id) < place if falling else Tuple(key, Cases.id) > place

    def up_to(self, cursor: Cursor) -> Any:
        """Whether a case comes before a place in the order, or is that place."""
        return ~(self.beyond(cursor) == SQL("1"))


def _leaves_few(term: Term) -> bool:
    """Whether an index finds the few cases that fulfil a term."""
    match term:
        case Is(Trait.OVERDUE) | OneOf(Field.OWNER) | Among():
            return True
        case Between(Field.DUE, _, before):
            return before is not None
        case _:
            return False
