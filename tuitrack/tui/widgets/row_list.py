"""A list drawn line by line: any number of rows costs one screen, and a step redraws two lines."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, zip_longest
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeVar, cast

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tuitrack.tui.commands import Place, bindings, commands_by_key
from tuitrack.tui.lines import Tone, wrap
from tuitrack.tui.painting import LinesAsTheyAre
from tuitrack.tui.present import Cell, margin

if TYPE_CHECKING:
    from tuitrack.tui.base_app import KeyedApp

_STEPS = {"cursor_down": (1, 0), "cursor_up": (-1, 0), "page_down": (0, 1), "page_up": (0, -1)}
"""How far a command moves: by rows, and by pages."""


class Row(Protocol):
    """A value that has a line of its own."""

    @property
    def id(self) -> int:
        """What it is known by when the rows change."""
        ...


R = TypeVar("R", bound=Row)


class RowList(Widget, Generic[R], can_focus=True):
    """Shows rows a page at a time and keeps the same one under the cursor when they change; subclasses draw them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "row-list--plain",
        "row-list--strong",
        "row-list--quiet",
        "row-list--alert",
        "row-list--cursor",
    }
    BINDINGS = bindings(Place.LIST)

    @dataclass
    class Chosen(Message):
        """A row was chosen with Enter."""

        rows: RowList[Any]
        row: Any

        @property
        def control(self) -> RowList[Any]:
            """The list in which it was chosen."""
            return self.rows

    @dataclass
    class EndNeared(Message):
        """The cursor came near the last row that is loaded, or is to go beyond it; told only where more follow."""

        rows: RowList[Any]

        @property
        def control(self) -> RowList[Any]:
            """The list whose end is near."""
            return self.rows

    @dataclass
    class Moved(Message):
        """Another row came under the cursor by a key, where `tells_moves` asks for that."""

        rows: RowList[Any]

        @property
        def control(self) -> RowList[Any]:
            """The list in which the cursor moved."""
            return self.rows

        def can_replace(self, message: Message) -> bool:
            """Of the steps of a burst only the last is told."""
            return isinstance(message, RowList.Moved)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._styles_cache = LinesAsTheyAre()
        self.tells_moves = False
        self._rows: tuple[R, ...] = ()
        self._more = False
        """Whether rows follow that are not loaded."""
        self._awaited: Callable[[], None] | None = None
        """The move that such rows are needed for; it is made when they come."""
        self._now: datetime | None = None
        self._cursor = 0
        self._top = 0
        self._empty = ""
        self._commands: dict[str, str] = {}

    def margin_of(self, row: R, *, at_cursor: bool) -> Cell:
        """What stands before the line of a row."""
        return margin(at_cursor=at_cursor)

    def cells_of(self, row: R, now: datetime, width: int) -> Sequence[Cell]:
        """The cells of a row, `width` in all."""
        raise NotImplementedError

    def due_of(self, row: R, now: datetime) -> Cell:
        """What of a row's cells follows the clock."""
        raise NotImplementedError

    @property
    def has_head(self) -> bool:
        """Whether a line stands above the first row."""
        return False

    def head_cells(self, width: int) -> Sequence[Cell]:
        """The cells of that line, `width` in all."""
        return ()

    def measure(self, rows: Sequence[R]) -> bool:
        """Make room for other rows; tells whether that changes all lines."""
        return False

    def on_mount(self) -> None:
        """Learn the person's own keys."""
        self._commands = commands_by_key(Place.LIST, cast("KeyedApp", self.app).keymap)

    @property
    def rows(self) -> tuple[R, ...]:
        """The rows that are loaded."""
        return self._rows

    @property
    def selected(self) -> R | None:
        """The row under the cursor."""
        return self._rows[self._cursor] if self._rows else None

    @property
    def last_in_view(self) -> R | None:
        """The last row in view."""
        view = self._rows[self._top : self._top + self.page_size]
        return view[-1] if view else None

    @property
    def page_size(self) -> int:
        """How many rows are in view."""
        return max(self.content_size.height - self._head_lines, 1)

    @property
    def line_width(self) -> int:
        """The cells of a line beside its margin."""
        return _beside_margin(self.content_size.width)

    def show(
        self,
        rows: Sequence[R],
        now: datetime,
        *,
        more: bool = False,
        empty: str = "",
        keep: bool = True,
        anew: bool = False,
    ) -> None:
        """Show other rows; with `keep` the row under the cursor stays there, at the same height where it can.

        `more` says whether others follow them, `empty` what to say when there is no row; `now` is in the office's
        zone. With `anew` every line is drawn again, whatever the rows.
        """
        selected, height = self.selected, self._cursor - self._top
        before, rows_before = (self._cursor, self._top, self._empty), self._rows
        self._rows, self._more, self._empty = tuple(rows), more, empty
        anew = self.measure(rows) or anew or not rows_before or self._now is None
        if not keep or selected is None:
            self._cursor = self._top = 0
        else:
            at = _index_of(selected.id, self._rows)
            self._cursor = min(self._cursor, max(len(self._rows) - 1, 0)) if at is None else at
            top = max(self._cursor - height, 0)
            self._top = top if top == self._top else self._without_gap(top)
        self._top = max(self._top, self._cursor - self.page_size + 1)
        if anew or before != (self._cursor, self._top, self._empty):
            self._now = now
            self.refresh()
        else:
            self.tell_time(now)
            self._draw(*self._others_in_view(rows_before))
        if keep:
            self._go_on()
        else:
            self.stay()

    def extend(self, rows: Sequence[R], *, more: bool) -> None:
        """Add the next page below, and go where the cursor was to go there; `more` says whether others follow."""
        was_full = len(self._rows) >= self._top + self.page_size
        self._rows += tuple(rows)
        self._more = more
        if self.measure(rows) or not was_full:
            self.refresh()
        self._go_on()

    def stay(self) -> None:
        """Give up the move to rows that did not come."""
        self._awaited = None

    def tell_time(self, now: datetime) -> None:
        """Say when things are due as of another moment; only lines whose words change are drawn again."""
        before, self._now = self._now, now
        if before is None:
            return
        for y, row in enumerate(self._rows[self._top : self._top + self.page_size]):
            if self.due_of(row, before) != self.due_of(row, now):
                self._draw(self._top + y)

    def draw_rows(self, ids: Container[int]) -> None:
        """Draw the rows in view again that have these ids."""
        view = enumerate(self._rows[self._top : self._top + self.page_size], self._top)
        self._draw(*(number for number, row in view if row.id in ids))

    def draw_mark(self) -> None:
        """Show what the margin says of the row under the cursor."""
        self._draw(self._cursor)

    def on_focus(self) -> None:
        """Show the cursor as the one that keys move."""
        self._draw(self._cursor)

    def on_blur(self) -> None:
        """Show the cursor as resting."""
        self._draw(self._cursor)

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in view and the view full."""
        top = self._without_gap(max(self._top, self._cursor - self.page_size + 1))
        if top != self._top:
            self._top = top
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one row in view."""
        width, head_lines = self.content_size.width, self._head_lines
        number = self._top + y - head_lines
        if y < head_lines:
            return self._strip([margin(), *self.head_cells(_beside_margin(width))], width)
        if not self._rows:
            return self._empty_line(y - head_lines, width)
        if number >= len(self._rows) or self._now is None:
            return Strip.blank(width, self._look(Tone.PLAIN))
        at_cursor = number == self._cursor
        row = self._rows[number]
        cells = [
            self.margin_of(row, at_cursor=at_cursor),
            *self.cells_of(row, self._now, _beside_margin(width)),
        ]
        if at_cursor and self.has_focus:
            whole = "".join(cell.text for cell in cells)
            return Strip([Segment(whole, self.get_component_rich_style("row-list--cursor"))], width)
        return self._strip(cells, width)

    def _strip(self, cells: Sequence[Cell], width: int) -> Strip:
        """A line of cells; neighbours of one tone are one piece, for each costs time on its way to the screen."""
        pieces = groupby(cells, attrgetter("tone"))
        return Strip([Segment("".join(cell.text for cell in some), self._look(tone)) for tone, some in pieces], width)

    def take_step(self, key: str) -> bool:
        """Move the cursor for a key that asks for it, but not past the rows that are loaded; see `KeyFeed`."""
        rows, pages = _STEPS.get(self._commands.get(key, ""), (0, 0))
        cursor = self._cursor + rows + pages * self.page_size
        takes = bool(rows or pages) and 0 <= cursor < len(self._rows)
        if takes:
            self._move(cursor, page=pages)
        return takes

    def action_cursor_down(self) -> None:
        """Go one row on."""
        self._move(self._cursor + 1, again=self.action_cursor_down)

    def action_cursor_up(self) -> None:
        """Go one row back."""
        self._move(self._cursor - 1)

    def action_page_down(self) -> None:
        """Go a page on."""
        self._move(self._cursor + self.page_size, page=1, again=self.action_page_down)

    def action_page_up(self) -> None:
        """Go a page back."""
        self._move(self._cursor - self.page_size, page=-1)

    def action_cursor_first(self) -> None:
        """Go to the first row."""
        self._move(0)

    def action_cursor_last(self) -> None:
        """Go to the last row that is loaded, and from there to the last of the next ones."""
        self._move(max(len(self._rows) - 1, self._cursor + 1), again=self.action_cursor_last)

    def action_choose_line(self) -> None:
        """Choose the row under the cursor."""
        if self.selected is not None:
            self.post_message(self.Chosen(self, self.selected))

    def _go_on(self) -> None:
        """Make the move that waited for rows; it waits again where it needs still more."""
        if self._awaited is not None:
            self._awaited()

    def _move(self, cursor: int, page: int = 0, again: Callable[[], None] | None = None) -> None:
        """Put the cursor on a row; at the edge of the view the whole page flips, since scrolling costs as much.

        Where that row is still to be loaded, the move is made by `again` once it is, unless another one comes first.
        """
        self._awaited = again if self._more and cursor >= len(self._rows) else None
        if self._awaited is not None:
            self.post_message(self.EndNeared(self))
            return
        before, top = self._cursor, self._top
        size, last = self.page_size, max(len(self._rows) - 1, 0)
        near = len(self._rows) - 2 * size
        self._cursor = max(0, min(cursor, last))
        if page and self._cursor != before:
            self._top = max(0, min(self._top + page * size, max(last - size + 1, 0)))
        if self._cursor < self._top:
            self._top = max(self._cursor - size + 1, 0)
        elif self._cursor >= self._top + size:
            self._top = max(0, min(self._cursor, last - size + 1)) if self._cursor != before + 1 else self._cursor
        if self._top != top:
            self.refresh()
        elif self._cursor != before:
            self._draw(before, self._cursor)
        if self.tells_moves and self._cursor != before:
            self.post_message(self.Moved(self))
        if self._more and self._cursor >= near and (before < near or self._top != top or self._cursor == last):
            self.post_message(self.EndNeared(self))

    def _others_in_view(self, before: Sequence[R]) -> list[int]:
        """The lines in view whose row is another than it was, or says something else."""
        view = slice(self._top, self._top + self.page_size)
        lines = enumerate(zip_longest(self._rows[view], before[view]), self._top)
        return [number for number, (row, was) in lines if row != was]

    def _without_gap(self, top: int) -> int:
        """The row nearest to `top` from which on the rows fill the view, the first where they cannot."""
        return max(0, min(top, len(self._rows) - self.page_size))

    @property
    def _head_lines(self) -> int:
        return 1 if self.has_head else 0

    def _draw(self, *numbers: int) -> None:
        width, seen = self.content_size.width, range(self._top, self._top + self.page_size)
        if lines := [Region(0, n - self._top + self._head_lines, width, 1) for n in numbers if n in seen]:
            self.refresh(*lines)

    def _look(self, tone: Tone) -> Style:
        # Textual keeps the looks of parts ready, while it works out `rich_style` anew each time.
        return self.get_component_rich_style(f"row-list--{tone}")

    def _empty_line(self, y: int, width: int) -> Strip:
        lines = list(wrap(self._empty, max(width - 4, 2)))
        text = f"  {lines[y - 1]}" if 0 < y <= len(lines) else ""
        return Strip([Segment(set_cell_size(text, width), self._look(Tone.PLAIN))], width)


def _beside_margin(width: int) -> int:
    """What the margin leaves of so many cells."""
    return max(width - cell_len(margin().text), 1)


def _index_of(row_id: int, rows: Sequence[Row]) -> int | None:
    return next((number for number, row in enumerate(rows) if row.id == row_id), None)
