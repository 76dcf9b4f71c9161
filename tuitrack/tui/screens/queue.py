"""The queue: open work by what is due next, filtered and searched while one types, one case opened from it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from tuitrack.domain.queue import QueueQuery
from tuitrack.services.bundle import Services
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.desk_screen import do_told, run_latest
from tuitrack.tui.loading import LoadingScreen
from tuitrack.tui.widgets.case_list import CaseList
from tuitrack.tui.widgets.hint_line import HintLine

if TYPE_CHECKING:
    from tuitrack.tui.boarding import Boarding
    from tuitrack.tui.exporting import ListExport
    from tuitrack.tui.reminding import Reminding
    from tuitrack.tui.reporting import Reporting

WORDS_EVERY_S = 60.0
"""How often due words follow the clock."""


class QueueScreen(LoadingScreen):
    """Lists cases; the screen under all others."""

    PLACE = Place.QUEUE
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Place.QUEUE),
        *(Binding(digit, f"type_number('{digit}')", show=False) for digit in "0123456789"),
    ]
    AUTO_FOCUS = "CaseList"

    def __init__(self, services: Services, notice: str = "") -> None:
        super().__init__(services)
        self._notice = notice
        self.query_shown = QueueQuery()
        self._export: ListExport | None = None
        self._reminding: Reminding | None = None
        self._boarding: Boarding | None = None
        self._reporting: Reporting | None = None

    def compose(self) -> ComposeResult:
        """The query line, what it was understood to mean, the list, the keys, the messages."""
        with Horizontal(id="query"):
            yield Static("Search ", markup=False, id="search-mark")
            yield self._line
            yield self._order
        yield self._top
        yield self._list
        yield HintLine(Place.QUEUE)
        yield self._status

    def on_mount(self) -> None:
        """Let the due words follow the clock."""
        self.set_interval(WORDS_EVERY_S, self._tell_time)
        if self._notice:
            self.say(self._notice)
        else:
            self.call_after_refresh(self.run_command, self._tell_to_read)
        self.call_after_refresh(self.run_command, self._tell_expired)

    async def on_screen_resume(self) -> None:
        """Show what was changed while another screen was in front; the first rows are there before the first paint."""
        if self._answered is None:
            await do_told(self, self._fit_preview)
            await self._load_rows()
            self.call_after_refresh(self._tell_first_rows)
        else:
            self.on_resize()
            # What is shown is shown again at once, and anew where something was changed.
            self.call_after_refresh(self._ask)
        self.call_after_refresh(self.run_command, self._tell_left)
        self.call_after_refresh(self._look_ahead)

    def _tell_first_rows(self) -> None:
        # Whoever typed before they were painted asked for others, which are on their way.
        if self._answered == self.query_shown:
            run_latest(self, "load", self._load_told)

    def following(self, case_id: int) -> list[int]:
        """The cases listed below a case; all that are listed where it is not among them."""
        ids = [row.id for row in self._list.rows]
        return ids[ids.index(case_id) + 1 :] if case_id in ids else ids

    async def _tell_left(self) -> None:
        """Say, whenever nothing else is told, what was handed over or fed back, else what was left half typed."""
        from tuitrack.tui.present_drafts import half_typed_line

        key_of = self.desk.key_of
        if waiting := await self.backstage.read(self.services.handovers.waiting):
            from tuitrack.tui.present_handover import waiting_line

            self._left = waiting_line(waiting, key_of(Place.QUEUE, "show_handover"))
        elif unread := await self.backstage.read(self.services.feedback.unread):
            from tuitrack.tui.present_loop import unread_line

            self._left = unread_line(unread, key_of(Place.QUEUE, "show_feedback"))
        else:
            found = await self.backstage.read(self.services.drafts.half_typed)
            self._left = half_typed_line(found, self.size.width, key_of)
        self._stand()

    async def _tell_expired(self) -> None:
        """Say what was half typed so long ago that it is kept no longer."""
        if gone := await self.backstage.write(self.services.drafts.expire):
            from tuitrack.tui.present_drafts import expired_line

            self.warn(expired_line(gone, self.services.desk.settings.drafts_for_days, self.size.width))

    async def _tell_to_read(self) -> None:
        """Say once what the desk brought in for everybody to read."""
        found = await self.backstage.read(self.services.texts.to_read)
        if found:
            from tuitrack.services.text_words import to_read_line

            self.say(to_read_line(found, self.desk.key_of(Place.ANYWHERE, "show_texts")))

    def _look_ahead(self) -> None:
        """Have told by itself what becomes overdue from now on."""
        from tuitrack.tui.reminding import Reminding

        self._reminding = self._reminding or Reminding(self)
        self._reminding.look()

    def _tell_time(self) -> None:
        self._list.tell_time(self.moment_shown)
        self._tell_preview_time()

    @on(CaseList.Chosen)
    def _open(self, event: CaseList.Chosen) -> None:
        self.run_command(self.open_case, event.row.id)

    @on(Input.Changed)
    def _search(self, event: Input.Changed) -> None:
        if event.value != self.query_shown.text:
            self.query_shown = replace(self.query_shown, text=event.value)
            self._ask(typing=True)

    @on(Input.Submitted)
    def _take_hits(self) -> None:
        self._ask(then="hit")

    def narrow(self, query: QueueQuery) -> None:
        """Show what another query asks for, its text in the query line."""
        self.query_shown = query
        if self._line.value != query.text:
            self._line.value = query.text
            self._line.cursor_position = len(query.text)
        self._ask()

    def action_leave_query(self) -> None:
        """Go to the query asked after the one that is shown, from the last one to the list."""
        if not self._line.newer():
            self._ask(then="list")

    def action_search_cases(self) -> None:
        """Go to the query line."""
        self._line.focus()

    def action_step_back(self) -> None:
        """Go back to today's list from a past not there yet, or to what was listed before; else clear, thing by thing.

        First the search, then the query line is left, then the filters and the order are cleared.
        """
        query = self.query_shown
        if self.goes_to_past and self._answered != query:
            from tuitrack.domain.query.printing import as_of

            self.narrow(replace(query, text=as_of(query.text, "")))
        elif self.is_looking:
            self.look_back()
        elif query.text:
            self.narrow(replace(query, text=""))
        elif self._line.has_focus:
            self._list.focus()
        elif (wider := self.with_one_less) != query:
            self.narrow(wider)
        elif self.marks:
            key = self.desk.key_of(Place.QUEUE, "clear_marks")
            self.say(f"{len(self.marks):,} marked; {key} takes the marks away.")

    def action_show_board(self) -> None:
        """Count what is overdue, and list what is behind a number."""
        from tuitrack.tui.boarding import Boarding

        self._boarding = self._boarding or Boarding(self)
        self.run_command(self._boarding.open)

    def action_choose_columns(self) -> None:
        """Choose what the list shows of each case."""
        from tuitrack.tui.choosing_columns import choose_columns

        self.run_command(choose_columns, self, self._list)

    def action_refresh_screen(self) -> None:
        """Read the list again."""
        self._ask()

    def action_type_number(self, digit: str) -> None:
        """Take a digit for the start of a reference, phone or account number."""
        self.run_command(self.desk.go_to, digit)

    def action_new_case(self) -> None:
        """Take a complaint."""
        from tuitrack.tui.screens.intake import IntakeScreen

        self.app.push_screen(IntakeScreen(self.services))

    def action_take_next(self) -> None:
        """Become the owner of the first case without one, and open it."""
        from tuitrack.tui.taking import take_next

        if not self.refuses_in_past():
            self.run_command(take_next, self, self.asked(self.query_shown))

    def action_show_handover(self) -> None:
        """Show what was handed over."""
        self.run_command(self._show_handover)

    async def _show_handover(self) -> None:
        from tuitrack.tui.screens.handover import HandoverScreen

        with self.desk.hold_keys():
            files = await self.backstage.read(self.services.handovers.all)
            await self.app.push_screen(HandoverScreen(self.services, files))

    def action_show_feedback(self) -> None:
        """List what is fed back to the agent at work."""
        self.run_command(self._show_feedback)

    async def _show_feedback(self) -> None:
        from tuitrack.tui.screens.feedback import FeedbackScreen

        with self.desk.hold_keys():
            lines = await self.backstage.read(self.services.feedback.mine)
            await self.app.push_screen(FeedbackScreen(self.services, lines))

    def action_show_reviews(self) -> None:
        """Show the agenda of reviews, and list what is behind a number."""
        self.run_command(self._show_reviews)

    async def _show_reviews(self) -> None:
        from tuitrack.tui.screens.reviews import ReviewsScreen

        with self.desk.hold_keys():
            agenda = await self.backstage.read(self.services.reviews.agenda)
            left = self.app.push_screen(ReviewsScreen(self.services, agenda), wait_for_dismiss=True)
        if (text := await left) is not None:
            self.narrow(QueueQuery(text))

    def action_show_promises(self) -> None:
        """List what was promised in all cases."""
        from tuitrack.tui.screens.ledger import LedgerScreen

        self.app.push_screen(LedgerScreen(self.services))

    def action_show_quality(self) -> None:
        """Count the cases of a period, and list what is behind a number."""
        from tuitrack.tui.reporting import Reporting

        self._reporting = self._reporting or Reporting(self)
        self.run_command(self._reporting.open)

    def action_show_rules(self) -> None:
        """Show the rules of deadlines."""
        from tuitrack.tui.screens.rules import RulesScreen

        self.app.push_screen(RulesScreen(self.services))

    def action_import_register(self) -> None:
        """Take complaints from a file."""
        from tuitrack.tui.screens.importing import ImportScreen

        self.app.push_screen(ImportScreen(self.services))

    def action_show_staff(self) -> None:
        """Show who has how much to do, and list what is behind a figure."""
        self.run_command(self._show_staff)

    async def _show_staff(self) -> None:
        from tuitrack.tui.screens.staff import StaffScreen

        if (text := await self.app.push_screen_wait(StaffScreen(self.services))) is not None:
            self.narrow(QueueQuery(text))

    def action_copy_summary(self) -> None:
        """Copy what the case under the cursor is about and how it stands."""
        from tuitrack.tui.copying import copy_summary

        row = self._list.selected
        if not self.refuses_in_past():
            copy_summary(self.desk, row, row.customer_name if row else "", self.services.desk.now())

    def action_export_cases(self) -> None:
        """Write the marked cases or this list to a file, or stop that."""
        from tuitrack.tui.exporting import ListExport

        self._export = self._export or ListExport(self)
        self.run_command(self._export.ask, self.asked(self.query_shown), self.query_of_marked)
