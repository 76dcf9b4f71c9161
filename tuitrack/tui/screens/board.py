"""The overdue board: what is late or soon will be, counted by a grouping that a key changes; it follows the clock."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize

from tuitrack.domain.board import Board, BoardBy
from tuitrack.lean import dataclass
from tuitrack.services.bundle import Services
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.desk_screen import DeskScreen, run_latest
from tuitrack.tui.present_board import NOTHING, board_rows, heading, title_line
from tuitrack.tui.widgets.board_view import BoardView
from tuitrack.tui.widgets.hint_line import HintLine
from tuitrack.tui.widgets.status_line import StatusLine
from tuitrack.tui.widgets.top_line import TopLine

COUNTED_EVERY_S = 30.0
"""How often the numbers follow what happens; nothing is drawn where none is another."""


@dataclass(frozen=True, slots=True)
class CellChosen:
    """A number of the board, to which it comes back when it is opened again."""

    by: BoardBy = BoardBy.KIND
    group: str = ""
    """The query of its row."""
    column: int = 0
    query: str = ""
    """The query of the cases that it counts."""


class BoardScreen(DeskScreen[CellChosen | None]):
    """Shows the board; answers with the number whose cases are to be listed."""

    PLACE = Place.BOARD
    BY_DIGIT: ClassVar[list[BindingType]] = [
        Binding(str(number), f"group_by('{by.value}')", show=False) for number, by in enumerate(BoardBy, 1)
    ]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.BOARD), *BY_DIGIT]
    AUTO_FOCUS = "BoardView"

    def __init__(self, services: Services, at: CellChosen | None = None) -> None:
        super().__init__(services)
        at = at or CellChosen()
        self._by, self._group = at.by, at.group
        self._board: Board | None = None
        self._view = BoardView()
        self._view.column = at.column

    def compose(self) -> ComposeResult:
        """The groupings, the columns, the numbers, the keys, the messages."""
        yield TopLine(id="groupings")
        yield TopLine(id="columns")
        yield self._view
        yield HintLine(self.PLACE)
        yield StatusLine()

    def on_mount(self) -> None:
        """Count now, and again and again."""
        self.set_interval(COUNTED_EVERY_S, self.action_refresh_screen)
        self.run_command(self._count_held)

    def on_screen_resume(self) -> None:
        """Count what was changed while another screen was in front."""
        if self._board is not None:
            self.action_refresh_screen()

    def on_resize(self, event: Resize) -> None:
        """Put the columns over their numbers."""
        self._title()

    async def show_news(self) -> None:
        """Count again."""
        await self._count()

    def action_refresh_screen(self) -> None:
        """Count again; the same number stays under the cursor."""
        if self.is_current:
            run_latest(self, "load", self._count)

    def action_next_grouping(self) -> None:
        """Group by the next thing."""
        known = list(BoardBy)
        self.action_group_by(known[(known.index(self._by) + 1) % len(known)])

    def action_group_by(self, by: str) -> None:
        """Group by one thing; the cursor goes to everything together."""
        self._by, self._group = BoardBy(by), ""
        self._title()
        self._show()

    def action_cell_left(self) -> None:
        """Go to the number on the left."""
        self._view.move(self._view.column - 1)

    def action_cell_right(self) -> None:
        """Go to the number on the right."""
        self._view.move(self._view.column + 1)

    @on(BoardView.Chosen)
    def _choose(self, event: BoardView.Chosen) -> None:
        self.choose(CellChosen(self._by, event.row.text, event.column, event.row.query(event.column)))

    def choose(self, cell: CellChosen) -> None:
        """Have the cases listed that a number counts."""
        self.dismiss(cell)

    async def _count_held(self) -> None:
        with self.desk.hold_keys():
            await self._count()

    async def _count(self) -> None:
        services = self.services
        board = await self.backstage.read_while_wanted(services.queue.interrupt, services.board.board)
        if self._view.row is not None:
            self._group = self._view.row.text
        self._board = board
        self._show()

    def _show(self) -> None:
        if self._board is None:
            return
        self._view.show_rows(board_rows(self._board, self._by), self._group)
        self.query_one(StatusLine).stand("" if self._board.total.numbers[0] else NOTHING)

    def _title(self) -> None:
        self.query_one("#groupings", TopLine).show(title_line(self._by))
        self.query_one("#columns", TopLine).show(heading(self._by, self._view.content_size.width or self.size.width))
