"""A thread beside the one that owns the database, with a connection of its own, for work that takes long."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Generic, Protocol, TypeVar

from tuitrack.services.registers import Progress


class Closes(Protocol):
    """Something that holds a connection."""

    def close(self) -> None:
        """Let go of it."""
        ...


S = TypeVar("S", bound=Closes)
T = TypeVar("T")


class SideThread(Generic[S]):
    """Does one thing at a time, so that neither screens nor other work ever wait, and tells how far it is."""

    def __init__(self, opened: Callable[[], S], name: str) -> None:
        self._opened = opened
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._service: S | None = None
        self._stop = Event()
        self.progress: Progress | None = None
        """How far the work at hand is, None where it has not told yet."""

    async def do(self, work: Callable[[S], T]) -> T:
        """Have something done; it goes on to its end though nobody waits for it any more."""
        self.progress = None
        self._stop.clear()
        return await asyncio.shield(asyncio.wrap_future(self._executor.submit(self._with_service, work)))

    def hear(self, progress: Progress) -> None:
        """Take down how far it is; called on the thread."""
        self.progress = progress

    def stop(self) -> None:
        """Have the work at hand end after the batch it is in."""
        self._stop.set()

    def is_stopped(self) -> bool:
        """Whether the work at hand was asked to end."""
        return self._stop.is_set()

    def close(self) -> None:
        """Let what runs end after its batch, then let go of the connection; nobody waits for that."""
        self.stop()
        self._executor.submit(self._close)
        self._executor.shutdown(wait=False)

    def _with_service(self, work: Callable[[S], T]) -> T:
        if self._service is None:
            self._service = self._opened()
        return work(self._service)

    def _close(self) -> None:
        if self._service is not None:
            self._service.close()
