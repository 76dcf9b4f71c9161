"""A small desk for the key tests: letters are commands, a query line, a form behind a slow load."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, Label, Static, TextArea

from tuitrack.tui.base_app import KeyedApp


class SlowForm(ModalScreen[str]):
    """A form that saves by a priority key and by Enter in its field."""

    AUTO_FOCUS = "TextArea"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "save", priority=True), Binding("escape", "leave")]

    def compose(self) -> ComposeResult:
        yield Label("the form")
        yield TextArea()

    def action_save(self) -> None:
        self.dismiss(self.query_one(TextArea).text)

    def action_leave(self) -> None:
        self.dismiss("left")


class Desk(Screen[None]):
    """A list whose letters are commands, and a query line that `/` opens."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "query"),
        Binding("f", "open_form"),
        Binding("q", "quit_desk"),
        *[Binding(letter, f"stray('{letter}')") for letter in "overdusavxyz1"],
    ]

    def compose(self) -> ComposeResult:
        yield Input()
        yield Static("ready", id="status", markup=False)
        yield Static("", id="strays", markup=False)
        yield Static("", id="saved", markup=False)

    def action_query(self) -> None:
        self.query_one(Input).focus()

    def action_stray(self, letter: str) -> None:
        strays = self.query_one("#strays", Static)
        strays.update(f"{strays.content or 'strays '}{letter}")

    def action_quit_desk(self) -> None:
        self.app.exit()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.query_one("#status", Static).update(f"query <{event.value}>")
        event.input.clear()
        self.set_focus(None)

    def action_open_form(self) -> None:
        self.run_worker(self._form())

    async def _form(self) -> None:
        app = self.app
        assert isinstance(app, DeskApp)
        with app.hold_keys():
            await asyncio.sleep(0.2)  # what a slow database would take
            answer = self.app.push_screen(SlowForm(), wait_for_dismiss=True)
        text = await answer
        with app.hold_keys():
            await asyncio.sleep(0.2)
            self.query_one("#saved", Static).update(f"saved <{text}>")


class DeskApp(KeyedApp):
    """The desk; keeps the query line in the file named on the command line when it has to leave."""

    def on_mount(self) -> None:
        self.push_screen(Desk())

    async def keep_everything(self) -> None:
        await asyncio.sleep(0.05)
        Path(sys.argv[1]).write_text(self.screen.query_one(Input).value, encoding="utf-8")


if __name__ == "__main__":
    app = DeskApp()
    app.run()
    sys.exit(app.return_code)
