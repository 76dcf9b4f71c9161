"""The last line of every screen: what was done, or why it was refused."""

from __future__ import annotations

from textual.widgets import Static


class StatusLine(Static):
    """One line for messages; the latest stays until the next one."""

    def __init__(self) -> None:
        super().__init__("", markup=False)

    def say(self, text: str) -> None:
        """Tell what happened."""
        self.set_class(False, "-warning")
        self.update(text)

    def warn(self, text: str) -> None:
        """Tell what was refused or went wrong; an exclamation mark says so without colour."""
        self.set_class(True, "-warning")
        self.update(f"! {text}" if text else "")
