"""The overdue board as a pane of its own, which only shows: for a second terminal, or a screen on the wall."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.binding import BindingType

from tuitrack.domain.board import BoardBy
from tuitrack.services.bundle import Services
from tuitrack.tui.app import TuitrackApp
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.screens.board import BoardScreen, CellChosen


class WallboardScreen(BoardScreen, inherit_bindings=False):
    """The board with nothing under it; a chosen number tells its query."""

    PLACE = Place.WALLBOARD
    BINDINGS: ClassVar[list[BindingType]] = [*BoardScreen.BY_DIGIT, *bindings(Place.WALLBOARD)]

    def choose(self, cell: CellChosen) -> None:
        """Say by which query the queue lists the cases that a number counts."""
        self.say(f"The queue lists them with: {cell.query}")


class WallboardApp(TuitrackApp):
    """Shows the board alone."""

    def __init__(self, services: Services, by: BoardBy, **options: Any) -> None:
        super().__init__(services, **options)
        self._at = CellChosen(by)

    def get_default_screen(self) -> WallboardScreen:
        """The board is under all other screens."""
        return WallboardScreen(self.services, self._at)
