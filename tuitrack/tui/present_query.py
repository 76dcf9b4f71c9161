"""What is told about a query: what was understood, what was not and where, and why a case was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from tuitrack.domain.deadlines import DueFilter
from tuitrack.tui.lines import cut

if TYPE_CHECKING:
    from tuitrack.domain.query.why import Snippet
    from tuitrack.services.queue import Understood

_BEFORE_MARK = 24
"""Letters kept before the first marked word."""


def understood_line(told: Understood, name: str, width: int) -> str:
    """`Promises: 12 of 340: open, with a promise · overdue 4`: the view, the cases, the query, more where it fits."""
    counts = told.counts
    of_all = counts.shown(told.of_all)
    head = f"{name}: " if name else ""
    line = cut(f"{head}{counts.shown(counts.of(told.due))} of {of_all}: {told.words}", width)
    if told.due is not DueFilter.ALL:
        # The other counts are of the query without the filter.
        return line
    for words, count in (("overdue", counts.overdue), ("due today", counts.today), ("unowned", counts.unowned)):
        part = f" · {words} {counts.shown(count)}"
        if count and words not in told.words and cell_len(line + part) <= width:
            line += part
    return line


def fault_line(sentence: str, column: int, width: int) -> str:
    """A caret under the fault, and the sentence on the side that has more room for it."""
    column = max(0, min(column, width - 1))
    if cell_len(sentence) + 2 > width - column and column > width // 2:
        told = cut(sentence, column - 1)
        return f"{' ' * (column - 1 - cell_len(told))}{told} ^"
    return f"{' ' * column}^ {cut(sentence, max(width - column - 2, 0))}"


def snippet_line(snippet: Snippet, width: int) -> str:
    """`details: the «router» is «broken» again`: where the words were found, marked by signs and not by colour."""
    start = max(snippet.marks[0][0] - _BEFORE_MARK, 0) if snippet.marks else 0
    text, at = "…" if start else "", start
    for first, last in snippet.marks:
        text += f"{snippet.text[at:first]}«{snippet.text[first:last]}»"
        at = last
    return cut(f"{snippet.title}: {text}{snippet.text[at:]}", width)
