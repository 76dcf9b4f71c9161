"""What customers suggested, as lines of text and as facts for other programs."""

from __future__ import annotations

from datetime import datetime

from tuitrack.domain.spoken_time import plain_day
from tuitrack.exchange.facts import Facts
from tuitrack.services.suggestions import Suggestion

SUGGESTION_FACTS = ("reference", "customer", "category", "product", "department", "made_at", "taken_down_by", "text")
"""The names of the facts, in their order."""


def suggestion_line(made: Suggestion, now: datetime) -> str:
    """A suggestion on one line: its day, the reference, whose it is, the text."""
    day = plain_day(made.at.astimezone(now.tzinfo).date())
    return "  ".join([day, made.whole.case.reference, made.whole.customer.name, " ".join(made.text.split())])


def suggestion_facts(made: Suggestion, now: datetime) -> Facts:
    """A suggestion for another program, its moment in the office's zone."""
    case = made.whole.case
    return {
        "reference": case.reference,
        "customer": made.whole.customer.name,
        "category": case.category or None,
        "product": case.product or None,
        "department": case.department or None,
        "made_at": made.at.astimezone(now.tzinfo).isoformat(timespec="seconds"),
        "taken_down_by": made.by,
        "text": made.text,
    }
