"""A field and a text area that nothing but a signal ends, to throw bytes at; Enter tells and clears the field."""

from __future__ import annotations

import sys
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input, Static, TextArea

from tuitrack.tui.base_app import KeyedApp


class FieldApp(KeyedApp):
    """Shows what was entered last; F5 clears the fields and says how often it did."""

    BINDINGS: ClassVar[list[BindingType]] = [("f5", "begin_again", "")]
    rounds = 0

    def compose(self) -> ComposeResult:
        yield Input()
        yield Static("ready", markup=False)
        yield TextArea()

    def action_begin_again(self) -> None:
        self.rounds += 1
        self.query_one(Input).clear()
        self.query_one(TextArea).clear()
        self.query_one(Input).focus()
        self.query_one(Static).update(f"round {self.rounds}.")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.query_one(Static).update(f"entered <{event.value}>")


if __name__ == "__main__":
    app = FieldApp()
    app.run()
    sys.exit(app.return_code)
