"""A text of any length to read page by page, over the screen it belongs to."""

from __future__ import annotations

from textual.app import ComposeResult

from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.desk_screen import DialogScreen
from tuitrack.tui.widgets.hint_line import HintLine
from tuitrack.tui.widgets.line_view import Layout, LineView
from tuitrack.tui.widgets.top_line import TopLine


class ReaderScreen(DialogScreen[bool | None]):
    """Shows a text whole; only the lines in view are drawn."""

    PLACE = Place.READER
    BINDINGS = bindings(Place.READER)

    def __init__(self, title: str, layout: Layout) -> None:
        super().__init__()
        self._title = title
        self._layout = layout

    def compose(self) -> ComposeResult:
        """The title, the text, the keys."""
        after, before = (self.desk.key_of(Place.LIST, page) for page in ("page_down", "page_up"))
        yield TopLine(f"{self._title} · {after} next page · {before} page before")
        yield LineView()
        yield HintLine(self.PLACE)

    def on_mount(self) -> None:
        """Show the text from its start."""
        view = self.query_one(LineView)
        view.show(self._layout)
        view.focus()

    def action_leave_reader(self) -> None:
        """Go back to the screen below."""
        self.dismiss(None)
