"""Agents: who works at this desk, known by a handle made from the name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from tuitrack.domain.people import Agent
from tuitrack.domain.text import fold
from tuitrack.domain.words import Role

if TYPE_CHECKING:
    from tuitrack.services.ports import Store


def handle_of(name: str) -> str:
    """The short lasting name made from a full one, such as ana.kovac."""
    words = "".join(letter if letter.isalnum() else " " for letter in fold(name)).split()
    return ".".join(words)[:24].rstrip(".") or "agent"


def team_mates(agents: Iterable[Agent], handle: str) -> tuple[str, ...]:
    """Whoever is in the same team as an agent; everybody without a team where they have none."""
    known = tuple(agents)
    team = next((agent.team for agent in known if agent.handle == handle), "")
    return tuple(agent.handle for agent in known if agent.team == team)


def sign_in(store: Store, name: str, now: datetime) -> Agent:
    """The agent of that name or handle; a new name joins the desk, and the first one administers it."""
    with store.reading() as reader:
        agents = reader.agents()
    handle = handle_of(name)
    for agent in agents:
        if name == agent.name or handle == agent.handle:
            return agent
    newcomer = Agent(handle=handle, name=name, role=Role.AGENT if agents else Role.ADMINISTRATOR, entered_at=now)
    with store.writing() as writer:
        writer.put_agent(newcomer)
    return newcomer
