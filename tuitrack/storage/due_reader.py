"""Reading what is due of open work: how much there is of which sort, and what comes next in time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tuitrack.domain.deadlines import DueCount, PromiseDue, Upcoming
from tuitrack.storage.fields import epoch_ms, moment_of
from tuitrack.storage.query_sql import STANDS_STILL
from tuitrack.storage.selecting import Selecting
from tuitrack.storage.tables.cases import NEVER_DUE

_COUNTED = (
    "SELECT CASE {steps} ELSE {beyond} END, next_due_kind, owner, category, COUNT(*) FROM {cases} GROUP BY 1, 2, 3, 4"
)
_DUE = "cases INDEXED BY work_due WHERE open_work = 1 AND due_key < ?"
_PAUSED = f"""
    (SELECT DISTINCT case_id FROM clock INDEXED BY clocks_paused WHERE {STANDS_STILL}) AS paused
    CROSS JOIN cases ON cases.id = paused.case_id WHERE cases.open_work = 1
"""
_DEADLINES = """
    SELECT t1.id, t1.reference, t1.owner, t1.next_due_kind, t1.due_key FROM cases AS t1 INDEXED BY {}
    WHERE t1.open_work = 1 {} AND t1.due_key >= ? AND t1.due_key < ? ORDER BY t1.due_key, t1.id LIMIT ?
"""
_TARGETS = """
    SELECT t1.id, t1.reference, t1.owner, clock.kind, clock.target_at
    FROM clock INDEXED BY clocks_target CROSS JOIN cases AS t1 ON t1.id = clock.case_id
    WHERE clock.met_at IS NULL AND clock.paused_at IS NULL AND clock.target_at >= ? AND clock.target_at < ?
        AND t1.open_work = 1 {} ORDER BY clock.target_at, clock.case_id LIMIT ?
"""
_OF_OWNER = "AND t1.owner IS ?"
_PROMISED = """
    SELECT promise.due_at, t1.reference, customer.name, promise.what
    FROM promise INDEXED BY promises_outcome_due_at_id_by
    CROSS JOIN cases AS t1 ON t1.id = promise.case_id CROSS JOIN customer ON customer.id = t1.customer_id
    WHERE promise.outcome IS NULL AND promise.due_at >= ? AND promise.due_at < ? {}
    ORDER BY promise.due_at, promise.id LIMIT ?
"""
_BY_OWNER = 'AND (promise."by" = ? OR t1.owner = ?)'


class DueReader(Selecting):
    """The part of the port `Reader` that tells what is due."""

    def due_counts(self, edges: Sequence[datetime]) -> list[DueCount]:
        """How much open work is due before the last of these moments, and how much is paused."""
        moments = [epoch_ms(edge) for edge in edges]
        steps = " ".join(f"WHEN due_key < ? THEN {step}" for step in range(len(moments)))
        due = self._db.execute_sql(
            _COUNTED.format(steps=steps, beyond=len(moments), cases=_DUE), (*moments, moments[-1])
        )
        paused = self._db.execute_sql(_COUNTED.format(steps=steps, beyond=len(moments), cases=_PAUSED), moments)
        return [
            DueCount(step, kind, owner, category, is_paused, cases)
            for is_paused, rows in ((False, due), (True, paused))
            for step, kind, owner, category, cases in rows
        ]

    def becoming_due(self, owner: str | None, since: datetime, before: datetime, limit: int) -> list[Upcoming]:
        """What comes next in open work between two moments, of one owner or of all, by time."""
        between = (epoch_ms(since), min(epoch_ms(before), NEVER_DUE))
        if owner is None:
            deadlines = self._db.execute_sql(_DEADLINES.format("work_due", ""), (*between, limit))
            targets = self._db.execute_sql(_TARGETS.format(""), (*between, limit))
        else:
            of_owner = _DEADLINES.format("work_of_owner", _OF_OWNER)
            deadlines = self._db.execute_sql(of_owner, (owner, *between, limit))
            targets = self._db.execute_sql(_TARGETS.format(_OF_OWNER), (*between, owner, limit))
        found = [
            Upcoming(case_id, reference, whose, kind, moment_of(at), is_target)
            for is_target, rows in ((False, deadlines), (True, targets))
            for case_id, reference, whose, kind, at in rows
        ]
        return sorted(found, key=lambda upcoming: (upcoming.at, upcoming.case_id, upcoming.is_target))

    def promises_due(self, owner: str | None, since: datetime, before: datetime, limit: int) -> list[PromiseDue]:
        """Open promises between two moments by time: of one agent and in their cases, or of all."""
        whose, of = ("", ()) if owner is None else (_BY_OWNER, (owner, owner))
        rows = self._db.execute_sql(_PROMISED.format(whose), (epoch_ms(since), epoch_ms(before), *of, limit))
        return [PromiseDue(moment_of(at), reference, customer, what) for at, reference, customer, what in rows]
