"""The columns of a list of cases: what each says of a case, and how they share the cells of a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from tuitrack.domain.columns import Column
from tuitrack.domain.queue import CaseRow
from tuitrack.domain.spoken_time import say_span
from tuitrack.domain.words import Priority
from tuitrack.tui.lines import Tone
from tuitrack.tui.present import DUE_CELLS, Cell, due_kind_word, fit, row_due, short_day, status_word, subject_words

USUAL = (Column.DUE, Column.REF, Column.CUSTOMER, Column.SUBJECT, Column.STATUS, Column.OWNER)
USUAL_WIDE = (
    Column.DUE, Column.NEXT, Column.REF, Column.CUSTOMER, Column.SUBJECT,
    Column.KIND, Column.RECEIVED, Column.STATUS, Column.OWNER,
)  # fmt: skip
"""What is shown where nobody chose, the second in lines of `WIDE_FROM` cells and more."""
WIDE_FROM = 136
"""Cells from which on a line says more of a case; there the subject keeps as many as the customer has."""
REFERENCE_CELLS = 12
"""The cells of a reference whose prefix is one letter."""
_GAP = " "
_NOTHING = "-"

Placed = tuple[tuple[Column, int], ...]
"""Columns in their order, each with its cells; gaps stand between them."""


class _Shape(NamedTuple):
    """What a column says of a case, and in how many cells; in a wide line they may be more."""

    says: Callable[[CaseRow, datetime], Cell]
    cells: int
    wide: int = 0
    fitted: Callable[[str, int], str] = fit
    """Makes what is said as wide as the column."""


class ListColumns:
    """The columns of one list: those that were chosen, or the usual ones, with room for its longest reference."""

    def __init__(self) -> None:
        self.chosen: tuple[Column, ...] = ()
        self._reference_cells = REFERENCE_CELLS

    def shown(self, width: int) -> tuple[Column, ...]:
        """What is shown in lines of so many cells, room provided."""
        return self.chosen or usual(width)

    def placed(self, width: int) -> Placed:
        """What finds room, with its cells."""
        return placed(self.shown(width), width, self._reference_cells)

    def left_out(self, width: int) -> list[Column]:
        """What was chosen and finds no room."""
        found = dict(self.placed(width))
        return [column for column in self.chosen if column not in found]

    def measure(self, rows: Iterable[CaseRow]) -> bool:
        """Make room for the longest of the references; tells whether that changes all lines."""
        before = self._reference_cells
        self._reference_cells = max([before, *(cell_len(row.reference) for row in rows)])
        return self._reference_cells > before


def usual(width: int) -> tuple[Column, ...]:
    """The columns of a list for which nobody chose any."""
    return USUAL_WIDE if width >= WIDE_FROM else USUAL


@lru_cache(maxsize=64)
def placed(columns: tuple[Column, ...], width: int, reference_cells: int = REFERENCE_CELLS) -> Placed:
    """Give columns their cells of a line; what finds no room is left out from the right, but for the subject.

    The subject takes what the others leave.
    """
    cells = {column: _SHAPES[column].cells for column in columns}
    if Column.REF in cells:
        cells[Column.REF] = reference_cells
    wide = {column: max(_SHAPES[column].wide, least) for column, least in cells.items()}
    if width >= WIDE_FROM and _needed(wide) <= width:
        cells = wide
    while _needed(cells) > width and len(cells) > 1:
        del cells[next(column for column in reversed(cells) if column is not Column.SUBJECT)]
    room = width - _needed(cells)
    if Column.SUBJECT in cells:
        cells[Column.SUBJECT] += room
    return tuple((column, min(least, width)) for column, least in cells.items())


def line_cells(row: CaseRow, now: datetime, columns: Placed, width: int) -> list[Cell]:
    """What columns say of a case, `width` cells in all; `now` is in the office's zone."""
    return _filled([_SHAPES[column].says(row, now) for column, _ in columns], columns, width)


def head_cells(columns: Placed, width: int) -> list[Cell]:
    """The names of columns, `width` cells in all."""
    return _filled([Cell(column.value, Tone.QUIET) for column, _ in columns], columns, width)


