"""Keys reach the app one at a time, each when everything the one before it set off has come to rest.

Without this a burst, as a slow line or a busy loop delivers it, is handed out before the first key has moved the
focus or opened a screen, and letters meant for a field run commands.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Protocol, runtime_checkable

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.screen import Screen
from textual.worker import WorkerState

from tuitrack.tui.painting import PaintedOnce

_LEAST_PASSES = 2
_MOST_PASSES = 12
"""A widget that keeps posting to itself must not stop the keyboard."""
_UNPAINTED_S = 0.1
"""How long a key, or the keys of a burst, may keep the screen as it was."""
_START_UNPAINTED_S = 0.5
"""How long the first screen may take to be whole before it is painted as far as it is."""
_FRAME_S = 1 / 30
"""Long enough for a screen to be laid out and painted between two keys."""
_LOOK_AGAIN_S = 0.5
"""How often a wait for a widget that does not answer looks whether that widget is still there."""


@runtime_checkable
class TakesSteps(Protocol):
    """A widget, such as a list, in which some keys do no more than move a cursor."""

    def take_step(self, key: str) -> bool:
        """Move the cursor at once where a key asks for that and it can go there; otherwise do nothing and say so."""
        ...


class KeyFeed:
    """A queue of keys and pastes before an app, emptied by one task."""

    def __init__(self, app: App[Any], forward: Callable[[events.Event], Awaitable[None]]) -> None:
        self._app = app
        self._forward = forward
        self._waiting: asyncio.Queue[events.Event] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        self._held = 0
        self._undelivered = 0
        self._free = asyncio.Event()
        self._free.set()
        self._dropping = False
        # What keeps the screen from being painted.
        self._unpainted = ExitStack()
        self._settled_at: DOMNode | None = None
        self._stepped = False

    def start(self) -> None:
        """Begin, once the app is mounted: let its first screen be painted whole, then forward keys."""
        self._task = asyncio.create_task(self._run(), name="key feed")
        self._task.add_done_callback(self._report)

    def put(self, event: events.Event) -> None:
        """Take a key or paste to be forwarded in its turn; called in the app's own message loop."""
        if not self._dropping:
            self._undelivered += 1
            self._waiting.put_nowait(event)

    @property
    def has_more(self) -> bool:
        """Whether keys were typed ahead, and wait for what the one before them set off."""
        return self._undelivered > 0

    @property
    def is_held(self) -> bool:
        """Whether the next key is kept back for something that loads or saves."""
        return self._held > 0

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Keep the next key back while the body runs: a load that ends in a screen, a save.

        Inside nothing may wait for a key, such as the answer of a dialog: it would never come.
        """
        self._held += 1
        self._free.clear()
        try:
            yield
        finally:
            self._held -= 1
            if not self._held:
                self._free.set()

    async def settled(self) -> None:
        """Wait until every key sent so far has been handled and the screen it led to is there."""
        # A driver posts from another thread: its event needs two turns of the loop to reach the app's queue.
        for _ in range(3):
            await asyncio.sleep(0)
        await _pass_through(self._app)
        await self._waiting.join()
        await self._rest(self._receiver())

    def drop(self) -> None:
        """Forget the keys still waiting and take no more; the app is leaving."""
        self._dropping = True
        while not self._waiting.empty():
            self._waiting.get_nowait()
            self._undelivered -= 1
            self._waiting.task_done()

    def stop(self) -> None:
        """End the task behind the queue."""
        self.drop()
        if self._task is not None:
            self._task.cancel()

    async def _run(self) -> None:
        with self._painted_once(_START_UNPAINTED_S):
            await self._rest(self._receiver())
        while True:
            event = await self._waiting.get()
            if self._take_step(event):
                continue
            screen = self._screen()
            with self._painted_once(_UNPAINTED_S):
                await self._handle_burst(event)
            if screen is not self._screen() or not self._waiting.empty():
                await asyncio.sleep(_FRAME_S)

    @contextmanager
    def _painted_once(self, limit_s: float) -> Iterator[None]:
        """Paint nothing while the body runs, and at its end all at once; meanwhile only what takes beyond `limit_s`.

        Textual paints an opened screen two or three times while it comes to rest, each time a frame later.
        """
        try:
            with self._unpainted:
                self._keep_unpainted(limit_s)
                yield
        finally:
            self._paint()

    def _keep_unpainted(self, limit_s: float) -> None:
        self._unpainted.enter_context(self._app.batch_update())
        self._go_on_in(limit_s, self._paint_meanwhile, limit_s)

    def _paint_meanwhile(self, limit_s: float) -> None:
        self._unpainted.close()
        self._paint()
        self._go_on_in(_FRAME_S, self._keep_unpainted, limit_s)

    def _go_on_in(self, seconds: float, step: Callable[[float], None], limit_s: float) -> None:
        timer = asyncio.get_running_loop().call_later(seconds, step, limit_s)
        self._unpainted.callback(timer.cancel)

    def _take_step(self, event: events.Event) -> bool:
        """Let the focused widget take a key that only moves its cursor: nothing follows that the next one waits for."""
        receiver = self._receiver()
        at_rest = self._settled_at is receiver and not self._held
        if not (at_rest and isinstance(event, events.Key) and isinstance(receiver, TakesSteps)):
            return False
        if taken := receiver.take_step(event.key):
            self._stepped = True
            self._undelivered -= 1
            self._waiting.task_done()
        return taken

    async def _handle_burst(self, event: events.Event) -> None:
        """Forward this event and those that wait, until there is something to paint.

        Painting after each key of a burst would take most of the time.
        """
        screen, paint_at = self._screen(), time.monotonic() + _UNPAINTED_S
        await self._handle(event)
        while not self._waiting.empty() and time.monotonic() < paint_at and screen is self._screen():
            event = self._waiting.get_nowait()
            if not self._take_step(event):
                await self._handle(event)

    def _paint(self) -> None:
        for screen in self._app.screen_stack:
            if isinstance(screen, PaintedOnce) and screen is self._screen():
                screen.call_later(screen.paint)
            else:
                screen.check_idle()

    async def _handle(self, event: events.Event) -> None:
        """Forward one event when the app is at rest, and wait until it is so again."""
        try:
            if self._held or self._stepped or self._settled_at is not self._receiver():
                await self._rest(self._receiver())
                self._stepped = False
            self._undelivered -= 1
            if not self._dropping:
                await self._rest(await self._deliver(event))
            self._settled_at = self._receiver()
        finally:
            self._waiting.task_done()

    async def _deliver(self, event: events.Event) -> DOMNode:
        """Forward the event inside the app's own message loop; returns who was to receive it."""
        receiver: DOMNode = self._app

        async def forward() -> None:
            nonlocal receiver
            receiver = self._receiver()
            await self._forward(event)

        await _in_turn(self._app, forward)
        return receiver

    async def _rest(self, receiver: DOMNode) -> None:
        """Wait until the event that `receiver` got, and whatever followed from it, has been handled."""
        for number in range(1, _MOST_PASSES + 1):
            # In the order in which events bubble: what a node posts to its parent is there before we ask the parent.
            # A screen answers only when it is mounted with its children.
            nodes = [receiver, *receiver.ancestors]
            for node in nodes:
                await _pass_through(node)
            await self._workers_started()
            was_held = bool(self._held)
            await self._free.wait()
            before, receiver = receiver, self._receiver()
            quiet = not was_held and receiver is before and not any(node.message_queue_size for node in nodes)
            if quiet and number >= _LEAST_PASSES:
                return

    async def _workers_started(self) -> None:
        """Wait until every worker that an action began has come to its first `hold()`."""
        while any(worker.state is WorkerState.PENDING for worker in self._app.workers):
            await asyncio.sleep(0)

    def _receiver(self) -> DOMNode:
        """Who would get a key now: the focused widget or else the screen, or the app when it has no screen."""
        screen = self._screen()
        return self._app if screen is None else self._app.focused or screen

    def _screen(self) -> Screen[Any] | None:
        """The screen on top, or nothing while the app comes up or leaves."""
        return self._app.screen if self._app.screen_stack else None

    def _report(self, task: asyncio.Task[None]) -> None:
        """Let the app die of a fault of the feed instead of going on with a dead keyboard."""
        if not task.cancelled() and (error := task.exception()) is not None:
            self._app.call_later(_raise, error)


async def _pass_through(node: DOMNode) -> None:
    """Wait until a node has handled all that was posted to it before now."""
    await _in_turn(node, _nothing)


async def _nothing() -> None:
    pass


async def _in_turn(node: DOMNode, work: Callable[[], Awaitable[None]]) -> None:
    """Do `work` in the message loop of a node, after all that was posted to it before now.

    A node that is gone does nothing, and neither does any in an app that has failed and will say so.
    """
    done = asyncio.get_running_loop().create_future()

    async def work_and_tell() -> None:
        await work()
        if not done.done():
            done.set_result(None)

    if node.call_later(work_and_tell):
        while not (await asyncio.wait({done}, timeout=_LOOK_AGAIN_S))[0]:
            if not node.is_running or node.app.return_code is not None:
                return


def _raise(error: BaseException) -> None:
    raise error
