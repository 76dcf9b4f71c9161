"""What a key sets off is painted once."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import Input, Static

from tests.tui.snapshot import painted, screen_text
from tuitrack.tui.base_app import KeyedApp
from tuitrack.tui.lines import Line
from tuitrack.tui.painting import LinesAsTheyAre, PaintedOnce
from tuitrack.tui.widgets.line_view import LineView


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


class Drawn(LinesAsTheyAre):
    """Counts the lines that were asked for."""

    lines = 0

    def render_line(self, *args: Any) -> Strip:
        """A line, counted."""
        self.lines += 1
        return super().render_line(*args)


class Boxed(KeyedApp):
    """Two texts, the second with room around it."""

    CSS = "LineView { height: 1; } #second { padding: 0 2; }"

    def compose(self) -> ComposeResult:
        yield LineView(id="first")
        yield LineView(id="second")


async def test_lines_are_taken_as_they_are_and_keep_the_room_around_them() -> None:
    app = Boxed()
    async with app.run_test(size=(20, 4)):
        first, second = app.query_one("#first", LineView), app.query_one("#second", LineView)
        first._styles_cache = drawn = Drawn()
        for view in (first, second):
            view.show(lambda width: [Line("a text")])
            view.refresh()
        await painted(app)
        assert screen_text(app).splitlines()[:2] == ["a text", "  a text"]
        assert drawn.lines > 0
