"""Shows the texts of a JSON file, a page at a time, in the places where a person's words are drawn."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import DataTable, Input, Static

from tuitrack.tui.base_app import KeyedApp

PAGE = 6


class HostileApp(KeyedApp):
    """Any `n` shows the next page."""

    CSS = "DataTable { height: 8; } Static { height: 6; }"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [("n", "next_page", "")]
    page = -1

    def compose(self) -> ComposeResult:
        yield Static(markup=False)
        yield DataTable(show_header=False)
        yield Input()
        yield Static("ready", id="page", markup=False)

    def on_mount(self) -> None:
        self.query_one(DataTable).add_column(Text("text"))

    def action_next_page(self) -> None:
        self.page += 1
        texts: list[str] = json.loads(Path(sys.argv[1]).read_text(encoding="ascii"))
        shown = texts[self.page * PAGE : (self.page + 1) * PAGE]
        self.query_one(Static).update(Content("\n".join(shown)))
        self.query_one(Static).border_title = Content(shown[0])
        table = self.query_one(DataTable)
        table.clear()
        table.add_rows([[Text(text)] for text in shown])
        self.query_one(Input).value = shown[0]
        self.notify(shown[0], markup=False, timeout=0.2)
        self.query_one("#page", Static).update(f"page {self.page}.")


if __name__ == "__main__":
    app = HostileApp()
    app.run()
    sys.exit(app.return_code)
