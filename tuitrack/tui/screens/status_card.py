"""What to say now to a customer who asks how the case stands; Enter answers that the customer was told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Vertical

from tuitrack.services.casefile import StatusCard
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.desk_screen import DialogScreen
from tuitrack.tui.present_case import card_lines
from tuitrack.tui.widgets.hint_line import HintLine
from tuitrack.tui.widgets.line_view import LineView
from tuitrack.tui.widgets.top_line import TopLine


class StatusCardScreen(DialogScreen[bool]):
    """The card to read aloud; answers True when the customer's call is to be logged."""

    PLACE = Place.STATUS_CARD
    BINDINGS = bindings(Place.STATUS_CARD)

    def __init__(self, title: str, card: StatusCard, now: datetime, show_phrases: Callable[[], None]) -> None:
        """`show_phrases` lists what else to say, over the card."""
        super().__init__()
        self._title = title
        self._card = card
        self._now = now
        self._show_phrases = show_phrases

    def compose(self) -> ComposeResult:
        """The card and its keys."""
        with Vertical():
            yield TopLine(self._title)
            yield LineView()
            yield HintLine(Place.STATUS_CARD)

    def on_mount(self) -> None:
        """Show the card; its list keys scroll a long one, Enter stays with the screen."""
        self.query_one(LineView).show(lambda width: card_lines(self._card, self._now, width))

    def action_log_status_check(self) -> None:
        """Say that the customer asked and was told."""
        self.dismiss(True)

    def action_show_phrases(self) -> None:
        """List what else to say."""
        self._show_phrases()

    def action_leave_dialog(self) -> None:
        """Leave without logging anything."""
        self.dismiss(False)
