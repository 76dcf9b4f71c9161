"""The one thread that owns the database, so that the screens never wait for it with the keyboard dead."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from functools import partial
from typing import Any, ParamSpec, TypeVar

from tuitrack.domain.errors import NotAllowed, Unreachable
from tuitrack.services.once import key_in_force

AGAIN_AFTER_S = (0.2, 0.5, 1.0, 2.0)
"""The pauses after which a lost database is asked again, before it is given up."""

P = ParamSpec("P")
T = TypeVar("T")


class Backstage:
    """Runs what services do, one after the other, away from the screens."""

    def __init__(
        self, when_denied: Callable[[], None] = lambda: None, when_lost: Callable[[], None] = lambda: None
    ) -> None:
        """`when_denied` is called whenever a change is refused for want of a right.

        `when_lost` is called, on the other thread, whenever the database does not answer and is asked again.
        """
        self._when_denied = when_denied
        self._when_lost = when_lost
        self._is_ending = threading.Event()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="backstage")
        self._writes: set[Future[Any]] = set()
        self._turn = threading.Lock()
        self._under_way: object = None

    async def read(self, ask: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Wait for an answer; one that nobody waits for any more is never asked."""
        return await asyncio.wrap_future(self._thread.submit(self._patiently, partial(ask, *args, **kwargs)))

    async def read_while_wanted(
        self, stop: Callable[[], None], ask: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Wait for an answer; once nobody waits any more, `stop` is called on this thread while it is being read."""
        mark = object()

        def read() -> T:
            with self._turn:
                self._under_way = mark
            try:
                return self._patiently(partial(ask, *args, **kwargs))
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
        do = partial(change, *args, **kwargs)
        # Without a key nobody could tell a change that was stored before its answer was lost from one that was not.
        retried = partial(self._patiently, do) if key_in_force() else do
        future = self._thread.submit(partial(copy_context().run, retried))
        self._writes.add(future)
        future.add_done_callback(self._writes.discard)
        try:
            return await asyncio.shield(asyncio.wrap_future(future))
        except NotAllowed:
            self._when_denied()
            raise

    def _patiently(self, do: Callable[[], T]) -> T:
        """Do something, and once more after a while where the database was lost."""
        for pause in AGAIN_AFTER_S:
            try:
                return do()
            except Unreachable:
                self._when_lost()
                if self._is_ending.wait(pause):
                    raise
        return do()

    async def settled(self) -> None:
        """Wait until every change asked for so far is made or refused."""
        while self._writes:
            done, _ = await asyncio.wait([asyncio.wrap_future(future) for future in tuple(self._writes)])
            for change in done:
                # Whoever asked for it is told; nobody is to say at the end of the program that nobody was.
                change.exception()

    def drain(self, last: Callable[[], object] | None = None) -> None:
        """Make the changes still waiting, then `last` on the same thread, and end the thread; call it after the app."""
        self._is_ending.set()
        wait(tuple(self._writes))
        if last is not None:
            self._thread.submit(last).result()
        self._thread.shutdown(cancel_futures=True)
