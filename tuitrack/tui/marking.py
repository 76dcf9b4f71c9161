"""Marking the cases of a list: one by one or all that are found, listing them, and what serves them together."""

from __future__ import annotations

from dataclasses import replace

from textual.widgets import Static

from tuitrack.domain.errors import Refusal
from tuitrack.domain.queue import QueueQuery, Sort
from tuitrack.services.bundle import Services
from tuitrack.tui.commands import Place
from tuitrack.tui.filtering import FilteringScreen
from tuitrack.tui.marks import MARKS_MOST, Marks
from tuitrack.tui.widgets.case_list import CaseList

ALL_MARKED = "is:all is:marked"
"""The query that lists whatever is marked."""


class MarkingScreen(FilteringScreen):
    """A screen with a list of cases that can be marked; a mark stays with its case, whatever is listed."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self.marks = Marks()
        self._list = CaseList()
        self._list.marks = self.marks
        self._order = Static(markup=False, id="order")
        self._elsewhere: frozenset[int] = frozenset()
        self._before_marked = QueueQuery()

    def asked(self, query: QueueQuery) -> QueueQuery:
        """A query with the marks as they are now."""
        return replace(query, marked=self.marks.ids)

    @property
    def query_of_marked(self) -> QueueQuery:
        """What finds the marked cases, and no others, in the order of the list."""
        return self.asked(QueueQuery(ALL_MARKED, sort=self.query_shown.sort))

    def action_mark_case(self) -> None:
        """Mark the case under the cursor or take its mark away, and go one down."""
        if self.refuses_in_past() or (row := self._list.selected) is None:
            return
        try:
            self.marks.toggle(row.id)
        except Refusal as refusal:
            self.warn(refusal.sentence)
            return
        self._list.draw_mark()
        self._list.action_cursor_down()
        self._tell_order()

    def action_mark_all(self) -> None:
        """Mark every case that is found, listed or not yet."""
        if not self.refuses_in_past():
            self.run_command(self._mark_all)

    def action_clear_marks(self) -> None:
        """Take all marks away, or bring them back."""
        if marked := len(self.marks):
            self.marks.clear()
            self._show_marks()
            self.say(
                f"{marked:,} no longer marked; {self.desk.key_of(Place.QUEUE, 'clear_marks')} brings the marks back."
            )
        else:
            self.run_command(self._bring_back)

    def action_show_marked(self) -> None:
        """List the marked cases, or go back to what was listed before."""
        from tuitrack.domain.query.printing import without_columns

        if without_columns(self.query_shown.text) == ALL_MARKED:
            self.narrow(self._before_marked)
        elif self.marks:
            self._before_marked = self.query_shown
            self.narrow(QueueQuery(ALL_MARKED))
        else:
            self._warn_of_none()

    def action_change_marked(self) -> None:
        """Change all marked cases alike."""
        from tuitrack.tui.bulk import change_marked

        if self.refuses_in_past():
            return
        if self.marks:
            self.run_command(change_marked, self, self.query_of_marked)
        else:
            self._warn_of_none()

    def action_copy_reference(self) -> None:
        """Copy the references of the marked cases to the clipboard, or that of the case under the cursor."""
        from tuitrack.tui.copying import copy_reference

        if self.marks:
            self.run_command(self._copy_marked)
        else:
            copy_reference(self.desk, self._list.selected)

    async def _mark_all(self) -> None:
        with self.desk.hold_keys():
            found = await self.backstage.read(
                self.services.queue.references, self.asked(self.query_shown), MARKS_MOST + 1
            )
            self.marks.add(list(found)[:MARKS_MOST])
            self._show_marks()
        if len(found) > MARKS_MOST:
            self.say(f"Only the first {MARKS_MOST:,} cases of this list are marked; more cannot be marked at once.")

    async def _bring_back(self) -> None:
        self.marks.bring_back()
        if not self.marks:
            self._warn_of_none()
            return
        with self.desk.hold_keys():
            await self._look_for_marked()
        self._show_marks()

    async def _copy_marked(self) -> None:
        from tuitrack.tui.copying import COPIED_MOST, copy_references

        with self.desk.hold_keys():
            service = self.services.queue
            found = await self.backstage.read(service.references, self.query_of_marked, COPIED_MOST + 1)
        copy_references(self.desk, list(found.values()))

    async def _look_for_marked(self) -> None:
        """Learn which of the marked cases the query does not find."""
        service, query, marked = self.services.queue, self.asked(self.query_shown), self.marks.ids
        if marked:
            found = await self.backstage.read_while_wanted(
                service.interrupt, service.references, query, MARKS_MOST, marked
            )
            self._elsewhere = marked.difference(found)

    def _show_marks(self) -> None:
        self._list.refresh()
        self._tell_order()

    def _tell_order(self) -> None:
        """Say beside the query how many cases are marked, and in which order they are listed."""
        elsewhere = len(self._elsewhere & self.marks.ids)
        marked = f"{len(self.marks):,} marked" if self.marks else ""
        hidden = f"{elsewhere:,} not in this list" if elsewhere else ""
        sort = self.query_shown.sort
        order = sort.label if sort is not Sort.USUAL and not self.names_order else ""
        told = " · ".join(filter(None, (", ".join(filter(None, (marked, hidden))), order)))
        # To lay the line out anew costs as much as to show the list.
        if self._order.content != (shown := f" {told}" if told else ""):
            self._order.update(shown)

    def _warn_of_none(self) -> None:
        self.warn(f"No case is marked; {self.desk.key_of(Place.QUEUE, 'mark_case')} marks the one under the cursor.")
