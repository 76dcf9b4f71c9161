"""The form that asks for an answer: opens an investigation, wants information, or refers to the legal adviser."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tuitrack.domain.inquiries import INQUIRIES
from tuitrack.domain.people import Agent
from tuitrack.domain.timeline import Action
from tuitrack.domain.words import ActionKind
from tuitrack.services.bundle import Services
from tuitrack.services.casefile import CaseFile
from tuitrack.tui.backstage import Backstage
from tuitrack.tui.fields import DayField, Field, SuggestField, WhenField, YesNoField
from tuitrack.tui.form import FormScreen, form_of_case


def inquiry_form(
    services: Services, backstage: Backstage, file: CaseFile, kind: ActionKind, agents: Sequence[Agent]
) -> FormScreen[Action]:
    """Ask what is asked, of whom and by when; of legal advice, whether the clocks stand still meanwhile."""
    words = INQUIRIES[kind]
    is_ours = kind is ActionKind.INVESTIGATION

    async def save(values: dict[str, Any]) -> Action:
        return await backstage.write(services.items.add_action, file.case.id, values | {"kind": kind})

    whom = SuggestField(
        "assignee",
        words.whom,
        suggestions=[agent.handle for agent in agents] if is_ours else (),
        required=not is_ours,
        hint=f"empty: {services.desk.agent}" if is_ours else "",
    )
    fields: list[Field] = [
        Field("what", words.what, required=True),
        whom,
        WhenField("due_at", "Due", required=True),
        DayField("requested_on", words.asked, hint="today"),
    ]
    if kind is ActionKind.LEGAL:
        fields.append(YesNoField("pause_clocks", "Pause the clocks", required=True))
    initial = {"pause_clocks": False} if kind is ActionKind.LEGAL else {}
    return form_of_case(services, backstage, file, f"ask-{kind}", words.title, fields, save, initial=initial)
