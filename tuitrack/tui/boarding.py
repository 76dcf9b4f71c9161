"""From the queue to the overdue board, and from one of its numbers to the cases that it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuitrack.domain.queue import QueueQuery
from tuitrack.tui.screens.board import BoardScreen, CellChosen

if TYPE_CHECKING:
    from tuitrack.tui.screens.queue import QueueScreen


class Boarding:
    """Opens the board where it was left."""

    def __init__(self, queue: QueueScreen) -> None:
        self._queue = queue
        self._at: CellChosen | None = None

    async def open(self) -> None:
        """Show the board and list the cases of the number that is chosen; call it from a worker."""
        chosen = await self._queue.app.push_screen_wait(BoardScreen(self._queue.services, self._at))
        if chosen is not None:
            self._at = chosen
            self._queue.look_at(QueueQuery(chosen.query))
