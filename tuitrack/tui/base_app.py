"""The app under every screen: keys in turn, a guarded terminal, and an orderly end when the line drops."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Sequence
from contextlib import AbstractContextManager, suppress
from typing import Any, ClassVar

from rich.console import RenderableType
from textual import events
from textual.app import App, ScreenStackError
from textual.css.query import NoMatches
from textual.driver import Driver
from textual.filter import LineFilter
from textual.widget import MountError
from textual.worker import WorkerFailed

from tuitrack.domain.errors import TuitrackError
from tuitrack.tui.commands import USUAL_KEYS, Keymap, Place, bound_keys, key_of
from tuitrack.tui.driver import SafeDriver
from tuitrack.tui.guard import ControlGuard
from tuitrack.tui.keyfeed import KeyFeed

WIDGETS_GONE = (NoMatches, MountError, ScreenStackError)
"""What work meets that was begun for widgets that are there no more."""


class KeyedApp(App[None], inherit_bindings=False):
    """A Textual app for the keyboard alone: no key is lost or lands elsewhere, and a dropped line loses no text."""

    ENABLE_COMMAND_PALETTE = False
    KEEP_LIMIT_S: ClassVar[float] = 5.0
    """How long `keep_everything` may take when the terminal is gone or the system wants the program to end."""

    def __init__(self, *, keymap: Keymap = USUAL_KEYS, driver_class: type[Driver] = SafeDriver, **options: Any) -> None:
        """`keymap` was found sound: Textual itself takes any, and the old key of a command is gone."""
        super().__init__(driver_class=driver_class, **options)
        self.keymap = keymap
        self.set_keymap(bound_keys(keymap))
        self.animation_level = "none"
        self.keys = KeyFeed(self, super().on_event)
        self._guard = ControlGuard()
        self._leaving: asyncio.Task[None] | None = None
        # No tip follows a mouse and no toast pops up: without these private names each screen holds a widget for both.
        self._disable_tooltips = self._disable_notifications = True

    def key_of(self, place: Place, command_id: str) -> str:
        """The key by which a sentence names a command, as this person has it."""
        return key_of(place, command_id, self.keymap)

    def hold_keys(self) -> AbstractContextManager[None]:
        """Keep the next key back while the body loads or saves; see `KeyFeed.hold`."""
        return self.keys.hold()

    async def keep_everything(self) -> None:
        """Save what was typed and not yet stored; called when the terminal is gone or the program is told to end."""

    def hang_up(self, number: int = signal.SIGHUP) -> None:
        """Keep what was typed, then leave with the exit code 128 + `number`; a second call changes nothing."""
        if self._leaving is None:
            self._leaving = asyncio.create_task(self._leave(number), name="hang up")

    async def _leave(self, number: int) -> None:
        self.keys.drop()
        try:
            with suppress(TimeoutError, TuitrackError):
                async with asyncio.timeout(self.KEEP_LIMIT_S):
                    await self.keep_everything()
        finally:
            self.exit(return_code=128 + number)

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """Leave the app; keys typed after the one that left are dropped."""
        self.keys.drop()
        super().exit(result, return_code, message)

    def _handle_exception(self, error: Exception) -> None:
        # An app that ends loses its widgets before the work that was begun for them stops. Textual itself would show
        # what that work meets as the reason why the app ended; no public name is asked.
        is_ending = self._exit or not self.is_running
        if not (is_ending and isinstance(error.error if isinstance(error, WorkerFailed) else error, WIDGETS_GONE)):
            super()._handle_exception(error)

    async def on_event(self, event: events.Event) -> None:
        """Queue keys and pastes that come from the terminal; everything else goes its usual way."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self.keys.put(event)
        else:
            await super().on_event(event)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The filters of Textual and the guard that lets only text through."""
        return [*super().get_line_filters(), self._guard]

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Do nothing: a link in a customer's text must not start a program on this machine."""

    def on_load(self) -> None:
        """Leave in order when the terminal or the system says so; the loop takes the handlers down with itself."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGHUP, signal.SIGTERM):
            loop.add_signal_handler(number, self.hang_up, number)

    def on_mount(self) -> None:
        """Begin to forward keys."""
        self.keys.start()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Stop the cursor of a field from blinking: over a line each blink is traffic that keeps a dead one alive."""
        if hasattr(event.widget, "cursor_blink"):
            event.widget.cursor_blink = False

    def on_unmount(self) -> None:
        """End the key feed with the app."""
        self.keys.stop()
