"""Who asks a query, and when: what words that mean something else to everybody stand for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from tuitrack.domain.people import Agent
from tuitrack.lean import dataclass


def no_agents() -> Sequence[Agent]:
    """Where nobody is known, owners are compared as they are typed."""
    return ()


@dataclass(frozen=True, slots=True)
class Asking:
    """What `me`, `today`, `is:marked` and a colleague's name mean."""

    now: datetime
    """In the office's zone."""
    me: str = ""
    agents: Callable[[], Sequence[Agent]] = no_agents
    """Asked only where an owner is typed."""
    marked: frozenset[int] = frozenset()
