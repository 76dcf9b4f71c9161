"""The form that writes a decision down, and the one that says when the customer heard it."""

from __future__ import annotations

from typing import Any

from tuitrack.domain.case import Case
from tuitrack.domain.closure import Step
from tuitrack.services.bundle import Services
from tuitrack.services.casefile import CaseFile
from tuitrack.tui.backstage import Backstage
from tuitrack.tui.case_forms import SeenCase
from tuitrack.tui.closure_steps import step_fields, step_values, telling_fields
from tuitrack.tui.fields import DayField, Field
from tuitrack.tui.form import FormScreen, form_of_case


def decision_form(services: Services, backstage: Backstage, file: CaseFile) -> FormScreen[Case]:
    """Write down what was decided, as the step of closing does, and on which day."""
    desk = services.desk
    fields = [
        *step_fields(file, Step.DECISION, (), desk.now()),
        DayField("decided_on", "Decided on", hint="today, or the day the customer was told"),
    ]
    initial = step_values(file.case, Step.DECISION, desk.today()) | {"decided_on": file.case.decided_on}
    return _form(services, backstage, file, "decision", "Decision", fields, initial)


def telling_form(services: Services, backstage: Backstage, file: CaseFile) -> FormScreen[Case]:
    """Say on which day, or in which call, the customer heard the decision."""
    fields = telling_fields(file, services.desk.now())
    initial = {field.name: getattr(file.case, field.name) for field in fields}
    return _form(services, backstage, file, "telling", "Customer told of the decision", fields, initial)


def _form(
    services: Services,
    backstage: Backstage,
    file: CaseFile,
    name: str,
    title: str,
    fields: list[Field],
    initial: dict[str, Any],
) -> FormScreen[Case]:
    seen = SeenCase(services, backstage, file.case)

    async def save(values: dict[str, Any]) -> Case:
        # What the form does not ask stays as the person has it before their eyes.
        decision = step_values(seen.case, Step.DECISION, services.desk.today()) | values
        save_decision = services.closure.save_decision
        return await seen.write(lambda case_id, seen: save_decision(case_id, decision, seen))

    return form_of_case(services, backstage, file, name, title, fields, save, initial=initial)
