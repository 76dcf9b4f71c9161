"""The overdue board as it is shown: its groupings and columns, a line for each group, and what an empty one says."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from tuitrack.domain.board import COLUMNS, Board, BoardBy, BoardRow
from tuitrack.domain.deadlines import DueFilter
from tuitrack.tui.present import fit, margin

NOTHING = "Nothing is overdue."
_TITLES = {DueFilter.SOON: "in 3 days", DueFilter.TODAY: "today"}
_LABEL_CELLS_LEAST = 30
_NUMBER_CELLS_MOST = 16


def title_line(by: BoardBy) -> str:
    """The groupings with the digits that choose them, the one that is shown in brackets."""
    told = [f"{number} {one.value}" for number, one in enumerate(BoardBy, 1)]
    shown = list(BoardBy).index(by)
    told[shown] = f"[{told[shown]}]"
    return f"Overdue board by: {'  '.join(told)}"


def heading(by: BoardBy, width: int) -> str:
    """What the columns are."""
    numbers = "".join(_TITLES.get(column, column.label).rjust(number_cells(width)) for column in COLUMNS)
    return label_cell(by.label.capitalize(), width, at_cursor=False) + numbers


def label_cell(label: str, width: int, *, at_cursor: bool) -> str:
    """What a line is of, after a mark where the cursor is on it."""
    cells = min(width - len(COLUMNS) * number_cells(width), 2 * _LABEL_CELLS_LEAST)
    return margin(at_cursor=at_cursor).text + fit(label, cells - cell_len(margin().text))


def number_cells(width: int) -> int:
    """The cells of a number on a line, brackets and gap included."""
    return min((width - _LABEL_CELLS_LEAST) // len(COLUMNS), _NUMBER_CELLS_MOST)


def number_cell(number: int, width: int, *, at_cursor: bool) -> str:
    """A number with brackets around it where the cursor is, which say so without colour."""
    return (f"[{number:,}]" if at_cursor else f"{number:,} ").rjust(number_cells(width))


def row_at(rows: Sequence[BoardRow], text: str, instead: int) -> int:
    """The place of a group, or of the one that took its place where it has nothing any more."""
    found = [place for place, row in enumerate(rows) if row.text == text]
    return found[0] if found else min(instead, len(rows) - 1)


def board_rows(board: Board, by: BoardBy) -> list[BoardRow]:
    """Everything together, then its groups."""
    return [board.total, *board.rows(by)]
