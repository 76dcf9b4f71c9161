"""What is told to whoever can correct the cause of a complaint, what they answer, and who has read which case."""

from __future__ import annotations

from datetime import datetime

from tuitrack.lean import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What came out of a case, addressed to a named agent or team; read and answered by one of them."""

    id: int = 0
    case_id: int
    to: str
    """The handle of an agent, or the name of a team."""
    to_team: bool = False
    text: str
    by: str
    at: datetime
    read_by: str | None = None
    read_at: datetime | None = None
    answer: str = ""
    answered_by: str | None = None
    answered_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered it."""
        return self.answered_at is None

    @property
    def whom(self) -> str:
        """To whom: `luka`, or `team North`."""
        return f"team {self.to}" if self.to_team else self.to

    def is_for(self, agent: str, team: str) -> bool:
        """Whether an agent of a team may read and answer it."""
        return self.to == (team if self.to_team else agent)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReading:
    """That somebody who looks after quality has read a case, and when."""

    id: int = 0
    case_id: int
    by: str
    at: datetime
