"""What was found out about one side of an installation, and whether somebody has to see to it."""

from __future__ import annotations

from tuitrack.lean import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One side of an installation."""

    name: str
    told: str
    """What was found, and what to do about it where it is not well."""
    is_well: bool = True
