"""What happened to a case: entries in the order in which they happened, and the records they tell of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from decimal import Decimal

from tuitrack.domain.words import (
    INQUIRY_KINDS,
    ActionKind,
    Approval,
    CallPurpose,
    CallResult,
    Channel,
    Delivery,
    Direction,
    EntryKind,
    EscalationLevel,
    PostState,
    PromiseOutcome,
    RemedyKind,
    Track,
)
from tuitrack.lean import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of history; it is only ever added, and a correction points at the entry it corrects."""

    id: int = 0
    case_id: int
    kind: EntryKind
    occurred_at: datetime
    entered_at: datetime
    by: str
    summary: str
    """One line that stands alone."""
    body: str = ""
    """The text that was typed, whole."""
    channel: Channel | None = None
    public: bool = False
    record_id: int | None = None
    """The call, action, promise, remedy, escalation or public post the entry tells of, by the entry's kind."""
    corrects: int | None = None
    """The id of the entry that this one corrects."""
    changes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Fields of the case that changed with this entry: name to (old, new), as text."""
    version: int = 0
    """The version of the case after this entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A telephone call; what was said stands in its timeline entry."""

    id: int = 0
    case_id: int
    direction: Direction
    purpose: CallPurpose
    result: CallResult
    recording_told: bool = False
    reference_given: bool = False
    at: datetime
    by: str

    @property
    def summary(self) -> str:
        """The call on one line."""
        result = "" if self.result is CallResult.REACHED else f", {self.result.label}"
        return f"{self.direction.label.capitalize()} call, {self.purpose.label}{result}"

    @property
    def is_attempt(self) -> bool:
        """Whether the call was ours and did not reach the customer."""
        return self.direction is Direction.OUTBOUND and self.result is not CallResult.REACHED

    @property
    def is_status_check(self) -> bool:
        """Whether the customer had to call to ask how things stand."""
        return self.direction is Direction.INBOUND and self.purpose is CallPurpose.STATUS


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something done about the case; the day it was asked for and the day it was done are two facts."""

    id: int = 0
    case_id: int
    track: Track
    kind: ActionKind = ActionKind.OTHER
    what: str
    assignee: str = ""
    """Who is to do it or to answer: an agent, a department or somebody outside, as text."""
    requested_on: date
    due_at: datetime | None = None
    done_on: date | None = None
    done_at: datetime | None = None
    """When the completion was entered, which is what lateness is measured by."""
    done_note: str = ""
    """What was done; of an inquiry, what was found, received or answered."""
    by: str

    @property
    def is_open(self) -> bool:
        """Whether it was asked for and nobody has said that it is done."""
        return self.done_on is None

    @property
    def is_inquiry(self) -> bool:
        """Whether it asks for an answer instead of a deed, and is done when that is written down."""
        return self.kind in INQUIRY_KINDS

    @property
    def slippage_days(self) -> int | None:
        """Days between the request and the completion, once it is done."""
        return None if self.done_on is None else (self.done_on - self.requested_on).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What the customer was promised, by whom, in which call, due when, and what became of it."""

    id: int = 0
    case_id: int
    what: str
    to: str
    by: str
    call_id: int | None = None
    made_at: datetime
    due_at: datetime
    outcome: PromiseOutcome | None = None
    settled_at: datetime | None = None
    settled_by: str | None = None
    settled_note: str = ""
    renegotiates: int | None = None
    """The earlier promise that this one replaces."""

    @property
    def is_open(self) -> bool:
        """Whether nobody has yet said what became of it."""
        return self.outcome is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """Something offered to put things right; several may be offered, the customer chooses."""

    id: int = 0
    case_id: int
    kind: RemedyKind
    what: str = ""
    amount: Decimal | None = None
    currency: str = ""
    code: str = ""
    """The code of a coupon or gift card."""
    expires_on: date | None = None
    method: Delivery | None = None
    offered_on: date
    chosen: bool | None = None
    """True when the customer chose it, False when declined, None while open."""
    approved_by: str = ""
    delivered_on: date | None = None
    by: str
    approval: Approval | None = None
    """Where it stands with the approval it needs, None for an offer within the guide."""
    option_set: int | None = None
    """Options of the same number in a case were offered together, of which the customer chooses one; None by itself."""

    @property
    def waits_for_approval(self) -> bool:
        """Whether a supervisor is to say yes or no to it, and the customer has not said no before."""
        return self.approval is Approval.WAITING and self.chosen is not False

    @property
    def summary(self) -> str:
        """The remedy on one line."""
        amount = f" {self.amount} {self.currency}" if self.amount is not None else ""
        what = f", {self.what}" if self.what else ""
        code = f", code {self.code}" if self.code else ""
        return f"{self.kind.label}{amount}{what}{code}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """A case laid before somebody who decides more; it stands until somebody says what came of it."""

    id: int = 0
    case_id: int
    level: EscalationLevel
    to: str
    """An agent, a department or somebody outside, as text."""
    reason: str
    by: str
    at: datetime
    ended_at: datetime | None = None
    ended_by: str | None = None
    came_of: str = ""

    @property
    def stands(self) -> bool:
        """Whether nobody has yet said what came of it."""
        return self.ended_at is None

    @property
    def whom(self) -> str:
        """To whom, with the level: `supervisor, Ana Kovač`."""
        return f"{self.level.label}, {self.to}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPost:
    """The complaint as the customer published it somewhere; looked at again for as long as it is online."""

    id: int = 0
    case_id: int
    link: str
    place: str = ""
    """Where it stands, such as the name of a network."""
    seen_on: date
    """The day on which it was first seen."""
    asked_on: date | None = None
    """When the customer was asked to remove it, or to add that it is solved."""
    answer: str = ""
    """What the customer said to that."""
    state: PostState = PostState.ONLINE
    state_on: date
    """The day on which it was last seen online, or on which it was updated or removed."""
    reply: str = ""
    """Our public answer to it."""
    follow_up: int | None = None
    """The action that looks at it again."""
    by: str

    @property
    def is_online(self) -> bool:
        """Whether it still says what it said."""
        return self.state is PostState.ONLINE

    @property
    def where(self) -> str:
        """What it is called in a sentence."""
        return self.place or self.link
