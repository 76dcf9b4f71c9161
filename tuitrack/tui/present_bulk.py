"""What the screen of a change of many cases lists: one block for each case."""

from __future__ import annotations

from tuitrack.domain.bulk import Fate
from tuitrack.services.bulk_words import case_words, fate_line, fate_words, in_order, more_line
from tuitrack.services.steps import Tally
from tuitrack.tui.lines import Line, Tone, cut, wrapped

_UNDER = "  "
NOT_TRIED, NOT_NAMED = 0, -1
"""The keys of the blocks that stand for the cases that were not tried, and for those not told by name."""


def fate_blocks(tally: Tally, untried: int, width: int) -> list[tuple[int, list[Line]]]:
    """Every case with its news, those first that stay as they are, each with the reason."""
    blocks = [(fate.case_id, _fate_lines(fate, width)) for fate in in_order(tally.fates)]
    if tally.unnamed:
        blocks.append((NOT_NAMED, [Line(more_line(tally.unnamed), Tone.QUIET)]))
    if untried:
        blocks.append((NOT_TRIED, [Line(f"{untried:,} more were not tried.", Tone.QUIET)]))
    return blocks


def _fate_lines(fate: Fate, width: int) -> list[Line]:
    """The case on a line, what becomes of it below; where no more than its number is known, on the same line."""
    tone = Tone.ALERT if fate.reason or fate.is_overdue else Tone.PLAIN
    if not fate.about:
        return wrapped(fate_line(fate), width, tone)
    told = wrapped(fate_words(fate), max(width - len(_UNDER), 1), tone)
    return [Line(cut(case_words(fate), width), Tone.STRONG), *(Line(_UNDER + line.text, line.tone) for line in told)]
