"""The case under the cursor of a list, shown beside the list or below it, read once the cursor rests on it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tuitrack.domain.errors import TuitrackError
from tuitrack.tui.desk_screen import DeskScreen, run_latest
from tuitrack.tui.lines import Line, Tone, wrapped
from tuitrack.tui.present_preview import preview_lines
from tuitrack.tui.widgets.case_list import CaseList
from tuitrack.tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from tuitrack.services.casefile import CaseFile

REST_S = 0.1
"""How long the cursor rests on a case before it is read: a key held down, or typing, paints nothing on its way."""


class Preview:
    """A pane of a screen with the case under the cursor of its list, as long as there is a place for it."""

    def __init__(self, screen: DeskScreen[None], cases: CaseList) -> None:
        self._screen, self._cases = screen, cases
        self._pane = LineView(id="preview")
        self._pane.can_focus = False
        self._place = ""
        self.note = ""
        """What is said above the case."""
        self._wanted: bool | None = None
        self._file: CaseFile | None = None
        self._refusal = ""
        self._now = screen.services.desk.now()

    @property
    def is_shown(self) -> bool:
        """Whether there is a place for the pane and the agent wants it."""
        return bool(self._wanted and self._place)

    async def fit(self, place: str) -> None:
        """Put the pane `beside` the list, `below` it, or nowhere when the place is empty."""
        if self._wanted is None:
            self._wanted = await self._screen.backstage.read(self._screen.services.preferences.preview)
        self._place = place
        await self._arrange()

    async def toggle(self) -> None:
        """Show the pane or take it away, now and at the next start."""
        wanted = not self.is_shown
        await self._screen.backstage.write(self._screen.services.preferences.choose_preview, wanted)
        self._wanted = wanted
        await self._arrange()

    def follow(self) -> None:
        """Show the case on which the cursor comes to rest."""
        if self.is_shown:
            run_latest(self._screen, "preview", self._read)

    def tell_time(self) -> None:
        """Show when things are due as of now."""
        self._now = self._screen.services.desk.now()
        self._pane.show(self._lines, keep_place=True)

    def scroll(self, pages: float) -> None:
        """Move the text by so many heights of the pane."""
        self._pane.scroll_lines(self._pane.top + round(pages * self._pane.page_size))

    async def _arrange(self) -> None:
        self._screen.set_class(self.is_shown and self._place == "beside", "-beside")
        self._pane.display = self.is_shown
        if self.is_shown and not self._pane.is_attached:
            await self._screen.mount(self._pane, after=self._cases)
        self.follow()

    async def _read(self) -> None:
        await asyncio.sleep(REST_S)
        row, services = self._cases.selected, self._screen.services
        file, refusal = None, ""
        try:
            if row is not None:
                ask = self._screen.backstage.read_while_wanted
                file = await ask(services.queue.interrupt, services.casefile.glance, row.id)
        except TuitrackError as failure:
            refusal = failure.sentence
        is_same = file is not None and self._file is not None and file.case.id == self._file.case.id
        self._file, self._refusal, self._now = file, refusal, services.desk.now()
        self._pane.show(self._lines, keep_place=is_same)

    def _lines(self, width: int) -> list[Line]:
        if self._file is None:
            return wrapped(self._refusal, width)
        above = wrapped(self.note, width, Tone.QUIET) if self.note else []
        return [*above, *preview_lines(self._file, self._now, width)]
