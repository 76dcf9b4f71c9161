"""Asks whether the person at work may do something; with every write anew, for a right can be taken away meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuitrack.domain.errors import NotAllowed
from tuitrack.domain.permissions import Right, may, refused

if TYPE_CHECKING:
    from tuitrack.services.desk import Desk
    from tuitrack.services.ports import Reader


def require(reader: Reader, desk: Desk, right: Right) -> None:
    """Raise NotAllowed where the person at work may not do it, or no longer works here."""
    agent = reader.agent(desk.agent)
    if agent is None or not agent.active:
        raise NotAllowed(f"{desk.agent} is not an active agent of this desk and may not {right.label}.", right)
    if not may(agent.role, right):
        raise refused(agent.name, agent.role, right)


def allowed(reader: Reader, desk: Desk, right: Right) -> bool:
    """Whether the person at work may do it, for screens that grey what they cannot offer."""
    agent = reader.agent(desk.agent)
    return agent is not None and agent.active and may(agent.role, right)
