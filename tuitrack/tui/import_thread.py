"""The thread on which registers are read and stored, with a connection of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TypeVar

from tuitrack.domain.errors import Refusal
from tuitrack.services.registers import Progress, Registers

T = TypeVar("T")


class ImportThread:
    """Does one thing at a time, so that neither screens nor other work ever wait, and tells how far it is."""

    def __init__(self, opened: Callable[[], Registers]) -> None:
        self._opened = opened
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="import")
        self._registers: Registers | None = None
        self._stop = Event()
        self.progress: Progress | None = None
        """How far the work at hand is, None where it has not told yet."""

    async def do(self, work: Callable[[Registers], T]) -> T:
        """Have something done; it goes on to its end though nobody waits for it any more."""
        self.progress = None
        self._stop.clear()
        return await asyncio.shield(asyncio.wrap_future(self._executor.submit(self._with_registers, work)))

    def hear(self, progress: Progress) -> None:
        """Take down how far it is; called on the thread."""
        self.progress = progress

    def hear_reading(self, progress: Progress) -> None:
        """The same while nothing is stored yet, so that reading can end at once."""
        self.hear(progress)
        if self._stop.is_set():
            raise Refusal("Import: reading was stopped; press Enter on the file's name to read it again.")

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

    def _with_registers(self, work: Callable[[Registers], T]) -> T:
        if self._registers is None:
            self._registers = self._opened()
        return work(self._registers)

    def _close(self) -> None:
        if self._registers is not None:
            self._registers.close()
