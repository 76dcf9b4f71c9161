"""The ledger of promises: what is to be kept next, in all cases at once, and what became of the rest."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial

from textual import on
from textual.app import ComposeResult

from tuitrack.domain.errors import NotFound, TuitrackError
from tuitrack.domain.promises import LedgerQuery, PromiseLine, Standing, Whose
from tuitrack.domain.timeline import Promise
from tuitrack.domain.words import PromiseOutcome
from tuitrack.services.bundle import Services
from tuitrack.services.promises import COUNT_CAP, PAGE_SIZE
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.desk_screen import run_latest
from tuitrack.tui.present_promises import empty_words, ledger_title
from tuitrack.tui.undoing import UndoingScreen
from tuitrack.tui.widgets.hint_line import HintLine
from tuitrack.tui.widgets.promise_list import PromiseList
from tuitrack.tui.widgets.status_line import StatusLine
from tuitrack.tui.widgets.top_line import TopLine

WORDS_EVERY_S = 60.0
"""How often due words follow the clock."""
SHOWN_AGAIN_MOST = 20 * PAGE_SIZE
"""How many of the promises that were read are read again, so that the cursor finds its own."""


class LedgerScreen(UndoingScreen[None]):
    """Lists promises; one that is settled here stays where it stands until the list is read again."""

    PLACE = Place.LEDGER
    BINDINGS = bindings(Place.LEDGER)
    AUTO_FOCUS = "PromiseList"

    def __init__(
        self,
        services: Services,
        narrowed: LedgerQuery | None = None,
        title: str = "",
        standing: Standing = Standing.OPEN,
    ) -> None:
        """`narrowed` lists the promises behind a figure, whoever asks, and `title` says which they are."""
        super().__init__(services)
        self._narrowed, self._title = narrowed, title
        self._whose = Whose.MINE if narrowed is None else Whose.ALL
        self._standing = standing
        self._asked = LedgerQuery()
        self._list, self._top = PromiseList(), TopLine()
        self._fetching: Promise | None = None
        """The promise below which the next ones are being read."""
        self._settled: PromiseLine | None = None
        """What was settled here last, or by others under the cursor; it stays in the list for the same key."""

    def compose(self) -> ComposeResult:
        """Whose promises they are and how many, the list, the keys, the messages."""
        yield self._top
        yield self._list
        yield HintLine(Place.LEDGER)
        yield StatusLine()

    def on_mount(self) -> None:
        """Let the due words follow the clock."""
        self.set_interval(WORDS_EVERY_S, lambda: self._list.tell_time(self.services.desk.now()))

    def on_screen_resume(self) -> None:
        """Show what was changed while another screen was in front."""
        self._load_latest()

    async def reload(self, told: str = "") -> None:
        """Read the list again and tell what was done."""
        self._settled = None
        await self._load()
        if told:
            self.say(told)

    async def show_news(self) -> None:
        """Read the list again; the promise under the cursor stays in it, so that no key meets another one."""
        if (line := self._list.selected) is not None:
            with suppress(NotFound):
                self._settled = await self.backstage.read(self.services.promises.line, line.promise.case_id, line.id)
        await self._load()

    def _load_latest(self, *, keep: bool = True) -> None:
        run_latest(self, "load", self._load, keep=keep)

    async def _load(self, *, keep: bool = True) -> None:
        service, ask, stop = self.services.promises, self.backstage.read_while_wanted, self.services.queue.interrupt
        with self.desk.hold_keys():
            base = await ask(stop, service.of, self._whose) if self._narrowed is None else self._narrowed
            self._asked = replace(base, standing=self._standing)
            size = 0
            # More may have come into the list while they were read.
            while size < (wanted := self._shown_again if keep else PAGE_SIZE):
                size = wanted
                lines = await ask(stop, service.page, self._asked, None, size)
            more = len(lines) == size
            lines = self._with_settled(lines) if keep else lines
            empty = "" if lines else empty_words(self._whose, self._standing, self.desk.key_of)
            self._list.show(lines, self.services.desk.now(), more=more, empty=empty, keep=keep)
        await self._tell_counts()

    @property
    def _shown_again(self) -> int:
        """How many promises are read where the list stays."""
        return max(PAGE_SIZE, min(len(self._list.rows), SHOWN_AGAIN_MOST))

    def _with_settled(self, lines: list[PromiseLine]) -> list[PromiseLine]:
        """The lines with what was settled here last where it stood before."""
        settled, ids = self._settled, [row.id for row in self._list.rows]
        if settled is None or settled.id not in ids or any(line.id == settled.id for line in lines):
            return lines
        place = ids.index(settled.id)
        return [*lines[:place], settled, *lines[place:]]

    async def _tell_counts(self) -> None:
        service = self.services.promises
        counts = await self.backstage.read_while_wanted(self.services.queue.interrupt, service.counts, self._asked)
        self._top.show(ledger_title(self._whose, self._title, counts, self._standing, COUNT_CAP))

    @on(PromiseList.EndNeared)
    def _fetch_more(self) -> None:
        if (last := self._last) is not None and self._fetching != last:
            self._fetching = last
            run_latest(self, "more", self._load_more, self._asked, last)

    @property
    def _last(self) -> Promise | None:
        """The last promise that is loaded."""
        return self._list.rows[-1].promise if self._list.rows else None

    async def _load_more(self, asked: LedgerQuery, after: Promise) -> None:
        try:
            # The next key may go beyond the rows that are there so far.
            with self.desk.hold_keys():
                lines = await self.backstage.read(self.services.promises.page, asked, after)
        except TuitrackError:
            self._list.stay()
            raise
        finally:
            if self._fetching == after:
                self._fetching = None
        if asked == self._asked and after == self._last:
            self._list.extend(lines, more=len(lines) == PAGE_SIZE)

    @on(PromiseList.Chosen)
    def _open(self, event: PromiseList.Chosen) -> None:
        promise = event.row.promise
        self.run_command(self.desk.open_case, promise.case_id, promise.id)

    def action_refresh_screen(self) -> None:
        """Read the list again."""
        self._settled = None
        self._load_latest()

    def action_show_open(self) -> None:
        """List what is open, by its due time."""
        self._show(Standing.OPEN)

    def action_show_overdue(self) -> None:
        """List what is open and overdue."""
        self._show(Standing.OVERDUE)

    def action_show_kept(self) -> None:
        """List what was kept."""
        self._show(Standing.KEPT)

    def action_show_broken(self) -> None:
        """List what was broken."""
        self._show(Standing.BROKEN)

    def action_show_renegotiated(self) -> None:
        """List what was agreed anew."""
        self._show(Standing.RENEGOTIATED)

    def action_next_whose(self) -> None:
        """List mine, the team's and everybody's in turn."""
        if self._narrowed is not None:
            self.warn(f"These are the promises behind a figure. {self._back_key} leads back to the figures.")
            return
        all_of = list(Whose)
        self._whose = all_of[(all_of.index(self._whose) + 1) % len(all_of)]
        self._load_latest(keep=False)

    def action_keep_promise(self) -> None:
        """Say that the promise under the cursor was kept."""
        if (line := self._open_line()) is not None:
            self.run_command(self._keep, line)

    def action_break_promise(self) -> None:
        """Say that the promise under the cursor was broken, or agreed anew."""
        if (line := self._open_line()) is not None:
            self.run_command(self._break, line)

    def action_show_rate(self) -> None:
        """Show how many promises were kept."""
        from tuitrack.tui.screens.kept import KeptScreen

        self.app.push_screen(KeptScreen(self.services))

    @property
    def _back_key(self) -> str:
        return self.desk.key_of(Place.ANYWHERE, "leave_screen")

    def _show(self, standing: Standing) -> None:
        self._standing = standing
        self._load_latest(keep=False)

    def _open_line(self) -> PromiseLine | None:
        """The promise under the cursor, if nobody has said yet what became of it."""
        line = self._list.selected
        if line is not None and not line.promise.is_open:
            self.warn(f"This promise is {line.standing.label} already.")
            return None
        return line

    async def _keep(self, line: PromiseLine) -> None:
        settle = partial(self.services.items.settle_promise, line.promise.case_id, line.id, PromiseOutcome.KEPT)
        with self.desk.hold_keys():
            await self.backstage.write(settle)
            await self._show_settled(line, f"Promise kept: {line.promise.what}")

    async def _break(self, line: PromiseLine) -> None:
        from tuitrack.tui.quick_add import settle_form

        # The list may be read again before it is known here what the form stored.
        self._settled = line
        with self.desk.hold_keys():
            file = await self.backstage.read(self.services.casefile.open, line.promise.case_id)
            hours = await self.backstage.read(self.services.why_due.office_hours)
            form = settle_form(self.services, self.backstage, file, line.promise, hours)
            left = self.app.push_screen(form, wait_for_dismiss=True)
        if await left is not None:
            with self.desk.hold_keys():
                await self._show_settled(line, "Stored what became of the promise.")

    async def _show_settled(self, line: PromiseLine, told: str) -> None:
        self._settled = await self.backstage.read(self.services.promises.line, line.promise.case_id, line.id)
        await self._load()
        self.say(told)
