"""The last line of every screen: what was done, or why it was refused."""

from __future__ import annotations

from textual.widgets import Static


class StatusLine(Static):
    """One line for messages; the latest stays until another command is given or tells something."""

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self._standing = ""

    def stand(self, text: str) -> None:
        """Show a text whenever nothing else is told."""
        if text == self._standing:
            return
        was_shown = self.content == self._standing
        self._standing = text
        if was_shown:
            self.clear()

    def say(self, text: str) -> None:
        """Tell what happened."""
        self._show(text, is_warning=False)

    def warn(self, text: str) -> None:
        """Tell what was refused or went wrong; an exclamation mark says so without colour."""
        self._show(f"! {text}" if text else "", is_warning=True)

    def clear(self) -> None:
        """Take the message away: something else is done now."""
        self.say(self._standing)

    def _show(self, text: str, *, is_warning: bool) -> None:
        self.set_class(is_warning, "-warning")
        if text != self.content:
            self.update(text, layout=False)
