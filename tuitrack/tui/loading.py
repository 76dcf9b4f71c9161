"""What a list of cases shows: the first rows of what was asked, the pages after them, and what is told about all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from textual import on

from tuitrack.domain.errors import QueryRefused, TuitrackError
from tuitrack.domain.queue import Cursor, Page, QueueQuery, Scope
from tuitrack.domain.spoken_time import plain_when
from tuitrack.services.bundle import Services
from tuitrack.tui.commands import Place
from tuitrack.tui.desk_screen import run_latest
from tuitrack.tui.present import counts_line, empty_words, no_case_words
from tuitrack.tui.previewing import PreviewingScreen
from tuitrack.tui.widgets.case_list import CaseList


class LoadingScreen(PreviewingScreen):
    """A screen that reads what its query asks for; the newest question wins."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._answered: QueueQuery | None = None
        self._after: Cursor | None = None
        self._fetching: Cursor | None = None
        self._readings = 0
        """How often the first rows were read: only the latest of two readings is shown."""
        self._left_list: set[int] = set()
        """The case of which it was said that it is listed only as long as the cursor is on it."""

    async def reload(self, told: str = "") -> None:
        """Read the list again and tell what was done."""
        await self._load()
        if told:
            self.say(told)

    def _ask(self, *, typing: bool = False, then: str = "") -> None:
        """Fetch what the query asks for; a newer question replaces one that is not answered yet.

        While somebody types a search, keys go on; after any other key the next one waits for the answer, so that
        it never lands on another case than the one that is seen. A list of the past may take long: meanwhile keys
        go on in the list that is seen.
        """
        if typing:
            run_latest(self, "load", self._load)
        else:
            run_latest(self, "load", self._load_for_key, then)

    async def _load_for_key(self, then: str) -> None:
        with self._told_of_past() if self.goes_to_past else self.desk.hold_keys():
            if then != "list" or self._answered != self.query_shown or self._fault:
                answered = await self._load_rows()
            else:
                answered = True
            if then and answered and self.is_current and await self._leave_line(open_only_hit=then == "hit"):
                return
        await self._load_told()

    @property
    def goes_to_past(self) -> bool:
        """Whether what is asked for is the list as it was at another moment than that of the list that is seen."""
        try:
            moment = self.services.queue.as_of(self.query_shown)
        except QueryRefused:
            return False
        return moment is not None and moment != self.as_of

    @contextmanager
    def _told_of_past(self) -> Iterator[None]:
        """Say meanwhile that the past is being worked out."""
        self._top.show(f"Working out this list as it was; {self.desk.key_of(Place.QUEUE, 'step_back')} leaves it.")
        yield

    async def _load(self) -> None:
        await self._load_rows()
        await self._load_told()

    def show_presence(self, there: Mapping[int, str]) -> None:
        """Say in their lines who is in which of the cases."""
        self._list.show_presence(there)

    async def show_news(self) -> None:
        """Read the list again, unless something else is asked or an earlier moment is shown."""
        is_of_now = self._answered == self.query_shown and self._fault is None and self.as_of is None
        if is_of_now and await self._load_rows(stays=True):
            await self._load_told()

    async def _load_rows(self, *, stays: bool = False) -> bool:
        """Show the first rows; tell whether the query was understood and answered, else the rows stay.

        With `stays` the case under the cursor is listed even where it no longer belongs to the list.
        """
        query = self.query_shown
        self._readings = reading = self._readings + 1
        # A new search starts at its best hit; anything else keeps the case that was looked at.
        keep = self._answered is not None and _goes_on(query.text, self._answered.text)
        try:
            page = await self._first_page(query, keep=keep)
            if stays:
                page = await self._with_selected(query, page)
            empty = "" if page.rows else await self._why_empty(query)
        except QueryRefused as fault:
            self._show_fault(fault)
            return False
        except TuitrackError as failure:
            self.warn(failure.sentence)
            return False
        if query != self.query_shown or reading != self._readings:
            # Something else was asked meanwhile, or the same once more; its answer is on the way.
            return False
        self._show(query, page, empty, keep=keep)
        return True

    async def _first_page(self, query: QueueQuery, *, keep: bool) -> Page:
        """The first rows, with `keep` as many as are seen, also where the view moved on while they were read."""
        service, last = self.services.queue, self._list.last_in_view if keep else None
        page = await self.backstage.read_while_wanted(
            service.interrupt, service.page, self.asked(query), None, last.id if last else None
        )
        seen = self._list.last_in_view if keep and page.after is not None else None
        if seen is None or (last is not None and seen.id == last.id) or any(row.id == seen.id for row in page.rows):
            return page
        return await self._first_page(query, keep=keep)

    async def _with_selected(self, query: QueueQuery, page: Page) -> Page:
        """A page with the case under the cursor where it stood, so that no key meant for it lands on its neighbour."""
        row = self._list.selected
        if row is None or any(one.id == row.id for one in page.rows):
            return page
        as_it_is = QueueQuery(f"is:all ref:{row.reference}")
        now = await self.backstage.read(self.services.queue.page, as_it_is)
        if self._list.selected != row:
            return await self._with_selected(query, await self._first_page(query, keep=True))
        place = [one.id for one in self._list.rows].index(row.id)
        if row.id not in self._left_list:
            self.say(f"{row.reference} is no longer in this list; it stays until you leave it.")
        self._left_list = {row.id}
        kept = next((one for one in now.rows if one.id == row.id), row)
        return replace(page, rows=(*page.rows[:place], kept, *page.rows[place:]))

    async def _load_told(self) -> None:
        """Tell what the query means, how many cases it has, why the one under the cursor is among them."""
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
        self._answered, self._after = query, page.after
        if self._fault is not None:
            self._fault = None
            self._top.show("")
            self._status.clear()
        self._why.begin(query)
        self._stand()
        self._heed_moves()
        self._go_to_moment(page)
        before = self._list.columns
        self._list.show_cases(
            page.rows, self.moment_shown, columns=page.columns, more=page.after is not None, empty=empty, keep=keep
        )
        if self._list.columns != before and (left_out := self._list.columns_left_out):
            self.say(f"No room here for {', '.join(left_out)}.")
        self._follow_cursor()
        self._tell_order()

    def _go_to_moment(self, page: Page) -> None:
        """Take the moment of a page as the one that is shown, and say where not everything is known of it."""
        if page.as_of == self.as_of:
            return
        self.as_of = page.as_of
        if page.as_of is not None and page.in_doubt:
            from tuitrack.domain.past import then_words

            self.warn(then_words(page.as_of, page.in_doubt))

    async def _why_empty(self, query: QueueQuery) -> str:
        if query == QueueQuery():
            everything = await self.backstage.read(self.services.queue.counts, QueueQuery(scope=Scope.ALL))
            if not everything.all:
                return no_case_words(self.desk.key_of)
        return empty_words(query, self.desk.key_of)

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
            await self.open_case(self._list.rows[0].id)
        except TuitrackError as failure:
            self.warn(failure.sentence)
            return False
        return True

    async def open_case(self, case_id: int) -> None:
        """Show a case of the list, which is one of today whatever the list is; raises NotFound."""
        as_of = self.as_of
        await self.desk.open_case(case_id)
        if as_of is not None:
            self.say(f"The case as it is now; the list is as it was {plain_when(as_of)}.")

    @on(CaseList.EndNeared)
    def _fetch_more(self) -> None:
        if self._answered is not None and self._after is not None and self._fetching != self._after:
            self._fetching = self._after
            run_latest(self, "more", self._load_more, self._answered, self._after)

    async def _load_more(self, query: QueueQuery, after: Cursor) -> None:
        try:
            # The next key may go beyond the rows that are there so far.
            with self.desk.hold_keys():
                page = await self.backstage.read(self.services.queue.page, self.asked(query), after)
        except TuitrackError:
            self._list.stay()
            raise
        finally:
            if self._fetching == after:
                self._fetching = None
        if self._answered == query and self._after == after:
            self._after = page.after
            self._list.extend(page.rows, more=page.after is not None)


def _goes_on(text: str, before: str) -> bool:
    """Whether a text looks for nothing new: it was cleared, or other columns of the same cases are named."""
    if text in ("", before):
        return True
    from tuitrack.domain.query.printing import without_columns

    return without_columns(text) in ("", without_columns(before))
