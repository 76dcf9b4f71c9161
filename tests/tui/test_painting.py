"""What a key sets off is painted once."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input, Static

from tuitrack.tui.base_app import KeyedApp
from tuitrack.tui.painting import PaintedOnce


class Opened(Screen[None]):
    """A screen as Textual has it, with a field that takes the focus."""

    def compose(self) -> ComposeResult:
        yield Static("opened")
        yield Input()


class OpenedOnce(PaintedOnce[None]):
    """The same screen, painted once."""

    compose = Opened.compose


class Watched(KeyedApp):
    """Counts the pictures that would go to a terminal."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("o", "open")]

    def __init__(self, opened: Screen[None]) -> None:
        super().__init__()
        self.opened = opened
        self.pictures = 0

    def action_open(self) -> None:
        self.push_screen(self.opened)

    def get_default_screen(self) -> Screen[None]:
        return OpenedOnce() if isinstance(self.opened, OpenedOnce) else Opened()

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        self.pictures += renderable is not None and not self._batch_count
        super()._display(screen, renderable)


async def pictures_of(app: Watched) -> tuple[int, int]:
    """How often the first screen was painted, and the one that a key opened."""
    async with app.run_test() as pilot:
        await app.keys.settled()
        await pilot.pause(0.1)
        first = app.pictures
        await pilot.press("o")
        await pilot.pause(0.1)
        return first, app.pictures - first


async def test_textual_paints_its_first_screen_more_than_once() -> None:
    first, _ = await pictures_of(Watched(Opened()))
    assert first > 1, "Textual paints once now: PaintedOnce may go"


@pytest.mark.parametrize("number", range(3))
async def test_an_opened_screen_is_painted_once(number: int) -> None:
    assert await pictures_of(Watched(OpenedOnce())) == (1, 1)
