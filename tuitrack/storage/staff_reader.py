"""Reading about agents: who is away, how much open work each has, and how much is half typed."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import TYPE_CHECKING

from tuitrack.domain import records
from tuitrack.domain.deadlines import DueFilter, window
from tuitrack.domain.words import Status
from tuitrack.storage.fields import epoch_ms
from tuitrack.storage.selecting import Selecting

if TYPE_CHECKING:
    from tuitrack.domain.workload import Load

_BY_DUE = """
    SELECT owner, COUNT(*), COUNT(*) FILTER (WHERE due_key < ?), COUNT(*) FILTER (WHERE due_key >= ? AND due_key < ?)
    FROM cases INDEXED BY work_of_owner WHERE open_work = 1 GROUP BY owner
"""
_PROMISED = """
    SELECT t1.owner, COUNT(*)
    FROM (SELECT DISTINCT case_id FROM promise INDEXED BY promises_outcome_case_id WHERE outcome IS NULL) AS open
    CROSS JOIN cases AS t1 INDEXED BY work_entered ON t1.id = open.case_id AND t1.open_work = 1 GROUP BY t1.owner
"""
_UNCONFIRMED = """
    SELECT owner, COUNT(*) FROM cases INDEXED BY cases_status_due_key_id
    WHERE status = ? AND customer_confirmed_on IS NULL GROUP BY owner
"""


class StaffReader(Selecting):
    """The part of the port `Reader` that tells about agents and their work."""

    def agent(self, handle: str) -> records.Agent | None:
        """The agent with this handle."""
        return next(iter(self._all(records.Agent, "WHERE handle = ?", handle)), None)

    def absences(self, since: date) -> list[records.Absence]:
        """The absences that have not ended before a day, in the order in which they begin."""
        return self._all(records.Absence, "WHERE until >= ? ORDER BY since, id", since.isoformat())

    def agent_keys(self) -> list[records.AgentKey]:
        """All public keys, by agent and then by age."""
        return self._all(records.AgentKey, "ORDER BY agent, id")

    def workload(self, now: datetime) -> dict[str | None, Load]:
        """The open work of everybody who owns a case, and of nobody."""
        from tuitrack.domain.workload import Load

        loads: dict[str | None, Load] = defaultdict(Load)
        today = (epoch_ms(moment or now) for moment in window(DueFilter.TODAY, now))
        for owner, *counts in self._db.execute_sql(_BY_DUE, (epoch_ms(now), *today)):
            loads[owner] += Load(*counts)
        for owner, count in self._db.execute_sql(_PROMISED):
            loads[owner] += Load(promised=count)
        for owner, count in self._db.execute_sql(_UNCONFIRMED, (Status.RESOLVED.value,)):
            loads[owner] += Load(unconfirmed=count)
        return dict(loads)

    def presences(self, now: datetime) -> list[records.Presence]:
        """Who is in which case at a moment, by agent."""
        return self._all(records.Presence, "WHERE until > ? ORDER BY agent, session", epoch_ms(now))

    def draft_counts(self) -> dict[str, int]:
        """How many drafts of each agent are kept."""
        return dict(self._db.execute_sql("SELECT agent, COUNT(*) FROM draft GROUP BY agent"))
