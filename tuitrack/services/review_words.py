"""How reviews stand in words, for screens and commands alike."""

from __future__ import annotations

from datetime import date

from tuitrack.domain.reviews import Review
from tuitrack.domain.spoken_time import plain_day
from tuitrack.domain.text import counted
from tuitrack.services.reviews import PlanLine


def plan_status(line: PlanLine, today: date) -> str:
    """`! MISSED since Mon 2 Nov 2026`, `DUE TODAY`, or when it is due."""
    plan = line.plan
    if not plan.active:
        return "no longer held"
    if line.missed:
        more = f", {line.missed} times" if line.missed > 1 else ""
        return f"! MISSED since {plain_day(plan.next_due)}{more}"
    return "DUE TODAY" if plan.next_due == today else f"due {plain_day(plan.next_due)}"


def review_status(review: Review) -> str:
    """Whether a review was held and when, and who has checked that."""
    if review.held_on is None:
        held = "NOT HELD, entered"
    else:
        late = f", {counted(review.days_late, 'day')} late" if review.days_late else ""
        held = f"HELD {plain_day(review.held_on)}{late},"
    return f"{held} by {review.by}; {f'checked by {review.checked_by}' if review.checked_by else '! not checked yet'}"
