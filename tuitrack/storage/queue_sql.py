"""The queue as queries: which cases, in which order, from which place on."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from peewee import SQL, Tuple, Value

from tuitrack.domain.case import Case, CaseRow
from tuitrack.domain.deadlines import DueFilter, window
from tuitrack.domain.queue import Cursor, QueueQuery, Scope, Sort
from tuitrack.domain.words import Status
from tuitrack.storage.fields import epoch_ms
from tuitrack.storage.search import case_match
from tuitrack.storage.tables import IS_OPEN_WORK, NEVER_DUE, Cases

_KEYS = {
    Sort.DUE: (Cases.due_key, False),
    Sort.NEWEST: (Cases.received_at, True),
    Sort.OLDEST: (Cases.received_at, False),
    Sort.TOUCHED: (Cases.touched_at, True),
}
"""What each order sorts by, and whether the largest comes first."""

_ROW_FIELDS = tuple(field.name for field in fields(CaseRow))

#: The name is looked up for each row of the page, so that LIMIT works on the cases alone, through an index.
#: Without a name of its own Peewee would take the column for the last one it names, and make numbers of digits.
_CUSTOMER_NAME = '(SELECT "name" FROM "customer" WHERE "customer"."id" = "t1"."customer_id") AS "customer_name"'

_SELECTED = SQL(", ".join(_CUSTOMER_NAME if name == "customer_name" else f'"t1"."{name}"' for name in _ROW_FIELDS))


def rows() -> Any:
    """Select the fields of a `CaseRow`."""
    return Cases.select(_SELECTED)


def row_of_queue(row: tuple[Any, ...]) -> CaseRow:
    """The line of a queue that `rows` selected."""
    return CaseRow(**dict(zip(_ROW_FIELDS, row, strict=True)))


def place_of(row: CaseRow | Case, sort: Sort) -> Cursor:
    """The place of a case in an order."""
    moment = {Sort.DUE: row.next_due_at, Sort.TOUCHED: row.touched_at}.get(sort, row.received_at)
    return Cursor(NEVER_DUE if moment is None else epoch_ms(moment), row.id)


@dataclass(frozen=True, slots=True)
class QueueSql:
    """A queue query as conditions and an order of the table of cases; `now` is in the office's zone."""

    query: QueueQuery
    now: datetime

    @property
    def order(self) -> tuple[Any, Any]:
        """Key and id, both in the direction of the order."""
        key, falling = _KEYS[self.query.sort]
        return (key.desc(), Cases.id.desc()) if falling else (key, Cases.id)

    def conditions(self) -> list[Any]:
        """What a case must fulfil to be in the queue."""
        found = [*_in_scope(self.query.scope), *_in_window(self.query.due, self.now)]
        if self.query.owner is not None:
            found.append(Cases.owner == self.query.owner if self.query.owner else Cases.owner.is_null())
        match = case_match(self.query.text)
        if match is not None:
            found.append(Cases.id.in_(SQL("(SELECT rowid FROM case_search WHERE case_search MATCH ?)", [match])))
        return found

    def beyond(self, cursor: Cursor) -> Any:
        """Whether a case comes after a place in the order."""
        place = Tuple(Value(cursor.key, converter=False), cursor.case_id)
        key, falling = _KEYS[self.query.sort]
        return Tuple(key, Cases.id) < place if falling else Tuple(key, Cases.id) > place

    def up_to(self, cursor: Cursor) -> Any:
        """Whether a case comes before a place in the order, or is that place."""
        return ~self.beyond(cursor)


def _in_scope(scope: Scope) -> list[Any]:
    match scope:
        case Scope.OPEN:
            return [IS_OPEN_WORK]
        case Scope.UNCONFIRMED:
            return [Cases.status == Status.RESOLVED, Cases.customer_confirmed_on.is_null()]
        case Scope.CLOSED:
            return [Cases.status == Status.CLOSED]
        case Scope.ALL:
            return [SQL("1")]  # Peewee's `where` takes one condition at least


def _in_window(due: DueFilter, now: datetime) -> list[Any]:
    since, before = window(due, now)
    found = [] if since is None else [Cases.due_key >= epoch_ms(since)]
    return found if before is None else [*found, Cases.due_key < epoch_ms(before)]
