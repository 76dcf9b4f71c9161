"""Who is in a case and who types in it: told as long as it holds, never a lock, and no part of the case's history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from tuitrack.lean import dataclass

LEASE = timedelta(seconds=30)
"""How long it is believed that somebody is there; a session that is killed is gone after that by itself."""
RENEWED_AFTER = timedelta(seconds=10)
"""How often somebody who stays says so again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """A session in which somebody has a case open."""

    session: str
    """Tells the sessions of one agent apart."""
    agent: str
    """The handle of whoever is there."""
    case_id: int
    typing: bool
    """Whether something was typed into a form of the case just now."""
    until: datetime
    """When it no longer holds unless it is said again."""


def who_is_there(presences: Iterable[Presence], now: datetime) -> dict[int, str]:
    """Who is in which case at a moment, in words: `luka types, mira`; whoever types comes first."""
    there: dict[int, dict[str, bool]] = {}
    for one in presences:
        if one.until > now:
            agents = there.setdefault(one.case_id, {})
            agents[one.agent] = agents.get(one.agent, False) or one.typing
    return {case_id: _words(agents) for case_id, agents in there.items()}


def _words(agents: dict[str, bool]) -> str:
    ordered = sorted(agents.items(), key=lambda agent: (not agent[1], agent[0]))
    return ", ".join(f"{name} types" if typing else name for name, typing in ordered)
