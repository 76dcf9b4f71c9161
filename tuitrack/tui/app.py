"""The program on the screen: one app, its looks, and the ways from anywhere to a case or customer."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any, Protocol, cast, runtime_checkable

from rich.text import Text
from textual.actions import ActionParseResult
from textual.dom import DOMNode
from textual.theme import Theme
from textual.widget import Widget

from tuitrack.domain.errors import TuitrackError
from tuitrack.services.bundle import Services
from tuitrack.tui.backstage import Backstage
from tuitrack.tui.base_app import KeyedApp
from tuitrack.tui.commands import Place, right_of
from tuitrack.tui.desk_screen import DeskScreen, run_latest
from tuitrack.tui.following import Following
from tuitrack.tui.repeating import REPEATABLE, LastCommand
from tuitrack.tui.screens.queue import QueueScreen
from tuitrack.tui.sheets import sheets_in_use
from tuitrack.tui.themes import THEMES, theme_for
from tuitrack.tui.whereabouts import Whereabouts
from tuitrack.tui.widgets.status_line import StatusLine

RIGHTS_EVERY_S = 60.0
"""How often somebody who does nothing is asked for their right to be here."""


@runtime_checkable
class KeepsDraft(Protocol):
    """A screen on which something may be half typed."""

    async def keep_draft(self) -> None:
        """Store what is typed and not yet saved."""
        ...


class TuitrackApp(KeyedApp):
    """The complaint desk; its screens come from the queue and lead back to it."""

    def __init__(
        self,
        services: Services,
        *,
        notice: str = "",
        theme: str | None = None,
        environ: Mapping[str, str] = os.environ,
        when_shown: Callable[[], None] = lambda: None,
        **options: Any,
    ) -> None:
        """`theme` is what the agent prefers to that of the settings; `when_shown` is called after the first picture."""
        wanted = theme if theme in THEMES else services.desk.settings.theme
        # The sheets are read with the colours of the theme that is set by then.
        self.set_reactive(TuitrackApp.theme, theme_for(wanted, environ))
        super().__init__(**options)
        self.services = services
        services.desk.patience.when_lost = self._tell_lost
        self.backstage = Backstage(services.desk.patience, self._ask_for_rights)
        self.following = Following(self)
        self.whereabouts = Whereabouts(self)
        self.last_command: LastCommand | None = None
        self.missing_rights: frozenset[str] = frozenset()
        """What the person at work may not do, as far as it is known; whoever stores something asks again."""
        self._notice = notice
        self._when_shown = when_shown

    def on_ready(self) -> None:
        """Do what would have kept the first rows waiting."""
        self.call_after_refresh(self._when_shown)
        self._ask_for_rights()
        self.set_interval(RIGHTS_EVERY_S, self._ask_for_rights)
        self.following.start()

    def on_form_body_edited(self) -> None:
        """Note that somebody types."""
        self.whereabouts.note_typing()

    def on_unmount(self) -> None:
        """Look for news no more."""
        self.following.stop()

    def _tell_lost(self) -> None:
        """Say, from the thread of the database, that it is being waited for."""
        with suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(self.warn, "The database does not answer; it is asked again.")  # type: ignore[union-attr]

    def _ask_for_rights(self) -> None:
        if self.is_running:
            run_latest(self.screen_stack[0], "rights", self._learn_rights)

    async def _learn_rights(self) -> None:
        """Find out what the person at work may not do; whoever may not even look is shown out, their text kept."""
        self.missing_rights = await self.backstage.read(self.services.rights.missing)
        if "look" in self.missing_rights:
            self.keys.drop()
            await self.keep_everything()
            refusal = await self.backstage.write(partial(self.services.rights.refusal, "look"))
            self.exit(return_code=2, message=Text(f"tuitrack: {refusal}"))

    def _register(self, parent: DOMNode, *widgets: Widget, **place: Any) -> list[Widget]:
        # Textual itself reads the styles that come with a kind of widget here; no public name is asked in time.
        for sheet in sheets_in_use():
            if not self.stylesheet.has_source(str(sheet)):
                self.stylesheet.add_source(sheet.read_text("utf-8"), (str(sheet), ""))
        return super()._register(parent, *widgets, **place)

    @property
    def available_themes(self) -> dict[str, Theme]:
        """The looks of this program, and none of Textual's."""
        return THEMES

    def get_default_screen(self) -> DeskScreen[Any]:
        """The queue is under all other screens."""
        return QueueScreen(self.services, self._notice)

    @property
    def queue(self) -> QueueScreen:
        """The screen under all others."""
        return cast(QueueScreen, self.screen_stack[0])

    def say(self, text: str) -> None:
        """Tell what happened, on the topmost screen that has a line for it."""
        if (line := self._status_line()) is not None:
            line.say(text)

    def warn(self, text: str) -> None:
        """Tell what was refused, on the topmost screen that has a line for it."""
        if (line := self._status_line()) is not None:
            line.warn(text)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run what a key or the help asks for where one may, and remember it where it can be repeated."""
        if (line := self._status_line()) is not None:
            line.clear()
        if isinstance(action, str):
            if right_of(action) in self.missing_rights and await self._is_refused(right_of(action)):
                return False
            if action in REPEATABLE:
                self.last_command = LastCommand(action)
        return await super().run_action(action, default_namespace, namespaces)

    async def _is_refused(self, right: str) -> bool:
        """Say why the person at work may not do something, unless by now they may."""
        try:
            refusal = await self.backstage.write(partial(self.services.rights.refusal, right))
        except TuitrackError as failure:
            refusal = failure.sentence
        if refusal:
            self.warn(refusal)
        else:
            self.missing_rights -= {right}
        return bool(refusal)

    def remember_choices(self, choices: Mapping[str, str]) -> None:
        """Remember what was picked in the form of the last command."""
        if self.last_command is not None:
            self.last_command = replace(self.last_command, choices=choices)

    async def open_case(self, case_id: int, promise_id: int | None = None) -> None:
        """Show a case, with one of its promises marked where that is named; raises NotFound."""
        from tuitrack.tui.screens.case import CaseScreen

        with self.hold_keys():
            file = await self.backstage.read(self.services.casefile.open, case_id)
            await self.push_screen(CaseScreen(self.services, file, promise_id))

    async def open_customer(self, customer_id: int) -> None:
        """Show a customer with all cases; raises NotFound."""
        from tuitrack.tui.screens.customer import CustomerScreen

        with self.hold_keys():
            file = await self.backstage.read(self.services.customers.open, customer_id)
            await self.push_screen(CustomerScreen(self.services, file))

    async def go_to(self, typed: str = "") -> None:
        """Ask where to go, and go there; call it from a worker."""
        from tuitrack.tui.screens.goto import CaseTarget, CustomerTarget, GoToScreen, ViewTarget

        async def find(text: str) -> Any:
            return await self.backstage.read(self.services.queue.go_to, text)

        match await self.push_screen_wait(GoToScreen(find, typed, views=self.screen is self.queue)):
            case CaseTarget(case_id):
                await self.open_case(case_id)
            case CustomerTarget(customer_id):
                await self.open_customer(customer_id)
            case ViewTarget(number):
                await self.queue.open_view(number)

    async def show_help(self, place: Place) -> None:
        """List the commands of a place, and run the one that is chosen there; call it from a worker."""
        from tuitrack.tui.screens.help import HelpScreen

        asked_at = self.focused or self.screen
        chosen = await self.push_screen_wait(HelpScreen(place))
        owners = (node for node in asked_at.ancestors_with_self if hasattr(node, f"action_{chosen}"))
        if chosen is not None and (owner := next(owners, None)) is not None:
            await self.run_action(chosen, owner)
        elif chosen is not None:
            self.warn("That key works only where its line or list has the cursor.")

    async def keep_everything(self) -> None:
        """Keep what is half typed on any screen, and wait until it is stored."""
        for screen in self.screen_stack:
            if isinstance(screen, KeepsDraft):
                await screen.keep_draft()
        await self.whereabouts.leave()
        await self.backstage.settled()

    async def quit(self) -> None:
        """Keep what is half typed and leave."""
        with self.hold_keys():
            await self.keep_everything()
            self.exit()

    def _status_line(self) -> StatusLine | None:
        """The line of the topmost screen that has one: the queue always does, as long as the app does not end."""
        return next((line for screen in reversed(self.screen_stack) for line in screen.query(StatusLine)), None)
