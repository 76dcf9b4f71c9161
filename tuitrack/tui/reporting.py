"""From the queue to the quality report, and from one of its numbers to the cases that it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuitrack.domain.queue import QueueQuery
from tuitrack.tui.screens.quality import NumberChosen, QualityScreen

if TYPE_CHECKING:
    from tuitrack.tui.screens.queue import QueueScreen


class Reporting:
    """Opens the report where it was left."""

    def __init__(self, queue: QueueScreen) -> None:
        self._queue = queue
        self._at: NumberChosen | None = None

    async def open(self) -> None:
        """Show the report and list the cases of the number that is chosen; call it from a worker."""
        chosen = await self._queue.app.push_screen_wait(QualityScreen(self._queue.services, self._at))
        if chosen is not None:
            self._at = chosen
            self._queue.look_at(QueueQuery(chosen.query))
