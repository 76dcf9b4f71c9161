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


def is_beyond(now: int, earlier: Sequence[int], all_now: int, all_earlier: int) -> bool:
    """Whether there are more than expected by more than chance brings: twice the square root of what is expected.

    Numbers that come about by many independent chances vary about so much, whatever else stays the same. What is
    expected is what is usual, or the usual share of all cases where these have become more as a whole.
    """
    if now < _LEAST or not all_earlier:
        return False
    expected = max(usual(earlier), sum(earlier) / all_earlier * all_now)
    return now > expected + 2 * sqrt(expected)
