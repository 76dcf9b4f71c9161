"""Agents: who works at this desk, known by a handle made from the name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from tuitrack.domain.errors import NotAllowed, NotFound, Refusal
from tuitrack.domain.people import Agent, away_on
from tuitrack.domain.permissions import Right, may
from tuitrack.domain.spoken_time import plain_day
from tuitrack.domain.text import fold
from tuitrack.domain.words import Role

if TYPE_CHECKING:
    from tuitrack.services.ports import Reader, Store


def handle_of(name: str) -> str:
    """The short lasting name made from a full one, such as ana.kovac."""
    words = "".join(letter if letter.isalnum() else " " for letter in fold(name)).split()
    return ".".join(words)[:24].rstrip(".") or "agent"


def names_of(agents: Iterable[Agent]) -> dict[str, str]:
    """What agents are called, by their handles."""
    return {agent.handle: agent.name for agent in agents}


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
    if absence is None:
        return ""
    deputy = f"; {absence.deputy} looks after their cases" if absence.deputy else ""
    return f"{handle} is away until {plain_day(absence.until)}{deputy}."


def team_named(reader: Reader, typed: str) -> str:
    """A team as it is written; raises Refusal where no agent is in it."""
    for agent in reader.agents():
        if agent.team and fold(agent.team) == fold(typed):
            return agent.team
    raise NotFound(f"Owner: there is no agent of a team “{typed}”.", "owner")


def sign_in(store: Store, name: str, now: datetime) -> Agent:
    """The active agent of that name or handle; the first one ever joins, and administers the desk.

    Raises NotAllowed for anybody else, naming whom to ask, and keeps that it was tried.
    """
    with store.reading() as reader:
        agents = reader.agents()
    if not agents:
        return join(store, name, now, Role.ADMINISTRATOR)
    handle = handle_of(name)
    for agent in agents:
        if agent.active and (name == agent.name or handle == agent.handle):
            return agent
    from tuitrack.domain.keeping import Denial  # nobody else at the start needs it

    with store.writing() as writer:
        writer.add(Denial(at=now, agent=handle, right=Right.LOOK))
    who = ", ".join(one.name for one in agents if one.active and may(one.role, Right.MANAGE_AGENTS))
    raise NotAllowed(f"“{name}” is not an active agent of this desk; {who} can add agents here.", Right.LOOK)


def join(store: Store, name: str, now: datetime, role: Role = Role.AGENT) -> Agent:
    """Let somebody join the desk who is not known there."""
    newcomer = Agent(handle=handle_of(name), name=name, role=role, entered_at=now)
    with store.writing() as writer:
        writer.put_agent(newcomer)
    return newcomer
