"""The line that names the keys worth knowing where a person is."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, cast

from textual.content import Content
from textual.widget import Widget

from tuitrack.tui.commands import Place, hint_line

if TYPE_CHECKING:
    from tuitrack.tui.base_app import KeyedApp


class HintLine(Widget):
    """The keys of a place, as many as fit."""

    def __init__(self, place: Place, without: Collection[str] = ()) -> None:
        """`without` are the ids of commands that there is nothing for yet."""
        super().__init__()
        self._place = place
        self._without = without

    def show(self, place: Place, without: Collection[str] = ()) -> None:
        """Name the keys of another place, or other keys of the same."""
        self._place = place
        self._without = without
        self.refresh()

    def render(self) -> Content:
        """The hints that fit the width there is."""
        keymap = cast("KeyedApp", self.app).keymap
        return Content(hint_line(self._place, self.content_size.width, keymap, self._without))
