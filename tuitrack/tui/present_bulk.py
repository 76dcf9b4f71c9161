"""What the screen of a change of many cases lists: one block for each case."""

from __future__ import annotations

from collections.abc import Sequence

from tuitrack.domain.bulk import Fate
from tuitrack.services.bulk_words import fate_line, in_order
from tuitrack.tui.lines import Line, Tone, wrapped

NOT_TRIED = 0
"""The key of the block that stands for the cases that were not tried."""


def fate_blocks(fates: Sequence[Fate], untried: int, width: int) -> list[tuple[int, list[Line]]]:
    """Every case with its news, those first that stay as they are, each with the reason."""
    blocks = [
        (fate.case_id, wrapped(fate_line(fate), width, Tone.ALERT if fate.reason else Tone.PLAIN))
        for fate in in_order(fates)
    ]
    if untried:
        blocks.append((NOT_TRIED, [Line(f"{untried:,} more were not tried.", Tone.QUIET)]))
    return blocks
