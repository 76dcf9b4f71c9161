"""What all reading of an open transaction is made of: records, lines of a queue, customers with their phones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tuitrack.domain import records
from tuitrack.domain.errors import NotFound
from tuitrack.storage.mapping import SELECTED, SELECTION_OF, Kept, records_of
from tuitrack.storage.tables.cases import Customers

_AT_ONCE = 500
_ORDERED_BY = {
    "Action": "requested_on",
    "Call": "at",
    "CaseReading": "at",
    "Clock": "due_at",
    "Escalation": "at",
    "Feedback": "at",
    "Pause": "since",
    "Promise": "due_at",
    "PublicPost": "seen_on",
    "Remedy": "offered_on",
    "Tick": "at",
}
"""By what the records of a case are listed, those of one moment as they were entered."""
_NUMBERS = "SELECT customer_id, typed FROM phone WHERE customer_id IN ({}) ORDER BY place"


class Selecting:
    """Runs selections on an open transaction and makes values of their rows."""

    def __init__(self, db: Any) -> None:
        self._db = db

    def _tuples(self, query: Any) -> Iterable[tuple[Any, ...]]:
        found: Iterable[tuple[Any, ...]] = query.tuples().bind(self._db).execute()
        return found

    def _kept(self, query: Any) -> Iterable[tuple[Any, ...]]:
        """The rows as they are kept, for `records_of`: Peewee would ask every column what to make of its value."""
        found: Iterable[tuple[Any, ...]] = self._db.execute(query)
        return found

    def _all(self, kind: type[Kept], which: str = "", *values: Any) -> list[Kept]:
        """The records that the end of a statement selects; written here, as Peewee takes longer than SQLite does."""
        return records_of(kind, list(self._db.execute_sql(f"{SELECTION_OF[kind]} {which}", values)))

    def _of_case(self, kind: type[Kept], case_id: int) -> list[Kept]:
        """The records of a case of one kind, in their order."""
        return self._asked_of_case(kind, case_id)()

    def _asked_of_case(self, kind: type[Kept], case_id: int) -> Callable[[], list[Kept]]:
        """Ask for the records of a case of one kind; what is called for them later waits for the answer."""
        order = f"ORDER BY {_ORDERED_BY[kind.__name__]}, id"
        rows = self._db.execute_sql(f"{SELECTION_OF[kind]} WHERE case_id = ? {order}", (case_id,))
        return lambda: records_of(kind, list(rows))

    def _all_with(self, kind: type[Kept], column: str, values: Iterable[Any]) -> list[Kept]:
        """The records that have one of these values in a column."""
        return records_of(kind, list(self._among(f"{SELECTION_OF[kind]} WHERE {column} IN ({{}})", values)))

    def _one(self, kind: type[Kept], record_id: int, refusal: str) -> Kept:
        for record in self._all(kind, "WHERE id = ?", record_id):
            return record
        raise NotFound(refusal)

    def _customers(self, condition: Any, limit: int = 1) -> list[records.Customer]:
        query = Customers.select(SELECTED[records.Customer]).where(condition)
        return self._with_phones(self._kept(query.order_by(Customers.name, Customers.id).limit(limit)))

    def _customers_with(self, ids: Iterable[int]) -> list[records.Customer]:
        return self._with_phones(self._among(f"{SELECTION_OF[records.Customer]} WHERE id IN ({{}})", ids))

    def _with_phones(self, rows: Iterable[tuple[Any, ...]]) -> list[records.Customer]:
        """The customers of rows as they are kept."""
        found = list(rows)
        ids = [row[0] for row in found]
        phones: dict[int, tuple[str, ...]] = defaultdict(tuple)
        for customer_id, number in self._among(_NUMBERS, ids):
            phones[customer_id] += (number,)
        return records_of(records.Customer, found, phones=[phones[id_] for id_ in ids])

    def _among(self, sql: str, values: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
        """What a statement with a place for a list selects, some values of the list at a time."""
        listed = list(values)
        for some in (listed[at : at + _AT_ONCE] for at in range(0, len(listed), _AT_ONCE)):
            yield from self._db.execute_sql(sql.format(", ".join("?" * len(some))), some)
