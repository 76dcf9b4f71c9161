"""Lets others know in which case a person is, and whether they type: looked at now and then, not told with each key."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.worker import Worker

from tuitrack.domain.errors import TuitrackError
from tuitrack.domain.presence import RENEWED_AFTER
from tuitrack.tui.desk_screen import DeskScreen, run_latest

if TYPE_CHECKING:
    from tuitrack.tui.app import TuitrackApp

TYPES_FOR_S = 10.0
"""How long after the last letter somebody still types."""

Place = tuple[int, bool]
"""A case, and whether the person types in it."""


class Whereabouts:
    """Where the person of an app is, and what was last said of that."""

    def __init__(self, app: TuitrackApp) -> None:
        self._app = app
        self._said: Place | None = None
        self._holds_until = 0.0
        self._typed_at = -TYPES_FOR_S
        self._worker: Worker[None] | None = None

    def note_typing(self) -> None:
        """Something was typed into a form."""
        self._typed_at = time.monotonic()

    def look(self) -> None:
        """Say where the person is where that is news, or has to be said again."""
        place = self._place()
        is_due = place != self._said or (place is not None and time.monotonic() >= self._holds_until)
        if is_due and (self._worker is None or self._worker.is_finished):
            self._worker = run_latest(self._app.screen_stack[0], "whereabouts", self._say, place)

    async def leave(self) -> None:
        """Say that the person is gone."""
        if self._said is not None:
            await self._say(None)

    def _place(self) -> Place | None:
        screens = self._app.screen_stack
        cases = (screen.case_id for screen in reversed(screens) if isinstance(screen, DeskScreen))
        case_id = next((case_id for case_id in cases if case_id is not None), None)
        if case_id is None:
            return None
        # Letters over a case itself are commands; whatever lies over it is typed into.
        is_typing = time.monotonic() - self._typed_at < TYPES_FOR_S
        top = screens[-1]
        return case_id, is_typing and not (isinstance(top, DeskScreen) and top.case_id is not None)

    async def _say(self, place: Place | None) -> None:
        presence = self._app.services.presence
        self._said, self._holds_until = place, time.monotonic() + RENEWED_AFTER.total_seconds()
        # Work goes on where this cannot be stored; what hinders it is told to whoever stores something.
        with suppress(TuitrackError):
            if place is None:
                await self._app.backstage.write(presence.leave)
            else:
                case_id, typing = place
                await self._app.backstage.write(presence.be_in, case_id, typing=typing)
