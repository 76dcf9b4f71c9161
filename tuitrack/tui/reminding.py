"""Tells on the status line what becomes overdue or is due soon, when its moment comes, and not by asking again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from textual.timer import Timer

from tuitrack.services.reminding import REACH
from tuitrack.tui.desk_screen import DeskScreen, run_latest

if TYPE_CHECKING:
    from tuitrack.domain.reminders import Notice

_AFTER = timedelta(seconds=1)
"""A deadline has passed only when its moment is over."""


class Reminding:
    """The reminders of one screen: each look reads what has come and sleeps until what comes next."""

    def __init__(self, screen: DeskScreen[None]) -> None:
        self._screen = screen
        self._since = screen.services.desk.now()
        self._next: Timer | None = None
        self._is_first = True

    def look(self) -> None:
        """Tell what has come since the last look, and wait for the next; what is new by now is seen as well."""
        run_latest(self._screen, "remind", self._look)

    async def _look(self) -> None:
        screen, now = self._screen, self._screen.services.desk.now()
        ask = partial(screen.services.reminders.coming, self._since, is_first=self._is_first)
        coming = await screen.backstage.read(ask)
        passed, later = [one for one in coming if one.at < now], [one for one in coming if one.at >= now]
        self._since, self._is_first = now, False
        self._wait(later[0].at - now + _AFTER if later else REACH)
        if passed:
            screen.say(notices_line(passed))
            if screen.services.desk.settings.bell:
                screen.app.bell()

    def _wait(self, span: timedelta) -> None:
        if self._next is not None:
            self._next.stop()
        self._next = self._screen.set_timer(min(span, REACH).total_seconds(), self.look)


def notices_line(passed: Sequence[Notice]) -> str:
    """What has come since the last look as one line: the latest in full, the others counted."""
    *others, latest = passed
    return f"{latest.text}; and {len(others)} more" if others else latest.text
