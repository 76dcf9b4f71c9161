"""One case in short as lines of text: what it is, what is open, what was said and what happened last."""

from __future__ import annotations

from datetime import datetime

from tuitrack.services.casefile import CaseFile
from tuitrack.tui.lines import Line, Tone, cut, wrapped
from tuitrack.tui.present_case import header_texts
from tuitrack.tui.present_entry import first_lines, timeline_blocks
from tuitrack.tui.present_work import work_items, work_texts

FACT_LINES = 3
"""Lines that a fact of the header, an open item or the subject may take."""
WORDS_LINES = 8
"""Lines of the customer's words that are shown; the case has the rest."""
ENTRIES_SHOWN = 20
"""Timeline entries shown at the most; the case has the rest."""


def preview_lines(file: CaseFile, now: datetime, width: int) -> list[Line]:
    """The case in the order in which it is asked about, its timeline with the latest entry first."""
    case, items = file.case, work_items(file)
    lines = _short(f"{case.reference}  {case.subject}", width, Tone.STRONG)
    for text, tone in header_texts(file, now):
        lines += _short(text, width, tone)
    if items:
        lines += _title(f"Open: {len(items)}", width)
        for name, due, what, tone in (work_texts(item, now) for item in items):
            lines += _short(f"{name}, {due}: {what}", width, tone)
    if case.words:
        lines += [*_title("The customer's words", width), *first_lines(case.words, width, WORDS_LINES)]
    lines += _title("What happened, the latest first", width)
    for _, block in reversed(timeline_blocks(file.entries, now, width, ENTRIES_SHOWN)):
        lines += block
    return lines


def _title(text: str, width: int) -> list[Line]:
    return [Line(""), Line(cut(text, width), Tone.QUIET)]


def _short(text: str, width: int, tone: Tone) -> list[Line]:
    """A fact wrapped, cut where it is longer than a fact should be."""
    return wrapped(cut(text, FACT_LINES * width), width, tone)
