"""The form that tells somebody what came out of a case, and the one with which they answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tuitrack.domain.feedback import Feedback
from tuitrack.services.bundle import Services
from tuitrack.services.casefile import CaseFile
from tuitrack.tui.backstage import Backstage
from tuitrack.tui.fields import SuggestField, TextField
from tuitrack.tui.form import FormScreen, form_of_case


def feedback_form(
    services: Services, backstage: Backstage, file: CaseFile, receivers: Sequence[str]
) -> FormScreen[Feedback]:
    """Ask who can correct the cause, and what they are told."""

    async def save(values: dict[str, Any]) -> Feedback:
        return await backstage.write(services.feedback.send, file.case.id, values)

    fields = [
        SuggestField("to", "To", suggestions=receivers, required=True, hint="an agent or a team"),
        TextField("text", "What they should know", required=True, rows=5),
    ]
    case = file.case
    known = [f"Cause: {case.cause}" if case.cause else "The cause is not known yet.", case.factors]
    note = "\n".join(filter(None, known))
    return form_of_case(services, backstage, file, "feedback", "Feedback", fields, save, note_above=note)


def answer_form(services: Services, backstage: Backstage, feedback: Feedback) -> FormScreen[Feedback]:
    """Ask what becomes of what was fed back."""

    async def save(values: dict[str, Any]) -> Feedback:
        return await backstage.write(services.feedback.answer, feedback.case_id, feedback.id, values)

    return FormScreen(
        f"Answer to {feedback.by}",
        [TextField("answer", "Answer", required=True, rows=5)],
        save,
        services=services,
        backstage=backstage,
        draft_key=f"answer-{feedback.id}:{feedback.case_id}",
        note_above=feedback.text,
    )
