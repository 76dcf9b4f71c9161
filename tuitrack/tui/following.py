"""Shows on the screen in front what others store, soon after it happens; a session at rest only looks at two files."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

from textual.worker import Worker

from tuitrack.domain.errors import TuitrackError
from tuitrack.domain.presence import Presence, who_is_there
from tuitrack.tui.desk_screen import DeskScreen, run_latest

if TYPE_CHECKING:
    from tuitrack.tui.app import TuitrackApp

LOOK_EVERY_S = 0.4
"""How often it is looked whether anybody stored something; whatever was stored meanwhile is shown at once."""
REST = 10
"""A pause lasts so many times as long as the reading before it, so that a busy machine is asked less often."""
REST_MOST_S = 10.0
"""The longest pause, also after a reading that failed, which was told."""


class Following:
    """Looks for news as long as the app runs; only the screen in front is read again, and only where there are any."""

    def __init__(self, app: TuitrackApp) -> None:
        self._app = app
        self._timer: asyncio.TimerHandle | None = None
        self._worker: Worker[None] | None = None
        self._is_stirred = False
        self._rests_until = 0.0
        self._number = 0
        self._others: tuple[Presence, ...] = ()

    def start(self) -> None:
        """Look from now on."""
        # A timer of Textual's takes ten times as much of the processor, of which an idle session takes nothing else.
        self._timer = asyncio.get_running_loop().call_later(LOOK_EVERY_S, self._look)

    def stop(self) -> None:
        """Look no more."""
        if self._timer is not None:
            self._timer.cancel()

    def _look(self) -> None:
        if not self._app.is_running:
            return
        self.start()
        self._app.whereabouts.look()
        self._is_stirred = self._app.services.news.stirred() or self._is_stirred
        screen = self._app.screen
        # What a dialog lies over is shown once it is gone, and whatever holds the keys reads by itself.
        if not isinstance(screen, DeskScreen) or self._app.keys.is_held or not self._is_rested:
            return
        self._show_others(screen)
        if screen.news_shown is None:
            # Keys are held while a screen is read and opened, and nobody looks for news then.
            screen.news_shown = self._number
        if self._is_stirred or screen.news_shown != self._number:
            self._worker = run_latest(screen, "follow", self._follow, screen)

    def _show_others(self, screen: DeskScreen[Any]) -> None:
        """Say who else is in which case, as far as that still holds."""
        there = who_is_there(self._others, self._app.services.desk.clock()) if self._others else {}
        if screen.presence_shown != there:
            screen.presence_shown = there
            screen.show_presence(there)

    def _read(self) -> tuple[int, tuple[Presence, ...]]:
        services = self._app.services
        return services.news.number(), services.presence.others()

    @property
    def _is_rested(self) -> bool:
        is_done = self._worker is None or self._worker.is_finished
        return is_done and time.monotonic() >= self._rests_until

    async def _follow(self, screen: DeskScreen[Any]) -> None:
        begun = time.monotonic()
        try:
            if self._is_stirred:
                self._is_stirred = False
                self._number, self._others = await self._app.backstage.read(self._read)
                self._show_others(screen)
            if screen.news_shown != (number := self._number):
                await screen.show_news()
                screen.news_shown = number
        except TuitrackError:
            self._is_stirred = True
            self._rests_until = time.monotonic() + REST_MOST_S
            raise
        ended = time.monotonic()
        self._rests_until = ended + min(REST * (ended - begun), REST_MOST_S)
