"""Reading what is fed back to whoever can correct a cause, and who has read cases for their quality."""

from __future__ import annotations

from datetime import datetime

from tuitrack.domain import records
from tuitrack.storage.fields import epoch_ms
from tuitrack.storage.selecting import Selecting

_ADDRESSED = """
    WHERE id IN (
        SELECT id FROM feedback WHERE "to" = ? AND to_team = 0
        UNION ALL SELECT id FROM feedback WHERE "to" = ? AND to_team = 1 AND "to" <> ''
    )
    ORDER BY answered_at IS NOT NULL, answered_at DESC, read_at IS NOT NULL, at, id LIMIT ?
"""
_READ = 'SELECT "by", COUNT(DISTINCT case_id) FROM case_reading WHERE at >= ? AND at < ? GROUP BY "by"'


class FeedbackReader(Selecting):
    """The part of the port `Reader` that closing the loop of complaints needs."""

    def feedback(self, case_id: int) -> list[records.Feedback]:
        """What was told of a case to whoever can correct its cause, oldest first."""
        return self._of_case(records.Feedback, case_id)

    def feedback_to(self, agent: str, team: str, limit: int) -> list[records.Feedback]:
        """What is addressed to an agent or their team: what nobody has read or answered, then what was answered."""
        return self._all(records.Feedback, _ADDRESSED, agent, team, limit)

    def readings(self, case_id: int) -> list[records.CaseReading]:
        """Who has read a case for its quality, oldest first."""
        return self._of_case(records.CaseReading, case_id)

    def readings_counted(self, since: datetime, before: datetime) -> dict[str, int]:
        """How many cases each reviewer has read between two moments."""
        return dict(self._db.execute_sql(_READ, (epoch_ms(since), epoch_ms(before))))
