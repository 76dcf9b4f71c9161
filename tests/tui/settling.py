"""Apps that can be waited for until nothing goes on in them any more, however slow the machine or the database is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, ParamSpec, TypeVar

from textual.worker import Worker, WorkerCancelled

from tests.tui.snapshot import painted, screen_text
from tuitrack.services.patience import Patience
from tuitrack.tui.app import TuitrackApp
from tuitrack.tui.backstage import Backstage
from tuitrack.tui.base_app import KeyedApp

P = ParamSpec("P")
T = TypeVar("T")

FETCHING = frozenset({"load", "more", "why", "preview"})
"""The groups of workers that come to an end by themselves; others may wait for the person."""


class WatchedBackstage(Backstage):
    """The database thread, of which it is known whether anybody waits for an answer."""

    def __init__(self, patience: Patience, when_denied: Callable[[], None] = lambda: None) -> None:
        super().__init__(patience, when_denied)
        self.asked = 0
        """How often it was asked for anything so far."""
        self._unanswered = 0
        self._all_answered = asyncio.Event()
        self._all_answered.set()

    async def read(self, ask: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Wait for an answer."""
        with self._watched():
            return await super().read(ask, *args, **kwargs)

    async def read_while_wanted(
        self, stop: Callable[[], None], ask: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Wait for an answer that may be given up."""
        with self._watched():
            return await super().read_while_wanted(stop, ask, *args, **kwargs)

    async def write(self, change: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Wait for a change."""
        with self._watched():
            return await super().write(change, *args, **kwargs)

    async def answered(self) -> None:
        """Wait until nobody waits for an answer."""
        await self._all_answered.wait()

    @contextmanager
    def _watched(self) -> Iterator[None]:
        self.asked += 1
        self._unanswered += 1
        self._all_answered.clear()
        try:
            yield
        finally:
            self._unanswered -= 1
            if not self._unanswered:
                self._all_answered.set()


async def settled(app: KeyedApp, backstage: WatchedBackstage) -> None:
    """Wait until keys are handled, everything they led to is answered and stored, and all of that is painted."""
    asked = None
    # An answer may lead to the next question, and so may a painting.
    while asked != backstage.asked or _fetching(app):
        asked = backstage.asked
        await app.keys.settled()
        await backstage.answered()
        if fetching := _fetching(app):
            # One that a newer question replaces meanwhile is given up.
            with suppress(WorkerCancelled):
                await app.workers.wait_for_complete(fetching)
        await app.keys.settled()
        await painted(app)


def _fetching(app: KeyedApp) -> list[Worker[Any]]:
    return [worker for worker in app.workers if worker.group in FETCHING]


class SettlingApp(TuitrackApp):
    """The app, which ends its database thread with itself."""

    backstage: WatchedBackstage

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.backstage = WatchedBackstage(self.services.desk.patience, self._ask_for_rights)

    def on_unmount(self) -> None:
        """End the database thread with the app."""
        self.backstage.drain()

    async def settle(self) -> None:
        """Wait until nothing goes on any more."""
        await settled(self, self.backstage)

    @property
    def text(self) -> str:
        """What the screen shows."""
        return screen_text(self)
