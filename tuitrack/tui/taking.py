"""Taking the next case of the queue that nobody owns."""

from __future__ import annotations

from typing import Any

from tuitrack.domain.queue import QueueQuery
from tuitrack.tui.commands import Place
from tuitrack.tui.desk_screen import DeskScreen


async def take_next(screen: DeskScreen[Any], query: QueueQuery) -> None:
    """Become the owner of the first case of a query that has none, and open it; call it from a worker."""
    desk = screen.desk
    with desk.hold_keys():
        case = await screen.backstage.write(screen.services.casework.take_next, query)
        await desk.open_case(case.id)
    desk.say(f"{case.reference} is yours. {desk.key_of(Place.CASE, 'undo_change')} takes it back.")
