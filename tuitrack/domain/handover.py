"""The end of a shift: what must not be forgotten, who goes on with it, and what became of each item."""

from __future__ import annotations

from datetime import datetime

from tuitrack.domain.words import HandedKind, HandoverAnswer
from tuitrack.lean import dataclass


def key_of(kind: HandedKind, case_id: int | None, record_id: int | None, what: str) -> str:
    """What tells one thing to be done from all others, however often it is looked up."""
    return f"{kind}:{case_id or ''}:{record_id or what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outstanding:
    """Something of an agent's that the next shift has to know of."""

    kind: HandedKind
    what: str
    """The promise, the action, the kind of deadline, the call that missed, or the name of the form."""
    at: datetime
    """When it is due; of a call that missed and of a draft, since when it waits."""
    case_id: int | None = None
    """None of a draft that belongs to no case yet."""
    record_id: int | None = None
    """The promise, action, clock or call; None of a draft."""
    reference: str = ""
    customer: str = ""
    owner: str | None = None

    @property
    def key(self) -> str:
        """What it is told by."""
        return key_of(self.kind, self.case_id, self.record_id, self.what)

    @property
    def place(self) -> tuple[bool, datetime, str]:
        """Sorts by what is due or waits since first; what is half typed comes last."""
        return self.kind is HandedKind.DRAFT, self.at, self.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """What one agent hands to another at the end of a shift; complete when every item is answered."""

    id: int = 0
    giver: str
    receiver: str
    """Handles of agents, both."""
    until: datetime
    """When the next shift ends."""
    note: str = ""
    sent_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverItem:
    """One thing of a handover, accepted or not by itself; until then it is the giver's."""

    id: int = 0
    handover_id: int
    case_id: int | None = None
    kind: HandedKind
    record_id: int | None = None
    what: str
    at: datetime
    """As of `Outstanding`, when it was handed over."""
    note: str = ""
    """What the giver has to say to it."""
    answer: HandoverAnswer | None = None
    answered_at: datetime | None = None
    answered_by: str | None = None
    because: str = ""
    """Why it was declined."""

    @property
    def key(self) -> str:
        """What it is told by, the same as that of the thing itself."""
        return key_of(self.kind, self.case_id, self.record_id, self.what)

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered it."""
        return self.answer is None
