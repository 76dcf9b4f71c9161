"""What a case's screen does with phrases: list them to be read aloud, and keep that one was said."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tuitrack.domain.phrases import TOLD
from tuitrack.tui.screens.phrases import PhrasesScreen

if TYPE_CHECKING:
    from tuitrack.tui.screens.case import CaseScreen


async def say_phrase(screen: CaseScreen) -> None:
    """Let a phrase be read aloud; the timeline keeps those that are facts of the case."""
    phrases, case = screen.services.phrases, screen.file.case
    with screen.desk.hold_keys():
        offered = await screen.backstage.read(phrases.offered, case.id)
        title = f"Say to {screen.file.customer.name}; Enter when it is said"
        shown = screen.desk.push_screen(PhrasesScreen(title, offered), wait_for_dismiss=True)
    said = await shown
    if said is None:
        return
    if said.moment in TOLD:
        screen.change(partial(phrases.tell, case.id, said.moment, said.text), f"{TOLD[said.moment][1]}.")
    else:
        screen.say(f"Said: {said.moment.label}. Nothing is stored of it.")
