"""Whether others stored something since a screen was read."""

from __future__ import annotations

from tuitrack.services.desk import Desk


class NewsService:
    """Tells a screen when to read again what it shows."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def stirred(self) -> bool:
        """Whether there may be news since this was last asked; nothing waits for that, so that a screen may ask."""
        return self._desk.store.stirred()

    def number(self) -> int:
        """A number that grows with whatever others store and a screen shows."""
        return self._desk.store.news()
