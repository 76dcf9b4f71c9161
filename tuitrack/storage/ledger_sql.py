"""The ledger of promises as statements: each walks an index in the order of the lines, and reads no more than a page.

Several people's promises are several such walks, of which the first lines are put together.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from tuitrack.domain import records
from tuitrack.domain.promises import LedgerQuery, Standing
from tuitrack.domain.records import Promise
from tuitrack.lean import dataclass
from tuitrack.storage.fields import epoch_ms
from tuitrack.storage.mapping import SELECTED
from tuitrack.storage.piece import LISTED_TEXTS, Piece, joined

_OF_ALL = "promise INDEXED BY promises_outcome_due_at_id_by"
_OF_ONE = "promise INDEXED BY promises_by_outcome_due_at_id"
_PLACE = "promise.id AS id, promise.due_at AS due_at"
_IN_CASES = (
    "cases INDEXED BY work_of_owner CROSS JOIN promise INDEXED BY promises_case_id_due_at ON promise.case_id = cases.id"
)
"""What is open in a case makes it open work."""
_OF_SEVERAL = f'promise."by" IN ({LISTED_TEXTS})'
_OR_IN_CASES = f" OR (SELECT owner FROM cases WHERE id = promise.case_id) IN ({LISTED_TEXTS})"
_OF_CATEGORY = "(SELECT category FROM cases WHERE id = promise.case_id) = ?"
_SUCCESSOR = "(SELECT {0} FROM promise AS anew WHERE anew.case_id = t1.case_id AND anew.renegotiates = t1.id)"
_TOLD = "(SELECT at FROM call WHERE id = anew.call_id)"

WALKS_MOST = 100
"""Up to so many people's promises are walked through one by one; those of more are most of what there is."""


@dataclass(frozen=True, slots=True)
class LedgerSql:
    """The promises of a query as selections."""

    query: LedgerQuery
    now: datetime

    def page(self, limit: int, after: Promise | None = None) -> Piece:
        """Select the first lines, or those after a promise, with the columns of `LINE`."""
        way = "" if self.query.standing.is_open else " DESC"
        later = []
        if after is not None:
            sign = "<" if way else ">"
            later = [Piece(f"(promise.due_at, promise.id) {sign} (?, ?)", (epoch_ms(after.due_at), after.id))]
        order = f"ORDER BY due_at{way}, id{way} LIMIT ?"
        found = self._found(order, limit, later)
        return Piece(
            f"SELECT {LINE} FROM ({found.sql} {order}) AS page CROSS JOIN promise AS t1 ON t1.id = page.id "
            "CROSS JOIN cases ON cases.id = t1.case_id CROSS JOIN customer ON customer.id = cases.customer_id "
            f"ORDER BY page.due_at{way}, page.id{way}",
            (*found.values, limit),
        )

    def count(self, most: int) -> Piece:
        """Count the promises, to `most`."""
        found = self._found("LIMIT ?", most, [])
        return Piece(f"SELECT COUNT(*) FROM ({found.sql} LIMIT ?) AS found", (*found.values, most))

    def counted(self, name: str) -> Piece:
        """Count the promises by `by`, or by the category of their case."""
        such = joined(self._tests(), "AND", "TRUE")
        if name == "category":
            cases = "CROSS JOIN cases ON cases.id = promise.case_id"
            sql = f"SELECT cases.category, COUNT(*) FROM {_OF_ALL} {cases} WHERE {such.sql} GROUP BY cases.category"
        else:
            sql = f'SELECT promise."by", COUNT(*) FROM {_OF_ALL} WHERE {such.sql} GROUP BY promise."by"'
        return Piece(sql, such.values)

    def _found(self, end: str, limit: int, later: list[Piece]) -> Piece:
        """The ids and due times of the first promises of every walk; one that two walks find is there once."""
        walks = [(table, joined([such, *self._tests(), *later], "AND", "TRUE")) for table, such in self._walks()]
        sql = " UNION ".join(
            f"SELECT * FROM (SELECT {_PLACE} FROM {table} WHERE {such.sql} {end}) AS walk" for table, such in walks
        )
        return Piece(sql, tuple(value for _, such in walks for value in (*such.values, limit)))

    def _walks(self) -> Iterator[tuple[str, Piece]]:
        """Where to look, and what must hold there for the index to be walked."""
        names, with_cases = self.query.by, self.query.with_cases and self.query.standing.is_open
        if names is None:
            yield _OF_ALL, Piece("TRUE")
        elif not names or len(names) > WALKS_MOST:
            several = json.dumps(names)
            yield _OF_ALL, Piece(_OF_SEVERAL + (_OR_IN_CASES if with_cases else ""), (several,) * (1 + with_cases))
        else:
            for name in names:
                yield _OF_ONE, Piece('promise."by" = ?', (name,))
                if with_cases:
                    yield _IN_CASES, Piece("cases.open_work = 1 AND cases.owner = ?", (name,))

    def _tests(self) -> list[Piece]:
        """What must hold wherever one looks; a literal NULL, so that an index is walked in its order."""
        query, column = self.query, "promise.due_at"
        outcome = query.standing.outcome
        tests = [
            Piece("promise.outcome IS NULL") if outcome is None else Piece("promise.outcome = ?", (outcome.value,))
        ]
        if query.since is not None:
            tests.append(Piece(f"{column} >= ?", (epoch_ms(query.since),)))
        before = [moment for moment in (query.before, self._overdue_before) if moment is not None]
        if before:
            tests.append(Piece(f"{column} < ?", (epoch_ms(min(before)),)))
        if query.category is not None:
            tests.append(Piece(_OF_CATEGORY, (query.category,)))
        return tests

    @property
    def _overdue_before(self) -> datetime | None:
        return self.now if self.query.standing is Standing.OVERDUE else None


LINE = ", ".join(
    [
        SELECTED[records.Promise].sql,
        "cases.reference",
        "customer.name",
        "cases.owner",
        _SUCCESSOR.format("due_at"),
        _SUCCESSOR.format(_TOLD),
    ]
)
"""The columns of a line: the promise, then those of `PromiseLine` in their order."""
