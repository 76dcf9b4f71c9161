"""Who works at the demonstration desk: the person at work and six colleagues in two teams, one of them away."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tuitrack.domain.people import Absence, Agent
from tuitrack.domain.words import Role
from tuitrack.services.desk import Desk
from tuitrack.services.signing_in import handle_of, join, sign_in

TEAMS = ("North", "South")
LANGUAGES = ("hr, en", "sl, hr, en", "en")
COLLEAGUES = ("Ana Kovač", "Luka Zupan", "Grace Whitfield", "Nina Petrova", "Sara Karimi", "Jun Reyes")
ROLES = {"Ana Kovač": Role.SUPERVISOR, "Grace Whitfield": Role.QUALITY}
"""Who does not only work on cases."""


def staffed(desk: Desk) -> list[Agent]:
    """Let everybody join an empty desk, put them into teams, and let the last of them be away."""
    now = desk.clock()
    me = sign_in(desk.store, desk.settings.agent, now)
    others = (name for name in COLLEAGUES if handle_of(name) != me.handle)
    agents = [me, *(join(desk.store, name, now) for name in others)]
    with desk.store.writing() as writer:
        for number, agent in enumerate(agents):
            team, language = TEAMS[number % len(TEAMS)], LANGUAGES[number % len(LANGUAGES)]
            role = ROLES.get(agent.name, agent.role) if number else agent.role
            agents[number] = replace(agent, team=team, language=language, role=role)
            writer.put_agent(agents[number])
        away, deputy, today = agents[-1].handle, agents[-2].handle, now.astimezone(desk.zone).date()
        until = today + timedelta(days=4)
        writer.add(Absence(agent=away, since=today, until=until, reason="ill", deputy=deputy, by=deputy))
    return agents
