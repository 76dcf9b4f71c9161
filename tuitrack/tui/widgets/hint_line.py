"""The line that names the keys worth knowing where a person is."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.content import Content
from textual.widget import Widget

from tuitrack.tui.commands import Place, hint_line

if TYPE_CHECKING:
    from tuitrack.tui.base_app import KeyedApp


class HintLine(Widget):
    """The keys of a place, as many as fit."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self._place = place

    def show(self, place: Place) -> None:
        """Name the keys of another place."""
        self._place = place
        self.refresh()

    def render(self) -> Content:
        """The hints that fit the width there is."""
        keymap = cast("KeyedApp", self.app).keymap
        return Content(hint_line(self._place, self.content_size.width, keymap))
