"""Where the screen goes once a case is closed: nowhere, unless its agent asked for that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tuitrack.services.preferences import AfterClosing
from tuitrack.tui.desk_screen import run_told

if TYPE_CHECKING:
    from tuitrack.tui.app import TuitrackApp
    from tuitrack.tui.screens.case import CaseScreen


async def go_on(screen: CaseScreen, told: str) -> None:
    """Go where the agent prefers to be after a closed case; `told` says how it was closed."""
    way = await screen.backstage.read(screen.services.preferences.after_closing)
    queue = screen.desk.queue
    # Workers of the case end with its screen: what leaves it belongs to the queue.
    match way:
        case AfterClosing.NEXT:
            run_told(queue, _open_next, screen.desk, screen, told, queue.following(screen.case_id))
        case AfterClosing.QUEUE:
            run_told(queue, _leave, screen.desk, screen, told)
        case AfterClosing.STAY:
            pass


async def _open_next(desk: TuitrackApp, closed: CaseScreen, told: str, following: Sequence[int]) -> None:
    """Show the first of these cases that is still open in place of the closed one."""
    with desk.hold_keys():
        for case_id in following:
            file = await desk.backstage.read(desk.services.casefile.open, case_id)
            if desk.screen is not closed:
                return
            if file.case.is_open:
                await desk.switch_screen(type(closed)(desk.services, file))
                desk.say(f"{told} Now at the next of the queue, {file.case.reference}.")
                return
        desk.say(f"{told} It was the last of the queue.")


async def _leave(desk: TuitrackApp, closed: CaseScreen, told: str) -> None:
    """Go back to the queue, past any screen from which the case was opened."""
    if desk.screen is not closed:
        return
    with desk.hold_keys():
        while len(desk.screen_stack) > 1:
            await desk.screen.dismiss()
        desk.say(f"{told} Back in the queue.")
