"""A Textual app as it comes: `g` opens a dialog with an input, and Esc leaves it."""

from textual.app import App, ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Input, Static


class Dialog(ModalScreen[None]):
    """Asks for a line."""

    BINDINGS = [("escape", "dismiss", "Leave")]  # noqa: RUF012 - as Textual's guide writes it

    def compose(self) -> ComposeResult:
        """The line to type in."""
        yield Input()


class DialogApp(App[None]):
    """Shows one word under the dialog."""

    BINDINGS = [("g", "ask", "Ask")]  # noqa: RUF012 - as Textual's guide writes it

    def compose(self) -> ComposeResult:
        """The word."""
        yield Static("ready")

    def action_ask(self) -> None:
        """Open the dialog."""
        self.push_screen(Dialog())


DialogApp().run(mouse=False)
