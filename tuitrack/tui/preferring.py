"""What an agent prefers, chosen from short lists and kept for the next time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuitrack.services.preferences import AfterClosing
from tuitrack.tui.screens.pick import PickScreen
from tuitrack.tui.themes import THEME_LABELS

if TYPE_CHECKING:
    from tuitrack.tui.app import TuitrackApp


async def choose_theme(desk: TuitrackApp) -> None:
    """Let the looks of the screens be chosen; call it from a worker."""
    chosen = await desk.push_screen_wait(PickScreen("Theme", list(THEME_LABELS.items()), desk.theme))
    if chosen is None:
        return
    with desk.hold_keys():
        desk.theme = chosen
        await desk.backstage.write(desk.services.preferences.choose_theme, chosen)
        desk.say(f"Theme: {THEME_LABELS[chosen]}. You will find it again at your next start.")


async def choose_after_closing(desk: TuitrackApp) -> None:
    """Let the agent choose where to go once a case is closed; call it from a worker."""
    preferences = desk.services.preferences
    with desk.hold_keys():
        now = await desk.backstage.read(preferences.after_closing)
    options = [(str(way), way.label) for way in AfterClosing]
    chosen = await desk.push_screen_wait(PickScreen("Once a case is closed", options, str(now)))
    if chosen is None:
        return
    with desk.hold_keys():
        way = AfterClosing(chosen)
        await desk.backstage.write(preferences.choose_after_closing, way)
        desk.say(f"Once a case is closed: {way.label}.")
