"""Who works at the desk and when, and what one hands to another."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, Field

from tuitrack.domain.drafts.incoming import Incoming, Line, Text
from tuitrack.domain.words import Role


class AgentDraft(Incoming):
    """An agent who joins the desk, or as one is to be from now on; several languages are parted by commas."""

    name: Annotated[Line, Field(min_length=1, max_length=80)]
    role: Role = Role.AGENT
    team: Annotated[Line, Field(max_length=40)] = ""
    language: Annotated[Line, Field(max_length=40)] = ""
    active: bool = True


class AbsenceDraft(Incoming):
    """Days on which an agent is away."""

    agent: Annotated[Line, Field(min_length=1)]
    since: date
    until: date
    reason: Line = ""
    deputy: Line = ""


class HandoverDraft(Incoming):
    """To whom work goes at the end of a shift."""

    receiver: Annotated[Line, Field(min_length=1)]
    until: AwareDatetime
    note: Text = ""
    notes: dict[str, Line] = Field(default_factory=dict)
    """What is said to single items, by their keys."""


class DeclineDraft(Incoming):
    """Why something handed over is not accepted."""

    because: Annotated[Line, Field(min_length=1)]
