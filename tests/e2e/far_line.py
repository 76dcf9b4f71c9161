"""A line from far away: what goes through it arrives late, some of it later still, and nothing once it is silent."""

from __future__ import annotations

import asyncio
import math
import random
import threading
from types import TracebackType
from typing import Self

ROUND_TRIP_S = 0.15
LOSS = 0.01
"""The share of packets that are lost on the way and sent once more."""
SENT_ONCE_MORE_S = 0.2 + ROUND_TRIP_S
"""How late a lost packet arrives, and with it all that follow it: TCP waits 0.2 seconds at least."""
PACKET = 1448


class FarLine:
    """A port of this machine from which a line of `ROUND_TRIP_S` and `LOSS` leads to another.

    Use it in a `with` statement. The chances of loss are the same in every run.
    """

    def __init__(self, port: int) -> None:
        self.port = 0
        """Where the line begins."""
        self._leads_to = port
        self._is_silent = False
        self._chance = random.Random(1)
        self._loop = asyncio.new_event_loop()
        self._carriers: set[asyncio.Task[None]] = set()
        self._ends: list[asyncio.StreamWriter] = []
        self._thread = threading.Thread(target=self._loop.run_forever)

    def __enter__(self) -> Self:
        self._thread.start()
        self.port = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._hang_up(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def fall_silent(self) -> None:
        """Carry nothing any more, and tell neither end: a cable pulled, a train in a tunnel."""
        self._is_silent = True

    async def _listen(self) -> int:
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def _connect(self, near: asyncio.StreamReader, to_near: asyncio.StreamWriter) -> None:
        far, to_far = await asyncio.open_connection("127.0.0.1", self._leads_to)
        self._ends += (to_near, to_far)
        for source, target in ((near, to_far), (far, to_near)):
            carrier = self._loop.create_task(self._carry(source, target))
            self._carriers.add(carrier)
            carrier.add_done_callback(self._carriers.discard)

    async def _carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        arrives = 0.0
        while packet := await _next_packet(source):
            if self._is_silent:
                continue
            delay = ROUND_TRIP_S / 2 + (SENT_ONCE_MORE_S if self._chance.random() < LOSS else 0.0)
            # Never two at one moment: the loop would call them in any order.
            arrives = max(math.nextafter(arrives, math.inf), self._loop.time() + delay)
            self._loop.call_at(arrives, target.write, packet)
        self._loop.call_at(max(math.nextafter(arrives, math.inf), self._loop.time()), target.close)

    async def _hang_up(self) -> None:
        self._server.close()
        for carrier in self._carriers:
            carrier.cancel()
        await asyncio.gather(*self._carriers, return_exceptions=True)
        for end in self._ends:
            end.transport.abort()
        await asyncio.gather(*(end.wait_closed() for end in self._ends), return_exceptions=True)


async def _next_packet(source: asyncio.StreamReader) -> bytes:
    try:
        return await source.read(PACKET)
    except ConnectionError:
        return b""
