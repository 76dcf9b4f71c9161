"""Choosing what a list of cases shows of each, while the list above already shows it."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from tuitrack.domain.columns import Column
from tuitrack.lean import dataclass
from tuitrack.tui.columns import placed, usual
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.desk_screen import DialogScreen
from tuitrack.tui.lines import Line, cut
from tuitrack.tui.widgets.block_list import BlockList
from tuitrack.tui.widgets.hint_line import HintLine
from tuitrack.tui.widgets.top_line import TopLine

Columns = tuple[Column, ...]

NAME_CELLS = max(map(len, Column))


@dataclass(frozen=True, slots=True)
class KeepColumns:
    """The columns are right as they are shown now."""


@dataclass(frozen=True, slots=True)
class KeepAlways:
    """These columns are to be shown wherever nothing else is asked for."""

    columns: Columns


class ColumnsScreen(DialogScreen[KeepColumns | KeepAlways | None]):
    """Lists all columns, at first those that are shown, in their order; each change is shown at once."""

    PLACE = Place.COLUMNS
    BINDINGS = bindings(Place.COLUMNS)

    def __init__(self, columns: Columns, line_width: Callable[[], int], show: Callable[[Columns], None]) -> None:
        """`line_width` tells what the list has for its columns by now; `show` makes it show others."""
        super().__init__()
        self._arrange(columns)
        self._line_width = line_width
        self._show = show

    def compose(self) -> ComposeResult:
        """The title, the columns, the keys."""
        with Vertical():
            yield TopLine("Columns")
            yield BlockList()
            yield HintLine(Place.COLUMNS)

    def on_mount(self) -> None:
        """Start at the first column that is shown."""
        self._list.show_blocks(self._blocks, self._order[0])
        self._list.focus()

    @property
    def _list(self) -> BlockList:
        return self.query_one(BlockList)

    @property
    def _marked(self) -> Column:
        return Column(str(self._list.chosen))

    @property
    def _columns(self) -> Columns:
        return tuple(column for column in self._order if column in self._shown)

    def _arrange(self, columns: Columns) -> None:
        """List these first; from then on a column keeps its place though it is hidden, to be shown there again."""
        self._order, self._shown = list(dict.fromkeys((*columns, *Column))), set(columns)

    @on(BlockList.Chosen)
    def action_toggle_column(self) -> None:
        """Show the column under the cursor, or hide it; one is always shown."""
        if self._shown == {self._marked}:
            self.desk.warn("A list shows one column at the least.")
        else:
            self._shown ^= {self._marked}
            self._tell()

    def action_move_left(self) -> None:
        """Show the column under the cursor before the one that is left of it."""
        self._move(-1)

    def action_move_right(self) -> None:
        """Show the column under the cursor after the one that is right of it."""
        self._move(1)

    def action_usual_columns(self) -> None:
        """Show the columns of a list for which nobody chose any."""
        self._arrange(usual(self._line_width()))
        self._tell()

    def action_keep_columns(self) -> None:
        """Leave the list as it is shown now."""
        self.dismiss(KeepColumns())

    def action_keep_always(self) -> None:
        """Show these columns from now on wherever nothing else is asked for."""
        self.dismiss(KeepAlways(self._columns))

    def _move(self, step: int) -> None:
        if self._marked not in self._shown:
            self.desk.warn("Show the column first, then move it.")
            return
        columns = self._columns
        beside = columns.index(self._marked) + step
        if 0 <= beside < len(columns):
            place = self._order.index(columns[beside])
            self._order.remove(self._marked)
            self._order.insert(place, self._marked)
            self._tell()

    def _tell(self) -> None:
        self._list.show_blocks(self._blocks)
        self._show(self._columns)

    def _blocks(self, width: int) -> list[tuple[Hashable, list[Line]]]:
        with_room = dict(placed(self._columns, self._line_width()))
        return [
            (column, [Line(column_line(column, column in self._shown, column in with_room, width))])
            for column in self._order
        ]


def column_line(column: Column, shown: bool, has_room: bool, width: int) -> str:
    """`[x] age        how long ago that was`: whether it is shown, its name, and what it is."""
    room = "" if has_room or not shown else " (no room in this terminal)"
    box = "[x]" if shown else "[ ]"
    return f"{box} {column.value:<{NAME_CELLS}}  {cut(column.label + room, max(width - NAME_CELLS - 6, 0))}"
