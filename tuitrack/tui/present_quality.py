"""A quality report as it is shown: its tables, a line for each row with the number under the cursor in brackets."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from tuitrack.domain.quality.report import NOTE, Report, Row, Table, Topic, bar_text
from tuitrack.tui.commands import KeyOf, Place
from tuitrack.tui.lines import Line, Tone
from tuitrack.tui.present import fit

ROWS_MOST = 500
"""Rows of a table that are shown, those with the most cases; more of them nobody reads."""
_LABEL_CELLS_MOST = 40
_NUMBER_CELLS = 9
_REMARK_CELLS = 9
_BAR_CELLS_MOST = 40
_LABEL_CELLS_LEAST = 22
_SHORT = {Topic.VOLUME: "volume", Topic.CATEGORY: "categories", Topic.PRODUCT: "products", Topic.CAUSE: "causes"}


def title_line(topic: Topic) -> str:
    """The tables with the digits that choose them, the one that is shown in brackets."""
    told = [f"{number} {_SHORT.get(one, one.value)}" for number, one in enumerate(Topic, 1)]
    shown = list(Topic).index(topic)
    told[shown] = f"[{told[shown]}]"
    return " ".join(told)


def period_line(report: Report) -> str:
    """Of which days the report is, and with which they are compared."""
    return f"Quality report, {report.days.label}, against {report.before.label}"


def note_text(table: Table) -> str:
    """What the numbers are of; of all of them once, where a report begins."""
    return f"{table.note} {NOTE}" if table.topic is Topic.MEASURES else table.note


def head_line(table: Table, chosen: int, width: int) -> str:
    """The names above the numbers, the chosen one in brackets."""
    return _text("", table.columns, chosen, "", width, table)


def row_blocks(table: Table, chosen: int, width: int) -> list[tuple[str, list[Line]]]:
    """Each row under its id; the number under the cursor of each stands in brackets."""
    blocks = [(row.id, [_line(row, chosen, width, table)]) for row in table.rows[:ROWS_MOST]]
    more = len(table.rows) - ROWS_MOST
    if more > 0:
        blocks.append(("", [Line(f"{more:,} more with fewer cases; tuitrack report --csv has them all.", Tone.QUIET)]))
    return blocks


def nothing_blocks(key_of: KeyOf) -> list[tuple[str, list[Line]]]:
    """What a table without rows says."""
    key = key_of(Place.QUALITY, "choose_period")
    return [("", [Line(f"Nothing was counted in these days. Press {key} for another period.")])]


def _line(row: Row, chosen: int, width: int, table: Table) -> Line:
    remark = f"{'! ' if row.is_alert else ''}{row.remark}"
    bar = "" if row.bar is None else bar_text(row.bar, _bar_cells(width, table))
    if table.topic is not Topic.MEASURES and row.bar is not None:
        remark = f"{bar.ljust(_bar_cells(width, table))} {remark}"
    text = _text(row.label, [number.text for number in row.numbers], chosen, remark, width, table)
    return Line(text, Tone.ALERT if row.is_alert else Tone.PLAIN)


def _text(label: str, texts: Sequence[str], chosen: int, tail: str, width: int, table: Table) -> str:
    numbers = "".join(
        (f"[{text}]" if place == chosen and text else f"{text} ").rjust(_NUMBER_CELLS)
        for place, text in enumerate(texts)
    )
    shown = fit(label, _label_cells(width, table)) + numbers
    return f"{shown} {tail}".rstrip()[:width]


def _label_cells(width: int, table: Table) -> int:
    rest = width - _NUMBER_CELLS * len(table.columns) - 1
    tail = 0 if table.topic is Topic.AGENT else _REMARK_CELLS
    longest = max((cell_len(row.label) + 1 for row in table.rows[:ROWS_MOST]), default=0)
    return max(min(rest - tail - _least_bar(table), _LABEL_CELLS_MOST, longest), _LABEL_CELLS_LEAST)


def _bar_cells(width: int, table: Table) -> int:
    rest = width - _NUMBER_CELLS * len(table.columns) - _label_cells(width, table) - _REMARK_CELLS - 2
    return max(min(rest, _BAR_CELLS_MOST), 0)


def _least_bar(table: Table) -> int:
    return 10 if any(row.bar is not None for row in table.rows) else 0
