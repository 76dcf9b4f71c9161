"""Reading what the next shift has to know of, and what was handed over."""

from __future__ import annotations

from datetime import datetime

from tuitrack.domain import records
from tuitrack.storage.fields import epoch_ms
from tuitrack.storage.selecting import Selecting

_DUE_OF_ASSIGNEE = """
    INDEXED BY actions_open_of_assignee WHERE assignee = ? AND done_on IS NULL AND due_at < ?
    ORDER BY due_at, id LIMIT ?
"""
_MISSED = """
    WHERE id IN (
        SELECT call.id FROM cases INDEXED BY work_of_owner
        CROSS JOIN call INDEXED BY calls_case_id_at ON call.case_id = cases.id
        WHERE cases.open_work = 1 AND cases.owner IS ? AND cases.status <> 'closed' AND call.result <> 'reached'
            AND NOT EXISTS (
                SELECT 1 FROM call AS later
                WHERE later.case_id = call.case_id AND (later.at, later.id) > (call.at, call.id)
                    AND (later.result <> 'reached' OR later.direction = 'outbound')
            )
    ) ORDER BY at, id LIMIT ?
"""
_UNANSWERED = """
    WHERE id IN (SELECT handover_id FROM handover_item INDEXED BY handover_items_open WHERE answer IS NULL)
        AND (giver = ? OR receiver = ?) ORDER BY id
"""
_LATEST = """
    WHERE id IN (
        SELECT id FROM (SELECT id FROM handover WHERE giver = ? ORDER BY id DESC LIMIT ?) AS given
        UNION SELECT id FROM (SELECT id FROM handover WHERE receiver = ? ORDER BY id DESC LIMIT ?) AS received
    ) ORDER BY id DESC LIMIT ?
"""


class HandoverReader(Selecting):
    """The part of the port `Reader` that the end of a shift needs."""

    def actions_due(self, assignee: str, before: datetime, limit: int) -> list[records.Action]:
        """Open actions asked of somebody that are due before a moment, in any case, by due time."""
        return self._all(records.Action, _DUE_OF_ASSIGNEE, assignee, epoch_ms(before), limit)

    def callbacks(self, owner: str, limit: int) -> list[records.Call]:
        """Of each case of an agent, or of nobody, the last call that missed the customer and none of ours made good."""
        return self._all(records.Call, _MISSED, owner or None, limit)

    def handover(self, handover_id: int) -> records.Handover:
        """The handover; raises NotFound."""
        return self._one(records.Handover, handover_id, "Handover: it is no longer there.")

    def handover_item(self, item_id: int) -> records.HandoverItem:
        """The item; raises NotFound."""
        return self._one(records.HandoverItem, item_id, "Handover: the item is no longer there.")

    def handover_items(self, handover_id: int) -> list[records.HandoverItem]:
        """All items of a handover, in the order in which they were handed over."""
        return self._all(records.HandoverItem, "WHERE handover_id = ? ORDER BY id", handover_id)

    def open_handovers(self, agent: str) -> list[records.Handover]:
        """Handovers given or received by an agent that have an item without an answer, oldest first."""
        return self._all(records.Handover, _UNANSWERED, agent, agent)

    def handovers(self, agent: str, limit: int) -> list[records.Handover]:
        """The latest handovers given or received by an agent, newest first."""
        return self._all(records.Handover, _LATEST, agent, limit, agent, limit, limit)
