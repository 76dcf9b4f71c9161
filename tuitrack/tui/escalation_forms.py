"""The form that lays a case before somebody, and the one that says what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tuitrack.domain.people import Agent
from tuitrack.domain.timeline import Escalation
from tuitrack.domain.words import EscalationLevel
from tuitrack.services.bundle import Services
from tuitrack.services.casefile import CaseFile
from tuitrack.tui.backstage import Backstage
from tuitrack.tui.case_forms import SeenCase
from tuitrack.tui.fields import ChoiceField, Field, SuggestField, TextField, words
from tuitrack.tui.form import FormScreen


def escalation_form(
    services: Services, backstage: Backstage, file: CaseFile, agents: Sequence[Agent]
) -> FormScreen[Escalation]:
    """Ask before whom the case is laid; where it lies before somebody, what came of that and whether it goes on."""
    case, standing = file.case, file.escalation
    seen = SeenCase(services, backstage, case)
    escalations = services.escalations

    async def save(values: dict[str, Any]) -> Escalation:
        if standing is not None and values["level"] is None:
            return await seen.write(lambda case_id, seen: escalations.end(case_id, values["reason"], seen))
        return await seen.write(lambda case_id, seen: escalations.escalate(case_id, values, seen))

    handles = [agent.handle for agent in agents]
    level = ChoiceField("level", "Level", choices=words(EscalationLevel), required=True)
    to: Field = SuggestField("to", "To", suggestions=handles, required=True)
    reason = TextField("reason", "Because", required=True, rows=3)
    fields: list[Field] = [level, to, reason]
    title = f"Escalate {case.reference}"
    if standing is not None:
        title = f"{case.reference} is escalated to {standing.whom}"
        fields = [
            TextField("reason", "What came of it", required=True, rows=3),
            ChoiceField("level", "On to level", choices=words(EscalationLevel), hint="empty: the escalation ends"),
            SuggestField("to", "To", suggestions=handles),
        ]
    return FormScreen(title, fields, save, services=services, backstage=backstage, draft_key=f"escalate:{case.id}")
