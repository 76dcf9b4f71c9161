"""Where there is room the case under the cursor is shown beside its list; elsewhere nothing is loaded for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from tuitrack.services.bundle import Services
from tuitrack.tui.asking import AskingScreen
from tuitrack.tui.commands import Place
from tuitrack.tui.widgets.case_list import CaseList

if TYPE_CHECKING:
    from tuitrack.tui.preview import Preview

BESIDE_FROM, BELOW_FROM = 140, 46
"""The columns, or else the lines, from which on a case is shown with a list that is still as large as on 80x24."""

AS_IT_IS_NOW = "The case as it is now"
"""Stands above a case beside a list of the past."""


class PreviewingScreen(AskingScreen):
    """A screen with a list of cases and, on a large terminal, a preview of one of them."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._preview: Preview | None = None

    def on_resize(self) -> None:
        """Show the case under the cursor where there is room for it now."""
        self.run_command(self._fit_preview)

    def action_toggle_preview(self) -> None:
        """Show the case under the cursor beside the list, or no longer."""
        self.run_command(self._toggle_preview)

    async def _toggle_preview(self) -> None:
        width, height = self.app.size
        if self._preview is None or not self._preview_place:
            self.warn(f"Preview: it needs {BESIDE_FROM} columns or {BELOW_FROM} lines; there are {width} and {height}.")
            return
        with self.desk.hold_keys():
            await self._preview.toggle()
            self._heed_moves()
        key = self.desk.key_of(Place.QUEUE, "toggle_preview")
        self.say(f"Preview {'on' if self._preview.is_shown else 'off'}, also at your next start. {key} changes it.")

    def action_preview_down(self) -> None:
        """Go half a page on in the preview."""
        self._scroll_preview(0.5)

    def action_preview_up(self) -> None:
        """Go half a page back in the preview."""
        self._scroll_preview(-0.5)

    def _scroll_preview(self, pages: float) -> None:
        if self._preview is not None:
            self._preview.scroll(pages)

    @property
    def _preview_place(self) -> str:
        """Where there is room for the case under the cursor; empty where there is none."""
        width, height = self.app.size
        return "beside" if width >= BESIDE_FROM else "below" if height >= BELOW_FROM else ""

    async def _fit_preview(self) -> None:
        place = self._preview_place
        if place and self._preview is None:
            from tuitrack.tui.preview import Preview

            self._preview = Preview(self, self._list)
        if self._preview is not None:
            await self._preview.fit(place)
            self._heed_moves()

    def _heed_moves(self) -> None:
        """Be told of the cursor's moves as long as something is said about the case under it."""
        self._list.tells_moves = bool(self.query_shown.text or (self._preview and self._preview.is_shown))

    @on(CaseList.Moved)
    def _follow_cursor(self) -> None:
        if self._preview is not None:
            self._preview.note = AS_IT_IS_NOW if self.as_of else ""
            self._preview.follow()

    def _tell_preview_time(self) -> None:
        if self._preview is not None:
            self._preview.tell_time()
