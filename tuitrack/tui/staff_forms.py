"""The forms of agents: who they are, and when they are away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tuitrack.domain.people import Absence, Agent
from tuitrack.domain.words import Role
from tuitrack.services.bundle import Services
from tuitrack.services.staff import span_words
from tuitrack.tui.backstage import Backstage
from tuitrack.tui.fields import ChoiceField, DayField, Field, SuggestField, YesNoField, words
from tuitrack.tui.form import FormScreen


def agent_form(
    services: Services, backstage: Backstage, agents: Sequence[Agent], agent: Agent | None = None
) -> FormScreen[Agent]:
    """Change an agent, or let a new one join."""
    teams = sorted({one.team for one in agents} - {""})
    fields: list[Field] = [
        Field("name", "Name", required=True),
        ChoiceField("role", "Role", choices=words(Role), required=True),
        SuggestField("team", "Team", suggestions=teams),
        Field("language", "Languages", hint="two letters each: hr, en"),
        YesNoField("active", "Active", required=True),
    ]
    names = [field.name for field in fields]

    async def save(values: dict[str, Any]) -> Agent:
        if agent is None:
            return await backstage.write(services.staff.add, values)
        return await backstage.write(services.staff.change, agent.handle, values)

    initial = {name: getattr(agent, name) for name in names} if agent else {"role": Role.AGENT, "active": True}
    title = f"Agent {agent.handle}" if agent else "New agent"
    return FormScreen(title, fields, save, services=services, backstage=backstage, initial=initial)


def absence_form(
    services: Services, backstage: Backstage, agents: Sequence[Agent], agent: Agent, absence: Absence | None
) -> FormScreen[Absence]:
    """Enter when somebody is away, or change what was entered."""
    deputies = [one.handle for one in agents if one.active and one.handle != agent.handle]
    fields = [
        DayField("since", "First day", required=True, prefer="future"),
        DayField("until", "Last day", required=True, prefer="future"),
        Field("reason", "Reason", hint="may stay empty"),
        SuggestField("deputy", "Deputy", suggestions=deputies, hint="who looks after their cases"),
    ]

    async def save(values: dict[str, Any]) -> Absence:
        if absence is None:
            return await backstage.write(services.staff.enter_absence, values | {"agent": agent.handle})
        return await backstage.write(services.staff.change_absence, absence, values)

    initial: dict[str, Any] = {"since": services.desk.today()}
    title = f"{agent.name} is away"
    if absence is not None:
        initial = {name: getattr(absence, name) for name in ("since", "until", "reason", "deputy")}
        title = f"{agent.name} is away {span_words(absence)}"
    return FormScreen(title, fields, save, services=services, backstage=backstage, initial=initial)
