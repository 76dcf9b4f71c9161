"""The one thread that owns the database, so that the screens never wait for it with the keyboard dead."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from functools import partial
from typing import Any, ParamSpec, TypeVar

from tuitrack.domain.errors import NotAllowed
from tuitrack.services.patience import Patience

P = ParamSpec("P")
T = TypeVar("T")


class Backstage:
    """Runs what services do, one after the other, away from the screens."""

    def __init__(self, patience: Patience, when_denied: Callable[[], None] = lambda: None) -> None:
        """`when_denied` is called whenever a change is refused for want of a right."""
        self._patience = patience
        self._when_denied = when_denied
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="backstage")
        self._writes: set[Future[Any]] = set()
        self._turn = threading.Lock()
        self._under_way: object = None

    async def read(self, ask: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Wait for an answer; one that nobody waits for any more is never asked."""
        return await asyncio.wrap_future(self._thread.submit(self._patience.ask, partial(ask, *args, **kwargs)))

    async def read_while_wanted(
        self, stop: Callable[[], None], ask: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Wait for an answer; once nobody waits any more, `stop` is called on this thread while it is being read."""
        mark = object()

        def read() -> T:
            with self._turn:
                self._under_way = mark
            try:
                return self._patience.ask(partial(ask, *args, **kwargs))
            finally:
                with self._turn:
                    self._under_way = None

        future = self._thread.submit(read)
        try:
            return await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            future.cancel()
            # The read cannot end meanwhile, so that never another one is stopped in its place.
            with self._turn:
                if self._under_way is mark:
                    stop()
            raise

    async def write(self, change: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Wait for a change, which is made even when the screen that asked for it is gone by then."""
        # What is asked for under a key is so on the other thread as well.
        asked = partial(copy_context().run, partial(change, *args, **kwargs))
        future = self._thread.submit(self._patience.ask, asked)
        self._writes.add(future)
        future.add_done_callback(self._writes.discard)
        try:
            return await asyncio.shield(asyncio.wrap_future(future))
        except NotAllowed:
            self._when_denied()
            raise

    async def settled(self) -> None:
        """Wait until every change asked for so far is made or refused."""
        while self._writes:
            done, _ = await asyncio.wait([asyncio.wrap_future(future) for future in tuple(self._writes)])
            for change in done:
                # Whoever asked for it is told; nobody is to say at the end of the program that nobody was.
                change.exception()

    def drain(self, last: Callable[[], object] | None = None) -> None:
        """Make the changes still waiting, then `last` on the same thread, and end the thread; call it after the app."""
        self._patience.end()
        wait(tuple(self._writes))
        if last is not None:
            self._thread.submit(last).result()
        self._thread.shutdown(cancel_futures=True)
