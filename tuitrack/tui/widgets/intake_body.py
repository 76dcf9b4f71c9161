"""The fields of intake, with the known customer that was picked for them."""

from __future__ import annotations

from collections.abc import Mapping

from textual.message import Message

from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.intake_fields import FIND_BY
from tuitrack.tui.widgets.form_body import FormBody

KNOWN = "customer_id"
"""Under this name a draft remembers which known customer was picked."""


class IntakeBody(FormBody):
    """The fields of intake, with the known customer that was picked for them."""

    BINDINGS = bindings(Place.WHO)

    class KnownAsked(Message):
        """The list of what is known was asked for, from a line about the customer or from further down."""

    known_id = 0
    """The picked customer, 0 while it is a new one."""

    @property
    def typed(self) -> dict[str, str]:
        """The typed texts, and who was picked."""
        return super().typed | ({KNOWN: str(self.known_id)} if self.known_id else {})

    def fill(self, texts: Mapping[str, str]) -> None:
        """Put texts into their fields, and the picked customer back in place."""
        self.known_id = int(texts.get(KNOWN, "0"))
        super().fill(texts)

    def action_enter_known(self) -> None:
        """Go to the list from a line about the customer, to the next field from any other."""
        focused = self.focused_row
        if focused is not None and focused.field.name in FIND_BY:
            self.post_message(self.KnownAsked())
        else:
            self.action_next_field()
