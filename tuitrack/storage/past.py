"""Cases taken back to what they were at a moment, in a private database of the shape that the desk's has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any

from tuitrack.domain import records
from tuitrack.domain.deadlines import next_due, next_kind
from tuitrack.domain.errors import Refusal, Superseded
from tuitrack.domain.past import Before, before
from tuitrack.storage.database import scratch_database
from tuitrack.storage.fields import epoch_ms
from tuitrack.storage.search import index_cases, index_customers
from tuitrack.storage.selecting import Selecting
from tuitrack.storage.tables.changes import Changes
from tuitrack.storage.writer import SqlWriter

TAKEN_BACK_MOST = 200_000
"""How many cases may have been touched since; more take longer than anybody waits."""
_AT_ONCE = 500
_OF_CASES = ("entry", *(table._meta.table_name for table in Changes._meta.fields["records"].tables.values()))
"""The tables of what a change can bring to a case or take from it."""
_OF_AGENTS = ("agent", "absence")
"""The tables that queries ask about owners; what they say has no history."""
_TOUCHED_SINCE = "SELECT id FROM cases INDEXED BY cases_touched_at_id WHERE touched_at > ? LIMIT ?"


class TakenBack:
    """The cases that were touched since a moment, each as it was then; those entered since are left out."""

    def __init__(self, moment: datetime, make_tables: Callable[[Any], None]) -> None:
        """`make_tables` gives a private database the tables that the desk's has."""
        self.moment = moment
        self.db = scratch_database()
        self.in_doubt: set[int] = set()
        """The cases that were changed since in a way of which not everything is known."""
        self._known: set[int] = set()
        self._unsearchable: list[int] = []
        make_tables(self.db)

    def catch_up(self, desk: Any, is_stopped: Callable[[], bool]) -> None:
        """Take back what was touched since the moment and is not here yet; what a case was never changes again.

        Raises Superseded where `is_stopped` says so, and Refusal where it is too much.
        """
        touched = [id_ for (id_,) in desk.execute_sql(_TOUCHED_SINCE, (epoch_ms(self.moment), TAKEN_BACK_MOST + 1))]
        if len(touched) > TAKEN_BACK_MOST:
            raise Refusal(f"at: more than {TAKEN_BACK_MOST:,} cases were changed since then. Type a later moment.")
        with self.db.atomic():
            for table in _OF_AGENTS:
                self.db.execute_sql(f"DELETE FROM {table}")
                self._copy(desk, table, "TRUE", ())
        fresh = [id_ for id_ in touched if id_ not in self._known]
        for ids in (fresh[at : at + _AT_ONCE] for at in range(0, len(fresh), _AT_ONCE)):
            _go_on(is_stopped)
            with self.db.atomic():
                self._take_back(desk, ids)
            self._known.update(ids)

    def make_searchable(self, is_stopped: Callable[[], bool]) -> None:
        """Let words be found in the cases that are here, which takes as long as to take them back."""
        while self._unsearchable:
            _go_on(is_stopped)
            some = self._unsearchable[-_AT_ONCE:]
            with self.db.atomic():
                index_cases(self.db, some)
            del self._unsearchable[-_AT_ONCE:]

    def close(self) -> None:
        """Let go of it; nothing is left."""
        self.db.close()

    def _take_back(self, desk: Any, touched: Sequence[int]) -> None:
        self._copy(desk, "cases", f"id IN ({_marks(touched)}) AND entered_at <= {epoch_ms(self.moment)}", touched)
        taken = _Taken(self.db)
        cases = taken.cases(touched)
        for table in _OF_CASES:
            self._copy(desk, table, f"case_id IN ({_marks(cases)})", list(cases))
        self._copy_customers(desk, {case.customer_id for case in cases.values()})
        entries = taken.entries(list(cases))
        later = [entry for entry in entries if entry.entered_at > self.moment]
        changes = _Changes(desk).told_by(later)
        for case_id, told in groupby(entries, key=lambda entry: entry.case_id):
            several = list(told)
            earlier = [entry for entry in several if entry.entered_at <= self.moment]
            was = before(cases[case_id], earlier, several[len(earlier) :], changes)
            taken.exchange(was)
            cases[case_id] = was.case
            if not was.is_whole:
                self.in_doubt.add(case_id)
        taken.settle(cases)
        self.db.cursor().executemany("DELETE FROM entry WHERE id = ?", [(entry.id,) for entry in later])
        self._unsearchable += cases

    def _copy_customers(self, desk: Any, ids: set[int]) -> None:
        known = self.db.execute_sql(f"SELECT id FROM customer WHERE id IN ({_marks(ids)})", list(ids))
        missing = sorted(ids.difference(id_ for (id_,) in known))
        self._copy(desk, "customer", f"id IN ({_marks(missing)})", missing)
        self._copy(desk, "phone", f"customer_id IN ({_marks(missing)})", missing)
        named = self.db.execute_sql(f"SELECT id, name FROM customer WHERE id IN ({_marks(missing)})", missing)
        index_customers(self.db, list(named))

    def _copy(self, desk: Any, table: str, which: str, values: Sequence[Any]) -> None:
        rows = list(desk.execute_sql(f'SELECT * FROM "{table}" WHERE {which}', values))
        if rows:
            self.db.cursor().executemany(f'INSERT INTO "{table}" VALUES ({_marks(rows[0])})', rows)


class _Changes(Selecting):
    """Reads what is known of changes."""

    def told_by(self, entries: Sequence[records.Entry]) -> dict[int, records.Change]:
        """The changes that entries tell of or correct, by their ids."""
        ids = {entry.id for entry in entries} | {entry.corrects for entry in entries if entry.corrects}
        return {change.id: change for change in self._all_with(records.Change, "id", ids)}


class _Taken(SqlWriter):
    """Writes what cases were in the place of what they are."""

    def cases(self, ids: Sequence[int]) -> dict[int, records.Case]:
        """Those of the cases that are here, as they are by now."""
        return {case.id: case for case in self._all_with(records.Case, "id", ids)}

    def entries(self, case_ids: Sequence[int]) -> list[records.Entry]:
        """All entries of cases, those of one case together in the order in which they were entered."""
        found = self._all_with(records.Entry, "case_id", case_ids)
        return sorted(found, key=lambda entry: (entry.case_id, entry.entered_at, entry.id))

    def exchange(self, was: Before) -> None:
        """Put records as they were in the place of what they are."""
        for now, then in was.exchanges:
            if now is None and then is not None:
                self.add_all([then])
            elif now is not None and then is None:
                self.remove(now)
            elif then is not None:
                self.replace(then)

    def settle(self, cases: dict[int, records.Case]) -> None:
        """Store cases as they were, with what was due next."""
        now = self.cases(list(cases))
        for case_id, clocks in self._deadlines(list(cases)).items():
            due = next_due(clocks)
            was = replace(cases[case_id], next_due_at=due.due_at if due else None, next_due_kind=next_kind(clocks))
            self.put_case(was, now[case_id])


def _go_on(is_stopped: Callable[[], bool]) -> None:
    if is_stopped():
        raise Superseded("Nobody waits for this answer any more.")


def _marks(values: Sequence[Any] | set[Any] | dict[int, Any]) -> str:
    return ", ".join("?" * len(values)) or "NULL"
