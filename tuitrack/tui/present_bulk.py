"""A change of many cases in words: the sums, and one block for each case."""

from __future__ import annotations

from collections.abc import Sequence

from tuitrack.domain.bulk import Fate
from tuitrack.tui.lines import Line, Tone, wrapped

Blocks = list[tuple[int, list[Line]]]
NOT_TRIED = 0
"""The key of the block that stands for the cases that were not tried."""


def sums(fates: Sequence[Fate], verb: str, untried: int = 0) -> str:
    """`34 change, 6 do not`, or `34 changed, 6 not, 14 not tried` after a run that was stopped."""
    stay = sum(bool(fate.reason) for fate in fates)
    refused = "do not" if verb == "change" else "not"
    told = [f"{len(fates) - stay:,} {verb}", f"{stay:,} {refused}" if stay else ""]
    return ", ".join(filter(None, (*told, f"{untried:,} not tried" if untried else "")))


def fate_blocks(fates: Sequence[Fate], untried: int, width: int) -> Blocks:
    """Every case with its news, those first that stay as they are, each with the reason."""
    stay = [fate for fate in fates if fate.reason]
    change = [fate for fate in fates if not fate.reason]
    blocks = [(fate.case_id, wrapped(f"{_name(fate)}  stays: {fate.reason}", width, Tone.ALERT)) for fate in stay]
    blocks += [(fate.case_id, wrapped(f"{_name(fate)}  {fate.news}", width)) for fate in change]
    if untried:
        blocks.append((NOT_TRIED, [Line(f"{untried:,} more were not tried.", Tone.QUIET)]))
    return blocks


def _name(fate: Fate) -> str:
    return fate.reference or "(unknown)"
