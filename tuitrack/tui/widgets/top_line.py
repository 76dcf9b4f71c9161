"""The first line of every screen: where a person is, and the counts that belong to it."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class TopLine(Static):
    """One line that says where a person is."""

    def __init__(self, text: str | Content = "", *, id: str | None = None) -> None:
        super().__init__(text, markup=False, id=id)

    def show(self, text: str | Content) -> None:
        """Show another text, which is never read as markup."""
        self.update(text, layout=False)
