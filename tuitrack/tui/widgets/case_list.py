"""A list of cases, with the columns that were chosen and the marks of its cases."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from datetime import datetime

from tuitrack.domain.columns import Column
from tuitrack.domain.queue import CaseRow
from tuitrack.tui.columns import ListColumns, head_cells, line_cells
from tuitrack.tui.present import Cell, margin, row_due
from tuitrack.tui.widgets.row_list import RowList


class CaseList(RowList[CaseRow]):
    """Shows cases by their columns; the usual ones need no names above them."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.marks: Container[int] = ()
        self._there: Mapping[int, str] = {}
        self._columns = ListColumns()

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that were chosen, or the usual ones."""
        return self._columns.shown(self.line_width)

    @property
    def columns_left_out(self) -> list[Column]:
        """The columns that were chosen and find no room; none as long as nothing is laid out."""
        return self._columns.left_out(self.line_width) if self.content_size else []

    def show_cases(
        self,
        rows: Sequence[CaseRow],
        now: datetime,
        *,
        columns: tuple[Column, ...] = (),
        more: bool = False,
        empty: str = "",
        keep: bool = True,
    ) -> None:
        """Show other cases as `show` does, by these columns; without any by the usual ones."""
        anew, self._columns.chosen = columns != self._columns.chosen, columns
        self.show(rows, now, more=more, empty=empty, keep=keep, anew=anew)

    def show_presence(self, there: Mapping[int, str]) -> None:
        """Say before its subject who else is in a case."""
        before, self._there = self._there, there
        self.draw_rows({id_ for id_ in before.keys() | there.keys() if before.get(id_) != there.get(id_)})

    def margin_of(self, row: CaseRow, *, at_cursor: bool) -> Cell:
        """Whether the cursor is there, and whether the case is marked."""
        return margin(at_cursor=at_cursor, marked=row.id in self.marks)

    def cells_of(self, row: CaseRow, now: datetime, width: int) -> Sequence[Cell]:
        """What the columns say of a case."""
        if (who := self._there.get(row.id)) is not None:
            row = row._replace(subject=f"({who}) {row.subject}")
        return line_cells(row, now, self._columns.placed(width), width)

    def due_of(self, row: CaseRow, now: datetime) -> Cell:
        """When the next thing is due in a case."""
        return row_due(row, now)

    @property
    def has_head(self) -> bool:
        """Whether columns were chosen, whose names are told."""
        return bool(self._columns.chosen)

    def head_cells(self, width: int) -> Sequence[Cell]:
        """The names of the columns."""
        return head_cells(self._columns.placed(width), width)

    def measure(self, rows: Sequence[CaseRow]) -> bool:
        """Make room for the longest reference."""
        return self._columns.measure(rows)
