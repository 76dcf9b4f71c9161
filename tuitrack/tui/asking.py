"""What surrounds a query being typed: completions, the queries asked before, its faults, and why cases were found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from tuitrack.domain.errors import QueryRefused
from tuitrack.services.bundle import Services
from tuitrack.tui.commands import Place
from tuitrack.tui.desk_screen import run_latest
from tuitrack.tui.explaining import Explainer
from tuitrack.tui.viewing import ViewingScreen
from tuitrack.tui.widgets.case_list import CaseList
from tuitrack.tui.widgets.query_line import QueryLine
from tuitrack.tui.widgets.status_line import StatusLine
from tuitrack.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from tuitrack.tui.completing import Offer


class AskingScreen(ViewingScreen):
    """A screen with a query line, the cases it leads to, and lines that tell about both."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        # Known by name, for an answer may come while the program ends and takes its widgets away.
        self._line, self._top = QueryLine(id="text"), TopLine()
        self._status = StatusLine()
        self._fault: QueryRefused | None = None
        self._offer: Offer | None = None
        self._recalled = False
        self._why = Explainer(services.queue)
        self._left = ""

    def action_older_query(self) -> None:
        """Show the query asked before."""
        self.run_command(self._recall)

    async def _recall(self) -> None:
        with self.desk.hold_keys():
            if not self._recalled:
                self._line.recall(await self.backstage.read(self.services.views.recent))
                self._recalled = True
            self._line.older()

    def action_complete_query(self) -> None:
        """Complete what stands at the cursor, and go through the ways in which it can be completed."""
        self.run_command(self._complete)

    async def _complete(self) -> None:
        from tuitrack.tui.completing import Offer

        line, offer = self._line, self._offer
        with self.desk.hold_keys():
            typed = line.value, line.cursor_position
            if offer is not None and len(offer.choices) > 1 and offer.shown == typed:
                self._offer = offer.next()
            else:
                self._offer = Offer.of(*typed, await self.backstage.read(self.services.queue.complete, *typed))
            line.value, line.cursor_position = self._offer.shown
            key = self.desk.key_of(Place.QUERY, "complete_query")
            self.say(self._offer.line(self.size.width, key))

    def _show_fault(self, fault: QueryRefused) -> None:
        """Point at what was not understood; the rows stay as they are."""
        from tuitrack.tui.present_query import fault_line

        self._fault = fault
        line = fault_line(fault.sentence, self._line.column_of(fault.position), self.size.width)
        self._top.show(line)
        if fault.sentence not in line:
            self.warn(fault.sentence)

    @on(CaseList.Moved)
    def _explain(self) -> None:
        if self.query_shown.text:
            run_latest(self, "why", self._tell_why)

    async def _tell_why(self) -> None:
        """Say why the case under the cursor was found, as long as nothing else is told."""
        row, query = self._list.selected, self.query_shown
        if row is not None and query.text and not self._why.knows(row.id):
            await self._why.learn(self.backstage, row.id, [one.id for one in self._list.rows])
        self._stand()

    def _stand(self) -> None:
        """What the status line says while nothing else is told."""
        row = self._list.selected
        found = self._why.of(row.id) if row is not None else None
        line = self._left
        if found is not None:
            from tuitrack.tui.present_query import snippet_line

            line = snippet_line(found, self.size.width)
        self._status.stand(line)
