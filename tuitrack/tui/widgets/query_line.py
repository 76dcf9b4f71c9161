"""The line in which a query is typed, with the queries asked before on Up and Down."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.widgets import Input

from tuitrack.tui.commands import Place, bindings


class QueryLine(Input):
    """The line in which one types what to search for."""

    BINDINGS = bindings(Place.QUERY)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, select_on_focus=False)
        self._past: list[str] = []
        self._at = 0
        self._typed = ""

    def recall(self, past: Sequence[str]) -> None:
        """Know the queries asked before, the last one at the end."""
        self._past = list(past)
        self._at = len(self._past)

    def remember(self, text: str) -> bool:
        """Take a query as the last one asked; tells whether it was another one until now."""
        new = self._past[-1:] != [text]
        self.recall([*(one for one in self._past if one != text), text])
        return new

    def older(self) -> None:
        """Show the query asked before the one that is shown."""
        if self._at == len(self._past):
            self._typed = self.value
        older = (at for at in range(self._at - 1, -1, -1) if self._past[at] != self.value)
        if (at := next(older, None)) is not None:
            self._show(at)

    def newer(self) -> bool:
        """Show the query asked after it, at last what was being typed; tells whether there was one."""
        if self._at == len(self._past):
            return False
        newer = (at for at in range(self._at + 1, len(self._past)) if self._past[at] != self._typed)
        self._show(next(newer, len(self._past)))
        return True

    def column_of(self, position: int) -> int:
        """The column of the screen at which a character of the text stands."""
        return self.content_region.x + cell_len(self.value[:position]) - int(self.scroll_offset.x)

    async def action_enter_list(self) -> None:
        """Ask the queue for the list of hits, or the only one."""
        await self.action_submit()

    async def action_leave_query(self) -> None:
        """Go to the query asked later, or to the list."""
        await self.run_action("screen.leave_query")

    async def action_older_query(self) -> None:
        """Show the query asked before."""
        await self.run_action("screen.older_query")

    async def action_complete_query(self) -> None:
        """Complete what stands at the cursor."""
        await self.run_action("screen.complete_query")

    def _show(self, at: int) -> None:
        self._at = at
        self.value = self._past[at] if at < len(self._past) else self._typed
        self.cursor_position = len(self.value)
