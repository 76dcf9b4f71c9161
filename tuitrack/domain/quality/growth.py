"""Whether the cases of a cause, category or product have become more than they used to be."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

PERIODS_BEFORE = 6
"""With how many earlier periods a period is compared."""
_LEAST = 5
"""So few cases point at nothing."""


def usual(earlier: Sequence[int]) -> float:
    """How many there were in an earlier period on average; 0 where none is known."""
    return sum(earlier) / len(earlier) if earlier else 0.0


def is_beyond(now: int, earlier: Sequence[int]) -> bool:
    """Whether there are more than usual by more than chance brings: twice the square root of what is usual.

    Numbers that come about by many independent chances vary about so much, whatever else stays the same.
    """
    level = usual(earlier)
    return bool(earlier) and now >= _LEAST and now > level + 2 * sqrt(level)
