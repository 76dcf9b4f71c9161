"""The numbers of a board in rows and columns, one of them under the cursor, which stays with its group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from tuitrack.domain.board import COLUMNS, BoardRow
from tuitrack.domain.deadlines import DueFilter
from tuitrack.tui.lines import Line
from tuitrack.tui.present import fit
from tuitrack.tui.present_board import label_cell, number_cell, row_at
from tuitrack.tui.widgets.line_view import LineView

_ALERT = COLUMNS.index(DueFilter.OVERDUE)


class BoardView(LineView):
    """Shows the rows of a board; a row that is gone leaves the cursor where it was."""

    @dataclass
    class Chosen(Message):
        """A number was chosen with Enter."""

        row: BoardRow
        column: int

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[BoardRow] = ()
        self._at = 0
        self.column = 0

    @property
    def row(self) -> BoardRow | None:
        """The row under the cursor, None before the first numbers are there."""
        return self._rows[self._at] if self._rows else None

    def show_rows(self, rows: Sequence[BoardRow], text: str) -> None:
        """Show other numbers with the cursor on the group of this query; only the lines that differ are drawn."""
        before = self._at
        self._rows = rows
        self._at = row_at(rows, text, before)
        self.show(lambda width: [Line(_told(row, width)) for row in rows], keep_place=True)
        if self._at != before:
            self.refresh()
        self._bring_into_view()

    def render_line(self, y: int) -> Strip:
        """Draw one row, the number under the cursor in brackets and in the look of the cursor."""
        place, width = self.top + y, self.content_size.width
        if place >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        row = self._rows[place]
        pieces = [Segment(label_cell(row.label, width, at_cursor=place == self._at), self.rich_style)]
        for column, number in enumerate(row.numbers):
            at_cursor = place == self._at and column == self.column
            tone = "cursor" if at_cursor else "alert" if number and column == _ALERT else ""
            style = self.get_component_rich_style(f"line--{tone}") if tone else self.rich_style
            pieces.append(Segment(number_cell(number, width, at_cursor=at_cursor), style))
        return Strip(pieces).adjust_cell_length(width, self.rich_style)

    def move(self, column: int) -> None:
        """Move the cursor to a column."""
        self.column = max(0, min(column, len(COLUMNS) - 1))
        self.refresh()

    def action_cursor_down(self) -> None:
        """Go one row down."""
        self._go(self._at + 1)

    def action_cursor_up(self) -> None:
        """Go one row up."""
        self._go(self._at - 1)

    def action_page_down(self) -> None:
        """Go a page down."""
        self._go(self._at + self.page_size - 1)

    def action_page_up(self) -> None:
        """Go a page up."""
        self._go(self._at - self.page_size + 1)

    def action_cursor_first(self) -> None:
        """Go to the first row, of everything together."""
        self._go(0)

    def action_cursor_last(self) -> None:
        """Go to the last row."""
        self._go(len(self._rows) - 1)

    def action_choose_line(self) -> None:
        """Say that the number under the cursor was chosen."""
        if self.row is not None:
            self.post_message(self.Chosen(self.row, self.column))

    def _go(self, place: int) -> None:
        self._at = max(0, min(place, len(self._rows) - 1))
        self._bring_into_view()
        self.refresh()

    def _bring_into_view(self) -> None:
        if self._at < self.top:
            self.scroll_lines(self._at)
        elif self._at >= self.top + self.page_size:
            self.scroll_lines(self._at - self.page_size + 1)


def _told(row: BoardRow, width: int) -> str:
    """What a line says, so that only those that say something else are drawn again."""
    return f"{fit(row.label, width)}{row.numbers}"
