"""What the steps of closing ask for."""

from __future__ import annotations

from datetime import date

from tuitrack.domain.drafts.incoming import Incoming, Line, Text
from tuitrack.domain.words import Answer, Justified, Mood, Outcome, Retention


class ResolutionDraft(Incoming):
    """What was done, and when the company considered the case resolved."""

    resolution: Text = ""
    company_resolved_on: date | None = None
    help_offered: Line = ""
    changed_because: Line = ""
    """Why the company's date is changed, once it was set."""


class DecisionDraft(Incoming):
    """Whether the complaint was justified, and what the customer was told."""

    justified: Justified | None = None
    justified_because: Text = ""
    explanation: Text = ""
    decided_on: date | None = None
    """None leaves it as it is, and is today where nothing was decided before."""
    customer_told_on: date | None = None
    told_call_id: int | None = None


class CauseDraft(Incoming):
    """Why it happened."""

    cause: Line = ""
    factors: Text = ""
    no_process_action_because: Line = ""


class ConfirmationDraft(Incoming):
    """The customer's own word, or why there is none."""

    customer_confirmed_on: date | None = None
    confirming_call_id: int | None = None
    confirmation_asked_by: Line = ""
    confirmed_early_because: Line = ""
    unconfirmed_because: Line = ""
    mood: Mood | None = None
    satisfied_with_measures: Answer | None = None
    satisfied_with_work: Answer | None = None
    still_angry: bool = False


class CloseDraft(Incoming):
    """How the case ends."""

    outcome: Outcome
    closing_note: Text = ""
    duplicate_of: Line = ""
    retention: Retention = Retention.UNKNOWN
    steps_because: Line = ""
    """Why mandatory steps of the procedure are left open; only some may decide that."""
