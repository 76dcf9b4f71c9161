"""Agents as cases are given to them: by name, by team, and whether they are away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from tuitrack.domain.errors import NotFound, Refusal
from tuitrack.domain.people import Absence, Agent, away_on
from tuitrack.domain.spoken_time import plain_day
from tuitrack.domain.text import fold

if TYPE_CHECKING:
    from tuitrack.services.ports import Reader


def team_mates(agents: Iterable[Agent], handle: str) -> tuple[str, ...]:
    """Whoever is in the same team as an agent; everybody without a team where they have none."""
    known = tuple(agents)
    team = next((agent.team for agent in known if agent.handle == handle), "")
    return tuple(agent.handle for agent in known if agent.team == team)


def new_owner(reader: Reader, handle: str) -> Agent:
    """The agent who is to own a case; raises Refusal where nobody is called so, or they no longer work here."""
    agent = reader.agent(handle)
    if agent is None:
        raise NotFound(f"Owner: there is no agent “{handle}”.", "owner")
    if not agent.active:
        raise Refusal(f"Owner: {agent.name} no longer works here; take another agent.", "owner")
    return agent


def away_sentence(reader: Reader, handle: str, today: date) -> str:
    """Says of an agent who is away until when, and who looks after their cases; empty where they are not."""
    absence = away_on(today, handle, reader.absences(today))
    return "" if absence is None else absence_sentence(absence)


def absence_sentence(absence: Absence) -> str:
    """Says who is away until when, and who looks after their cases."""
    deputy = f"; {absence.deputy} looks after their cases" if absence.deputy else ""
    return f"{absence.agent} is away until {plain_day(absence.until)}{deputy}."


def team_named(reader: Reader, typed: str) -> str:
    """A team as it is written; raises Refusal where no agent is in it."""
    for agent in reader.agents():
        if agent.team and fold(agent.team) == fold(typed):
            return agent.team
    raise NotFound(f"Owner: there is no agent of a team “{typed}”.", "owner")
