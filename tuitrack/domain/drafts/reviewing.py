"""What comes back of cases: feedback, reviews, samples."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from tuitrack.domain.drafts.incoming import Incoming, Line, Text
from tuitrack.domain.words import Answer, Interval, ReviewPart


class FeedbackDraft(Incoming):
    """What is told to whoever can correct the cause, and who that is."""

    to: Annotated[Line, Field(min_length=1)]
    text: Annotated[Text, Field(min_length=1)]


class AnswerDraft(Incoming):
    """What they say to it."""

    answer: Annotated[Text, Field(min_length=1)]


class ReviewPlanDraft(Incoming):
    """A review that is held again and again; of what it passes on, each part by itself."""

    name: Annotated[Line, Field(min_length=1, max_length=60)]
    every: Interval
    next_due: date
    owner: Annotated[Line, Field(min_length=1)]
    deputy: Annotated[Line, Field(min_length=1)]
    counts: bool = False
    causes: bool = False
    decisions: bool = False
    feedback: bool = False
    active: bool = True

    @property
    def parts(self) -> tuple[ReviewPart, ...]:
        """What it passes on."""
        return tuple(part for part in ReviewPart if getattr(self, part))


class ReviewDraft(Incoming):
    """Whether a review was held, and what it passes on."""

    held: bool
    held_on: date | None = None
    because: Line = ""
    counts: Text = ""
    causes: Text = ""
    decisions: Text = ""
    feedback: Text = ""


class SampleDraft(Incoming):
    """Which closed cases are looked at for a review, and how many of them."""

    since: date
    until: date
    size: Annotated[int, Field(ge=1, le=200)] = 10
    seed: Annotated[int, Field(ge=0, le=999_999_999)]


class AuditDraft(Incoming):
    """What was found in a case of a sample."""

    taken: Answer | None = None
    informed: Answer | None = None
    cause: Answer | None = None
    explained: Answer | None = None
    dates: Answer | None = None
    solved: Answer | None = None
    interviewed: bool = False
    note: Text = ""
