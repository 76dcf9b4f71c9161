"""A list of promises."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rich.cells import cell_len

from tuitrack.domain.promises import PromiseLine
from tuitrack.tui.columns import REFERENCE_CELLS
from tuitrack.tui.present import Cell
from tuitrack.tui.present_promises import promise_cells, promise_due
from tuitrack.tui.widgets.row_list import RowList


class PromiseList(RowList[PromiseLine]):
    """Shows promises, each with its case, with room for the longest reference."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._reference_cells = REFERENCE_CELLS

    def cells_of(self, row: PromiseLine, now: datetime, width: int) -> Sequence[Cell]:
        """A promise on one line."""
        return promise_cells(row, now, width, self._reference_cells)

    def due_of(self, row: PromiseLine, now: datetime) -> Cell:
        """When it is due, or what became of it."""
        return promise_due(row, now)

    def measure(self, rows: Sequence[PromiseLine]) -> bool:
        """Make room for the longest reference."""
        before = self._reference_cells
        self._reference_cells = max([before, *(cell_len(row.reference) for row in rows)])
        return self._reference_cells > before
