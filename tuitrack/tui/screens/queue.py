"""The queue: open work by what is due next, filtered and searched while one types, one case opened from it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from tuitrack.domain.deadlines import DueFilter
from tuitrack.domain.errors import TuitrackError
from tuitrack.domain.queue import Cursor, Page, QueueQuery, Scope, Sort
from tuitrack.domain.words import Word
from tuitrack.services.bundle import Services
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.desk_screen import run_latest
from tuitrack.tui.present import counts_line, empty_words
from tuitrack.tui.undoing import UndoingScreen
from tuitrack.tui.widgets.case_list import CaseList
from tuitrack.tui.widgets.hint_line import HintLine
from tuitrack.tui.widgets.status_line import StatusLine
from tuitrack.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from tuitrack.tui.exporting import ListExport

WORDS_EVERY_S = 60.0
"""How often due words follow the clock."""
NO_CASE_YET = "No case yet. Press n to take the first complaint, or i to import a register."

W = TypeVar("W", bound=Word)


class QueryLine(Input):
    """The line in which one types what to search for."""

    BINDINGS = bindings(Place.QUERY)

    async def action_enter_list(self) -> None:
        """Ask the queue for the list of hits, or the only one."""
        await self.action_submit()


class QueueScreen(UndoingScreen[None]):
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
        self._query = QueueQuery()
        self._answered: QueueQuery | None = None
        self._after: Cursor | None = None
        self._fetching: Cursor | None = None
        self._export: ListExport | None = None

    def compose(self) -> ComposeResult:
        """Where one is, the query line, the list, the keys, the messages."""
        yield TopLine()
        with Horizontal(id="query"):
            yield Static("Search ", markup=False, id="search-mark")
            yield QueryLine(id="text")
            yield Static(markup=False, id="order")
        yield CaseList()
        yield HintLine(Place.QUEUE)
        yield StatusLine()

    def on_mount(self) -> None:
        """Let the due words follow the clock."""
        self.set_interval(WORDS_EVERY_S, self._tell_time)
        if self._notice:
            self.say(self._notice)

    async def on_screen_resume(self) -> None:
        """Show what was changed while another screen was in front; the first rows are there before the first paint."""
        if self._answered is None:
            await self._load()
        else:
            self._ask()
        self.call_after_refresh(self.run_command, self._tell_half_typed)

    @property
    def _list(self) -> CaseList:
        return self.query_one(CaseList)

    @property
    def _line(self) -> QueryLine:
        return self.query_one(QueryLine)

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
            if then != "list" or self._answered != self._query:
                await self._load()
            if then:
                await self._leave_line(open_only_hit=then == "hit")

    async def _load(self) -> None:
        query = self._query
        # A new search starts at its best hit; anything else keeps the case that was looked at.
        keep = self._answered is not None and query.text in ("", self._answered.text)
        selected = self._list.selected if keep else None
        try:
            service = self.services.queue
            page = await self.backstage.read(service.page, query, None, selected.id if selected else None)
            empty = "" if page.rows else await self._why_empty(query)
            self._show(query, page, empty, keep=keep)
            counts = await self.backstage.read(service.counts, query)
        except TuitrackError as failure:
            self.warn(failure.sentence)
            return
        self.query_one(TopLine).show(counts_line(query, counts, self.size.width))

    def _show(self, query: QueueQuery, page: Page, empty: str, *, keep: bool) -> None:
        self._answered, self._after, self._fetching = query, page.after, None
        self._list.show(page.rows, self.services.desk.now(), empty=empty, keep=keep)
        order = query.sort.label if query.sort is not Sort.USUAL else ""
        self.query_one("#order", Static).update(f" {order}" if order else "")

    async def _why_empty(self, query: QueueQuery) -> str:
        if query == QueueQuery():
            everything = await self.backstage.read(self.services.queue.counts, QueueQuery(scope=Scope.ALL))
            if not everything.all:
                return NO_CASE_YET
        return empty_words(query)

    async def _leave_line(self, *, open_only_hit: bool) -> None:
        self._list.focus()
        if open_only_hit and len(self._list.rows) == 1 and self._query.text.strip():
            try:
                await self.desk.open_case(self._list.rows[0].id)
            except TuitrackError as failure:
                self.warn(failure.sentence)

    @on(CaseList.EndNeared)
    def _fetch_more(self) -> None:
        if self._after is not None and self._fetching != self._after:
            self._fetching = self._after
            run_latest(self, "more", self._load_more, self._query, self._after)

    async def _load_more(self, query: QueueQuery, after: Cursor) -> None:
        try:
            # The next key may go beyond the rows that are there so far.
            with self.desk.hold_keys():
                page = await self.backstage.read(self.services.queue.page, query, after)
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
        # The program may have ended meanwhile.
        for line in self.query(StatusLine):
            line.stand(half_typed_line(found, self.size.width))

    def _tell_time(self) -> None:
        self._list.tell_time(self.services.desk.now())

    @on(CaseList.Chosen)
    def _open(self, event: CaseList.Chosen) -> None:
        self.run_command(self.desk.open_case, event.row.id)

    @on(Input.Changed)
    def _search(self, event: Input.Changed) -> None:
        if event.value != self._query.text:
            self._query = replace(self._query, text=event.value)
            self._ask(typing=True)

    @on(Input.Submitted)
    def _take_hits(self) -> None:
        self._ask(then="hit")

    def _narrow(self, query: QueueQuery) -> None:
        self._query = query
        self._ask()

    def action_leave_query(self) -> None:
        """Go from the query line to the list."""
        self._ask(then="list")

    def action_search_cases(self) -> None:
        """Go to the query line."""
        self._line.focus()

    def action_step_back(self) -> None:
        """Clear the search, then the filters, one at a time; leave the query line first."""
        query = self._query
        if query.text:
            self._line.value = ""
            self._narrow(replace(query, text=""))
        elif self._line.has_focus:
            self._list.focus()
        elif query.due is not DueFilter.ALL:
            self._narrow(replace(query, due=DueFilter.ALL))
        elif query != QueueQuery():
            self._narrow(QueueQuery())

    def action_cycle_due(self) -> None:
        """Go to the next overdue filter."""
        self._narrow(replace(self._query, due=_next(self._query.due)))

    def action_cycle_scope(self) -> None:
        """Go to the next part of all cases; closed ones have no due time to filter by."""
        self._narrow(replace(self._query, scope=_next(self._query.scope), due=DueFilter.ALL))

    def action_cycle_sort(self) -> None:
        """Go to the next order."""
        self._narrow(replace(self._query, sort=_next(self._query.sort)))
        self.say(f"Order: {self._query.sort.label}")

    def action_show_all(self) -> None:
        """Show cases whatever their due time."""
        self._narrow(replace(self._query, due=DueFilter.ALL))

    def action_show_overdue(self) -> None:
        """Show only what is overdue."""
        self._narrow(replace(self._query, due=DueFilter.OVERDUE))

    def action_show_today(self) -> None:
        """Show only what is due today."""
        self._narrow(replace(self._query, due=DueFilter.TODAY))

    def action_show_soon(self) -> None:
        """Show only what is due within 3 days."""
        self._narrow(replace(self._query, due=DueFilter.SOON))

    def action_show_mine(self) -> None:
        """Show only the cases of the person at work, or everybody's again."""
        self._toggle_owner(self.services.desk.agent)

    def action_show_unowned(self) -> None:
        """Show only cases without an owner, or all again."""
        self._toggle_owner("")

    def _toggle_owner(self, owner: str) -> None:
        self._narrow(replace(self._query, owner=None if self._query.owner == owner else owner))

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

    def action_import_register(self) -> None:
        """Take complaints from a file."""
        from tuitrack.tui.screens.importing import ImportScreen

        self.app.push_screen(ImportScreen(self.services))

    def action_copy_reference(self) -> None:
        """Copy the reference of the marked case to the clipboard."""
        from tuitrack.tui.copying import copy_reference

        copy_reference(self.desk, self._list.selected)

    def action_copy_summary(self) -> None:
        """Copy what the marked case is about and how it stands."""
        from tuitrack.tui.copying import copy_summary

        row = self._list.selected
        copy_summary(self.desk, row, row.customer_name if row else "", self.services.desk.now())

    def action_export_cases(self) -> None:
        """Write the cases of this list to a file, or stop that."""
        from tuitrack.tui.exporting import ListExport

        self._export = self._export or ListExport(self)
        self.run_command(self._export.ask, self._query)


def _next(word: W) -> W:
    """The word after this one in its list, the first after the last."""
    words = list(type(word))
    return words[(words.index(word) + 1) % len(words)]
