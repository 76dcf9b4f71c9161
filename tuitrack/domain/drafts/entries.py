"""What is logged in a case: calls, promises, actions, notes, letters, remedies, and what happens to its clocks."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, Field

from tuitrack.domain.drafts.incoming import Amount, Incoming, Line, Text
from tuitrack.domain.words import (
    ActionKind,
    CallPurpose,
    CallResult,
    Channel,
    Delivery,
    Direction,
    EntryKind,
    EscalationLevel,
    PauseReason,
    PostState,
    RemedyKind,
    Track,
)


class CallDraft(Incoming):
    """A call to log."""

    direction: Direction
    purpose: CallPurpose
    result: CallResult = CallResult.REACHED
    recording_told: bool = False
    reference_given: bool = False
    note: Text = ""
    at: AwareDatetime | None = None
    to_clarify: Text | None = None
    """What is left to clarify afterwards; None leaves it as it is."""
    suggestion: Text = ""
    """What the customer suggested in it."""


class ActionDraft(Incoming):
    """An action to ask for."""

    what: Annotated[Line, Field(min_length=1)]
    track: Track = Track.CUSTOMER
    kind: ActionKind = ActionKind.OTHER
    assignee: Line = ""
    requested_on: date | None = None
    due_at: AwareDatetime | None = None
    done_on: date | None = None
    pause_clocks: bool = False
    """Whether the clocks of the case stand still until it is done; only legal advice is waited for so."""


class PromiseDraft(Incoming):
    """A promise to the customer."""

    what: Annotated[Line, Field(min_length=1)]
    due_at: AwareDatetime
    to: Line = ""
    by: Line = ""
    call_id: int | None = None


class NoteDraft(Incoming):
    """Something written down about the case."""

    text: Annotated[Text, Field(min_length=1)]
    kind: EntryKind = EntryKind.NOTE
    channel: Channel | None = None
    public: bool = False
    occurred_at: AwareDatetime | None = None
    by: Line = ""
    """Who said or did it, where that is not the person who writes it down."""


class PostDraft(Incoming):
    """A complaint that the customer published, and what became of it."""

    link: Annotated[Line, Field(min_length=1)]
    place: Line = ""
    seen_on: date | None = None
    asked_on: date | None = None
    answer: Text = ""
    state: PostState = PostState.ONLINE
    state_on: date | None = None
    reply: Text = ""
    look_again_at: AwareDatetime | None = None


class LetterDraft(Incoming):
    """A letter as it goes out."""

    name: Line
    language: Line
    how: Delivery
    to: Line = ""
    """Where it goes, where that is not the customer's own address."""
    subject: Annotated[Line, Field(min_length=1)]
    text: Annotated[Text, Field(min_length=1)]


class RemedyDraft(Incoming):
    """Something offered to the customer."""

    kind: RemedyKind
    what: Line = ""
    amount: Amount | None = None
    code: Line = ""
    expires_on: date | None = None
    method: Delivery | None = None
    offered_on: date | None = None
    chosen: bool | None = None
    approved_by: Line = ""
    delivered_on: date | None = None
    option: bool = False
    """Whether it is one of several, of which the customer chooses one."""


class LateDraft(Incoming):
    """Why a clock of the case was missed."""

    clock: int
    because: Annotated[Line, Field(min_length=1)]


class PauseDraft(Incoming):
    """Why clocks of the case stand still."""

    reason: PauseReason
    note: Line = ""


class EscalationDraft(Incoming):
    """Before whom the case is laid, and why."""

    level: EscalationLevel
    to: Annotated[Line, Field(min_length=1)]
    reason: Annotated[Text, Field(min_length=1)]
