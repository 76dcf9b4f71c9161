"""Escalating a case: before whom it was laid and why, and what came of it; one escalation stands at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tuitrack.domain.errors import Refusal
from tuitrack.domain.timeline import Escalation
from tuitrack.domain.words import EntryKind
from tuitrack.services.changing import CaseChange, changing
from tuitrack.services.desk import Desk


class EscalationService:
    """Escalates cases, one transaction for each thing a person does."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def escalate(self, case_id: int, values: dict[str, Any], seen: int) -> Escalation:
        """Lay a case before somebody, from the fields of `EscalationDraft`; what stood until then goes on to them."""
        from tuitrack.domain.drafts.entries import EscalationDraft

        draft = EscalationDraft.accept(values)
        with changing(self._desk, case_id, seen) as change:
            if not change.case.is_open:
                raise Refusal("Escalation: the case is closed; reopen it with a reason first.", "level")
            standing = _standing(change)
            if standing is not None:
                if (standing.level, standing.to) == (draft.level, draft.to):
                    raise Refusal(f"To: the case is escalated to {standing.whom} already.", "to")
                self._end(change, standing, f"Escalated further to {draft.level.label}, {draft.to}")
            made = change.add(Escalation(case_id=case_id, by=self._desk.agent, at=change.now, **dict(draft)))
            change.log(EntryKind.ESCALATION, f"Escalation to {made.whom}", made.reason, record_id=made.id)
        return made

    def end(self, case_id: int, came_of: str, seen: int) -> Escalation:
        """Say what came of the escalation that stands."""
        if not came_of.strip():
            raise Refusal("What came of it: this is needed.", "came_of")
        with changing(self._desk, case_id, seen) as change:
            standing = _standing(change)
            if standing is None:
                raise Refusal("Escalation: none stands in this case.", "came_of")
            ended = self._end(change, standing, came_of.strip())
            change.log(EntryKind.ESCALATION, f"Escalation to {ended.whom} ended", ended.came_of, record_id=ended.id)
        return ended

    def _end(self, change: CaseChange, standing: Escalation, came_of: str) -> Escalation:
        ended = replace(standing, ended_at=change.now, ended_by=self._desk.agent, came_of=came_of)
        change.replace(standing, ended)
        return ended


def _standing(change: CaseChange) -> Escalation | None:
    return next((one for one in change.reader.escalations(change.case.id) if one.stands), None)