def _needed(cells: dict[Column, int]) -> int:
    return sum(cells.values()) + len(_GAP) * (len(cells) - 1)


def _filled(said: list[Cell], columns: Placed, width: int) -> list[Cell]:
    """Cells as wide as their columns, with gaps between them and blanks up to the width."""
    return [
        Cell(_SHAPES[column].fitted(cell.text, cells) + gap, cell.tone)
        for cell, (column, cells), gap in zip(said, columns, _gaps(columns, width), strict=True)
    ]


@lru_cache(maxsize=64)
def _gaps(columns: Placed, width: int) -> tuple[str, ...]:
    """What follows each column: after the last one blanks up to the width."""
    return (*repeat(_GAP, len(columns) - 1), " " * (width - _needed(dict(columns))))


def _next(row: CaseRow, now: datetime) -> Cell:
    return Cell(due_kind_word(row.next_due_kind), Tone.QUIET)


def _subject(row: CaseRow, now: datetime) -> Cell:
    words = subject_words(row)
    return Cell(words, Tone.PLAIN if words == row.subject else Tone.STRONG)


def _text(name: str, tone: Tone = Tone.PLAIN) -> Callable[[CaseRow, datetime], Cell]:
    """A column that says what is stored, and a dash where nothing is."""
    return lambda row, now: Cell(getattr(row, name) or _NOTHING, tone)


def _word(name: str) -> Callable[[CaseRow, datetime], Cell]:
    return lambda row, now: Cell(getattr(row, name).label, Tone.QUIET)


def _day(name: str) -> Callable[[CaseRow, datetime], Cell]:
    """A column with a day, or with the day of a moment."""

    def says(row: CaseRow, now: datetime) -> Cell:
        at: date | None = getattr(row, name)
        day = at.astimezone(now.tzinfo).date() if isinstance(at, datetime) else at
        return Cell(short_day(day, now.date()) if day else _NOTHING, Tone.QUIET)

    return says


def _ago(name: str) -> Callable[[CaseRow, datetime], Cell]:
    return lambda row, now: Cell(say_span(now - getattr(row, name)))


_SHAPES = {
    # The blanks before due words stand where overdue ones have their sign.
    Column.DUE: _Shape(row_due, DUE_CELLS, fitted=set_cell_size),
    Column.NEXT: _Shape(_next, 8),
    Column.REF: _Shape(_text("reference", Tone.STRONG), REFERENCE_CELLS),
    Column.CUSTOMER: _Shape(_text("customer_name"), 14, 24),
    Column.SUBJECT: _Shape(_subject, 10),
    Column.STATUS: _Shape(lambda row, now: Cell(status_word(row.status, row.outcome)), 8, 11),
    Column.OWNER: _Shape(_text("owner"), 7, 12),
    Column.PRIORITY: _Shape(
        lambda row, now: Cell(row.priority.label, Tone.STRONG if row.priority is Priority.URGENT else Tone.PLAIN), 8
    ),
    Column.KIND: _Shape(_word("kind"), 10),
    Column.CHANNEL: _Shape(_word("channel"), 8, 10),
    Column.CATEGORY: _Shape(_text("category"), 10, 18),
    Column.PRODUCT: _Shape(_text("product"), 10, 18),
    Column.DEPARTMENT: _Shape(_text("department"), 10, 14),
    Column.TAGS: _Shape(_text("tags"), 10, 18),
    Column.RECEIVED: _Shape(_day("received_at"), 8),
    Column.AGE: _Shape(_ago("received_at"), 5),
    Column.TOUCHED: _Shape(_day("touched_at"), 8),
    Column.IDLE: _Shape(_ago("touched_at"), 5),
    Column.RESOLVED: _Shape(_day("company_resolved_on"), 8),
    Column.CONFIRMED: _Shape(_day("customer_confirmed_on"), 9),
    Column.CLOSED: _Shape(_day("closed_at"), 8),
    Column.REOPENED: _Shape(lambda row, now: Cell(f"{row.reopened_count}×" if row.reopened_count else _NOTHING), 8),
}
