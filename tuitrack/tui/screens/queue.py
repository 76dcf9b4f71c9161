"""The queue: open work by what is due next, filtered and searched while one types, one case opened from it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from tuitrack.domain.deadlines import DueFilter
from tuitrack.domain.errors import QueryRefused, TuitrackError
from tuitrack.domain.queue import Cursor, Page, QueueQuery, Scope
from tuitrack.services.bundle import Services
from tuitrack.tui.asking import AskingScreen
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.desk_screen import run_latest
from tuitrack.tui.present import counts_line, empty_words
from tuitrack.tui.widgets.case_list import CaseList
from tuitrack.tui.widgets.hint_line import HintLine

if TYPE_CHECKING:
    from tuitrack.tui.exporting import ListExport
    from tuitrack.tui.previewing import Previewer

WORDS_EVERY_S = 60.0
"""How often due words follow the clock."""
BESIDE_FROM, BELOW_FROM = 140, 46
"""The columns, or else the lines, from which on a case is shown with a list that is still as large as on 80x24."""
NO_CASE_YET = "No case yet. Press n to take the first complaint, or i to import a register."


class QueueScreen(AskingScreen):
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
        self._answered: QueueQuery | None = None
        self._after: Cursor | None = None
        self._fetching: Cursor | None = None
        self._export: ListExport | None = None
        self._preview: Previewer | None = None

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

    async def on_screen_resume(self) -> None:
        """Show what was changed while another screen was in front; the first rows are there before the first paint."""
        if self._answered is None:
            await self._fit_preview()
            await self._load()
        else:
            self.on_resize()
            self._ask()
        self.call_after_refresh(self.run_command, self._tell_half_typed)

    def on_resize(self) -> None:
        """Show the case under the cursor where there is room for it now."""
        self.run_command(self._fit_preview)

    async def _fit_preview(self) -> None:
        place = self._preview_place
        if place and self._preview is None:
            from tuitrack.tui.previewing import Previewer

            self._preview = Previewer(self, self._list)
        if self._preview is not None:
            await self._preview.fit(place)
            self._heed_moves()

    @property
    def _preview_place(self) -> str:
        """Where there is room for the case under the cursor; empty where there is none."""
        width, height = self.app.size
        return "beside" if width >= BESIDE_FROM else "below" if height >= BELOW_FROM else ""

    def _heed_moves(self) -> None:
        self._list.tells_moves = bool(self.query_shown.text or (self._preview and self._preview.is_shown))

    async def reload(self, told: str = "") -> None:
        """Read the list again and tell what was done."""
        await self._load()
        if told:
            self.say(told)

    def following(self, case_id: int) -> list[int]:
        """The cases listed below a case; all that are listed where it is not among them."""
        ids = [row.id for row in self._list.rows]
        return ids[ids.index(case_id) + 1 :] if case_id in ids else ids

    def _ask(self, *, typing: bool = False, then: str = "") -> None:
        """Fetch what the query asks for; a newer question replaces one that is not answered yet.

        While somebody types a search, keys go on; after any other key the next one waits for the answer, so that
        it never lands on another case than the one that is seen.
        """
        if typing:
            run_latest(self, "load", self._load)
        else:
            run_latest(self, "load", self._load_held, then)

    async def _load_held(self, then: str) -> None:
        with self.desk.hold_keys():
            if then != "list" or self._answered != self.query_shown or self._fault:
                answered = await self._load_rows()
            else:
                answered = True
            if then and answered and await self._leave_line(open_only_hit=then == "hit"):
                return
        await self._load_told()

    async def _load(self) -> None:
        await self._load_rows()
        await self._load_told()

    async def _load_rows(self) -> bool:
        """Show the first rows; tell whether the query was understood and answered, else the rows stay."""
        query = self.query_shown
        # A new search starts at its best hit; anything else keeps the case that was looked at.
        keep = self._answered is not None and query.text in ("", self._answered.text)
        selected = self._list.selected if keep else None
        service = self.services.queue
        try:
            page = await self.backstage.read_while_wanted(
                service.interrupt, service.page, self.asked(query), None, selected.id if selected else None
            )
            empty = "" if page.rows else await self._why_empty(query)
        except QueryRefused as fault:
            self._show_fault(fault)
            return False
        except TuitrackError as failure:
            self.warn(failure.sentence)
            return False
        self._show(query, page, empty, keep=keep)
        return True

    async def _load_told(self) -> None:
        """Tell what the query means, how many cases it has, and why the marked one is among them."""
        query, service = self.query_shown, self.services.queue
        if self._fault is not None or self._answered != query:
            return
        asked = self.asked(query)
        ask = self.backstage.read_while_wanted
        try:
            if query.text:
                from tuitrack.tui.present_query import understood_line

                await self._tell_why()
                told = await ask(service.interrupt, service.told, asked)
                line = understood_line(told, self.view_shown.name if self.view_shown else "", self.size.width)
            else:
                line = counts_line(query, await ask(service.interrupt, service.counts, asked), self.size.width)
            await self._look_for_marked()
        except TuitrackError as failure:
            self.warn(failure.sentence)
            return
        self._top.show(line)
        self._tell_order()

    def _show(self, query: QueueQuery, page: Page, empty: str, *, keep: bool) -> None:
        self._answered, self._after, self._fetching = query, page.after, None
        if self._fault is not None:
            self._fault = None
            self._top.show("")
            self._status.clear()
        self._why.begin(query)
        self._stand()
        self._heed_moves()
        self._list.show(page.rows, self.services.desk.now(), empty=empty, keep=keep)
        if self._preview is not None:
            self._preview.follow()
        self._tell_order()

    async def _why_empty(self, query: QueueQuery) -> str:
        if query == QueueQuery():
            everything = await self.backstage.read(self.services.queue.counts, QueueQuery(scope=Scope.ALL))
            if not everything.all:
                return NO_CASE_YET
        return empty_words(query)

    async def _leave_line(self, *, open_only_hit: bool) -> bool:
        """Go to the list, or open its only case; tell whether a case was opened."""
        self._list.focus()
        text = self.query_shown.text.strip()
        if not open_only_hit or not text:
            return False
        try:
            if self._line.remember(text):
                await self.backstage.write(self.services.views.remember, text)
            if len(self._list.rows) != 1:
                return False
            await self.desk.open_case(self._list.rows[0].id)
        except TuitrackError as failure:
            self.warn(failure.sentence)
            return False
        return True

    @on(CaseList.EndNeared)
    def _fetch_more(self) -> None:
        if self._after is not None and self._fetching != self._after:
            self._fetching = self._after
            run_latest(self, "more", self._load_more, self.query_shown, self._after)

    async def _load_more(self, query: QueueQuery, after: Cursor) -> None:
        try:
            # The next key may go beyond the rows that are there so far.
            with self.desk.hold_keys():
                page = await self.backstage.read(self.services.queue.page, self.asked(query), after)
        except TuitrackError as failure:
            self._fetching = None
            self.warn(failure.sentence)
            return
        if self._answered == query and self._after == after:
            self._after = page.after
            self._list.extend(page.rows)

    async def _tell_half_typed(self) -> None:
        """Say, whenever nothing else is told, what was left half typed."""
        from tuitrack.tui.present_drafts import half_typed_line

        found = await self.backstage.read(self.services.drafts.half_typed)
        self._half_typed = half_typed_line(found, self.size.width)
        self._stand()

    @on(CaseList.Moved)
    def _tell_of_selected(self) -> None:
        if self.query_shown.text:
            run_latest(self, "why", self._tell_why)
        if self._preview is not None:
            self._preview.follow(once_at_rest=True)

    def _tell_time(self) -> None:
        self._list.tell_time(self.services.desk.now())
        if self._preview is not None:
            self._preview.tell_time()

    @on(CaseList.Chosen)
    def _open(self, event: CaseList.Chosen) -> None:
        self.run_command(self.desk.open_case, event.row.id)

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
        """Clear the search, then the filters, one at a time; leave the query line first."""
        query = self.query_shown
        if query.text:
            self.narrow(replace(query, text=""))
        elif self._line.has_focus:
            self._list.focus()
        elif query.due is not DueFilter.ALL:
            self.narrow(replace(query, due=DueFilter.ALL))
        elif query != QueueQuery():
            self.narrow(QueueQuery())
        elif self.marks:
            key = self.desk.key_of(Place.QUEUE, "clear_marks")
            self.say(f"{len(self.marks):,} marked; {key} takes the marks away.")

    def action_refresh_screen(self) -> None:
        """Read the list again."""
        self._ask()

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

    def action_type_number(self, digit: str) -> None:
        """Take a digit for the start of a reference, phone or account number."""
        self.run_command(self.desk.go_to, digit)

    def action_new_case(self) -> None:
        """Take a complaint."""
        from tuitrack.tui.screens.intake import IntakeScreen

        self.app.push_screen(IntakeScreen(self.services))

    def action_import_register(self) -> None:
        """Take complaints from a file."""
        from tuitrack.tui.screens.importing import ImportScreen

        self.app.push_screen(ImportScreen(self.services))

    def action_copy_summary(self) -> None:
        """Copy what the case under the cursor is about and how it stands."""
        from tuitrack.tui.copying import copy_summary

        row = self._list.selected
        copy_summary(self.desk, row, row.customer_name if row else "", self.services.desk.now())

    def action_export_cases(self) -> None:
        """Write the marked cases or this list to a file, or stop that."""
        from tuitrack.tui.exporting import ListExport

        self._export = self._export or ListExport(self)
        self.run_command(self._export.ask, self.asked(self.query_shown), self.query_of_marked)
