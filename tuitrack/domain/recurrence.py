"""Causes that came again although they were said to be corrected."""

from __future__ import annotations

from datetime import date, datetime

from tuitrack.lean import dataclass


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A cause in a category that had been corrected, and the cases that had it afterwards."""

    cause: str
    category: str
    cases: int
    last_at: datetime
    """When the last of them was received."""
    corrected_on: date
    """The last day on which an action that was to prevent one of them was done."""
