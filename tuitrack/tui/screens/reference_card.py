"""The reference of a case just taken, large, with the words to read it out to the customer."""

from __future__ import annotations

from enum import Enum, auto

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from tuitrack.domain.reference import Reference
from tuitrack.tui.big_letters import big
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.desk_screen import DialogScreen
from tuitrack.tui.widgets.hint_line import HintLine


class Onward(Enum):
    """Where to go from a case that was taken."""

    CASE = auto()
    QUEUE = auto()
    NEXT_INTAKE = auto()


class ReferenceCardScreen(DialogScreen[Onward], inherit_bindings=False):
    """Shows what to tell the customer and answers where to go on."""

    PLACE = Place.REFERENCE
    BINDINGS = bindings(Place.REFERENCE)
    AUTO_FOCUS = ""

    def __init__(self, reference: str, prefix: str, language: str, told: str) -> None:
        """`language` is the customer's, as two letters; `told` is what else to say, on lines of their own."""
        super().__init__()
        self._reference = reference
        self._spoken = Reference.parse(reference, prefix).spoken(language)
        self._told = told

    def compose(self) -> ComposeResult:
        with Vertical(classes="card"):
            yield Static("The case is taken. Its reference for the customer:", markup=False, classes="card-title")
            yield Static("", markup=False, id="large")
            yield Static(self._reference, markup=False, classes="plain")
            yield Static(f"Read out: {self._spoken}", markup=False, classes="spoken")
            yield Static(self._told, markup=False, classes="told")
            yield HintLine(Place.REFERENCE)

    def on_resize(self, event: events.Resize) -> None:
        """Make the reference as large as fits."""
        self.query_one("#large", Static).update("\n".join(big(self._reference, event.size.width - 4)))

    def action_open_taken(self) -> None:
        """Open the case."""
        self.dismiss(Onward.CASE)

    def action_take_next(self) -> None:
        """Take the next complaint."""
        self.dismiss(Onward.NEXT_INTAKE)

    def action_leave_card(self) -> None:
        """Go back to the queue."""
        self.dismiss(Onward.QUEUE)
