"""What the screen of a change of many cases lists: one block for each case."""

from __future__ import annotations

from collections.abc import Sequence

from tuitrack.domain.bulk import Fate
from tuitrack.services.bulk_words import case_words, fate_line, fate_words, in_order
from tuitrack.tui.lines import Line, Tone, cut, wrapped

_UNDER = "  "
NOT_TRIED = 0
"""The key of the block that stands for the cases that were not tried."""


def fate_blocks(fates: Sequence[Fate], untried: int, width: int) -> list[tuple[int, list[Line]]]:
    """Every case with its news, those first that stay as they are, each with the reason."""
    blocks = [(fate.case_id, _fate_lines(fate, width)) for fate in in_order(fates)]
    if untried:
        blocks.append((NOT_TRIED, [Line(f"{untried:,} more were not tried.", Tone.QUIET)]))
    return blocks


def _fate_lines(fate: Fate, width: int) -> list[Line]:
    """The case on a line, what becomes of it below; where no more than its number is known, on the same line."""
    tone = Tone.ALERT if fate.reason else Tone.PLAIN
    if not fate.about:
        return wrapped(fate_line(fate), width, tone)
    told = wrapped(fate_words(fate), max(width - len(_UNDER), 1), tone)
    return [Line(cut(case_words(fate), width), Tone.STRONG), *(Line(_UNDER + line.text, line.tone) for line in told)]
