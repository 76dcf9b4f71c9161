"""Reading reviews and when they are due, what they count, and causes that came again after they were corrected."""

from __future__ import annotations

from datetime import date, datetime

from tuitrack.domain import records
from tuitrack.domain.recurrence import Recurrence
from tuitrack.storage.fields import epoch_ms, moment_of
from tuitrack.storage.selecting import Selecting

_DUE = """
    SELECT name, next_due FROM review_plan
    WHERE active = 1 AND next_due <= ? AND (
        owner = ? OR (
            deputy = ? AND owner IN (SELECT agent FROM absence WHERE since <= ? AND until >= ?)
        )
    ) ORDER BY next_due, name
"""
_SENT = """
    SELECT COUNT(*), COUNT(read_at), COUNT(answered_at) FROM feedback WHERE at >= ? AND at < ?
"""
_CORRECTED = """
    WHERE id = (
        SELECT action.id FROM cases INDEXED BY cases_cause_category_received_at
        CROSS JOIN action INDEXED BY actions_corrected ON action.case_id = cases.id
        WHERE cases.cause = ? AND cases.category = ? AND cases.received_at < ? AND cases.id <> ?
            AND action.track = 'process' AND action.done_at IS NOT NULL AND action.done_at < ?
        ORDER BY cases.received_at DESC, action.id LIMIT 1
    )
"""
_RECURRED = """
    SELECT cause, category, COUNT(*), MAX(received_at), MAX(action.done_on)
    FROM cases INDEXED BY recurred CROSS JOIN action ON action.id = cases.recurs_after
    WHERE cases.recurs_after IS NOT NULL AND action.done_on IS NOT NULL
    GROUP BY cause, category ORDER BY MAX(received_at) DESC LIMIT ?
"""


class ReviewReader(Selecting):
    """The part of the port `Reader` that reviews need."""

    def review_plans(self) -> list[records.ReviewPlan]:
        """All plans of reviews by when they are due next."""
        return self._all(records.ReviewPlan, "ORDER BY next_due, name, id")

    def review_plan(self, plan_id: int) -> records.ReviewPlan:
        """The plan; raises NotFound."""
        return self._one(records.ReviewPlan, plan_id, "Review: it is no longer planned.")

    def reviews(self, limit: int) -> list[records.Review]:
        """The latest reviews that were held or not, by their days, the last first."""
        return self._all(records.Review, "ORDER BY due_on DESC, id DESC LIMIT ?", limit)

    def review(self, review_id: int) -> records.Review:
        """The review; raises NotFound."""
        return self._one(records.Review, review_id, "Review: it is no longer there.")

    def reviews_due(self, agent: str, today: date) -> dict[str, date]:
        """The reviews due by a day that an agent answers for, or stands in for whoever is away: {name: its day}."""
        day = today.isoformat()
        rows = self._db.execute_sql(_DUE, (day, agent, agent, day, day))
        return {name: date.fromisoformat(due) for name, due in rows}

    def samples(self, limit: int) -> list[records.Sample]:
        """The samples that were drawn last, the last first."""
        return self._all(records.Sample, "ORDER BY id DESC LIMIT ?", limit)

    def sample(self, sample_id: int) -> records.Sample:
        """The sample; raises NotFound."""
        return self._one(records.Sample, sample_id, "Sample: it is no longer there.")

    def audits(self, sample_id: int) -> list[records.Audit]:
        """The cases of a sample, in the order of their ids."""
        return self._all(records.Audit, "WHERE sample_id = ? ORDER BY case_id, id", sample_id)

    def feedback_counted(self, since: datetime, before: datetime) -> tuple[int, int, int]:
        """How much was fed back between two moments, and how much of that was read and answered by now."""
        sent, read, answered = self._db.execute_sql(_SENT, (epoch_ms(since), epoch_ms(before))).fetchone()
        return sent, read, answered

    def corrected_before(self, case: records.Case) -> records.Action | None:
        """The process action of another case with the same cause and category that was done before this one came."""
        at = epoch_ms(case.received_at)
        known = (case.cause, case.category, at, case.id, at)
        return next(iter(self._all(records.Action, _CORRECTED, *known)), None)

    def recurrences(self, limit: int) -> list[Recurrence]:
        """The causes that came again after they were corrected, by category, the last to come first."""
        return [
            Recurrence(cause, category, cases, moment_of(at), date.fromisoformat(done))
            for cause, category, cases, at, done in self._db.execute_sql(_RECURRED, (limit,))
        ]
