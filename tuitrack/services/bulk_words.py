"""How a change of many cases is told to people, the same on the command line and on the screen."""

from __future__ import annotations

from collections.abc import Iterable

from tuitrack.domain.bulk import Fate
from tuitrack.domain.text import one_line
from tuitrack.services.steps import Tally

ABOUT_MOST = 60
"""Characters of whose case it is and what about."""


def sums(tally: Tally, verb: str, untried: int = 0, remark: str = "") -> str:
    """`34 change, 6 do not`, or `34 changed, 6 not, 14 not tried` after a run that was stopped."""
    refused = "do not" if verb == "change" else "not"
    told = [f"{tally.changed:,} {verb}", f"{tally.stayed:,} {refused}" if tally.stayed else ""]
    return ", ".join(filter(None, (*told, f"{untried:,} not tried" if untried else "", remark)))


def in_order(fates: Iterable[Fate]) -> list[Fate]:
    """Those first that stay as they are, then those that become overdue."""
    return sorted(fates, key=lambda fate: (not fate.reason, not fate.is_overdue))


def case_words(fate: Fate) -> str:
    """Which case it is, whose, and what about."""
    return "  ".join(filter(None, (fate.reference or "(unknown)", one_line(fate.about, ABOUT_MOST))))


def fate_words(fate: Fate) -> str:
    """The news of a case, or the reason why it stays."""
    return f"stays: {fate.reason}" if fate.reason else fate.news


def fate_line(fate: Fate) -> str:
    """One case with its news, or with the reason why it stays."""
    return f"{case_words(fate)}  {fate_words(fate)}"


def more_line(count: int) -> str:
    """How many cases are not told by name."""
    return f"{count:,} more, not named here."
