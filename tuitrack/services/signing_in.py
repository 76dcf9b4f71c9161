"""Who comes in: the agent of a name or handle, and whoever joins the desk under a handle made from the name."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tuitrack.domain.errors import NotAllowed
from tuitrack.domain.people import Agent
from tuitrack.domain.text import fold
from tuitrack.domain.words import Role

if TYPE_CHECKING:
    from tuitrack.services.ports import Store


def handle_of(name: str) -> str:
    """The short lasting name made from a full one, such as ana.kovac."""
    words = "".join(letter if letter.isalnum() else " " for letter in fold(name)).split()
    return ".".join(words)[:24].rstrip(".") or "agent"


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
    # Nobody else at the start needs these.
    from tuitrack.domain.keeping import Denial
    from tuitrack.domain.permissions import Right, may

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
