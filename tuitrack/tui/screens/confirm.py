"""The question before a dangerous command: the safe answer has the focus, the other one is named by its verb."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.desk_screen import DialogScreen
from tuitrack.tui.widgets.hint_line import HintLine


class ConfirmScreen(DialogScreen[bool]):
    """Asks whether to go on; leaving in any other way than by the verb is a no."""

    PLACE = Place.QUESTION
    BINDINGS = bindings(Place.QUESTION)

    def __init__(self, question: str, verb: str, keep: str = "Leave as it is") -> None:
        super().__init__()
        self._question = question
        self._verb = verb
        self._keep = keep

    def compose(self) -> ComposeResult:
        """The question over its two answers."""
        with Vertical():
            yield Static(self._question, markup=False)
            with Horizontal():
                yield Button(self._keep, id="keep", flat=True)
                yield Button(self._verb, id="go", flat=True)
            yield HintLine(Place.QUESTION)

    def on_mount(self) -> None:
        """Put the focus on the safe answer."""
        self.query_one("#keep", Button).focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer with the button."""
        self.dismiss(event.button.id == "go")

    def action_switch_answer(self) -> None:
        """Go to the other answer."""
        self.focus_next()

    def action_leave_dialog(self) -> None:
        """Leave with the safe answer."""
        self.dismiss(False)
