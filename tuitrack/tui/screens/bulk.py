"""A change of many cases: its rehearsal, its run with a bar that tells how far it is, and what became of each case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult

from tuitrack.domain.bulk import Fate
from tuitrack.domain.errors import StoreFault
from tuitrack.services.bulk_words import sums
from tuitrack.services.bundle import Services
from tuitrack.services.import_words import progress_bar
from tuitrack.services.steps import Steps, Tally
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.desk_screen import DeskScreen
from tuitrack.tui.present_bulk import fate_blocks
from tuitrack.tui.widgets.block_list import BlockList
from tuitrack.tui.widgets.hint_line import HintLine
from tuitrack.tui.widgets.status_line import StatusLine
from tuitrack.tui.widgets.top_line import TopLine


class BulkScreen(DeskScreen[str | None]):
    """Shows what becomes of each case; it answers with what was done, None where nothing was tried."""

    PLACE = Place.BULK
    BINDINGS = bindings(Place.BULK)

    def __init__(
        self,
        services: Services,
        what: str,
        first: Steps[Any],
        run: Callable[[Sequence[Fate]], Steps[Any]] | None = None,
    ) -> None:
        """`what` names the change. With `run`, `first` is the rehearsal whose answers it is given."""
        super().__init__(services)
        self._what = what
        self._first = first
        self._run = run
        self._under_way: Steps[Any] | None = first
        self._stopping = False
        self._tally = Tally()
        self._told: str | None = None

    def compose(self) -> ComposeResult:
        """The sums, the cases, the keys, the messages."""
        yield TopLine()
        yield BlockList()
        yield HintLine(Place.BULK)
        yield StatusLine()

    def on_mount(self) -> None:
        """Begin with the rehearsal, or with what needs none."""
        self.query_one(BlockList).focus()
        self.run_command(self._go, self._first)

    async def _go(self, steps: Steps[Any]) -> None:
        """Work through all cases unless that is stopped, which it is too where nothing can be stored."""
        tally = Tally(fate for fate in self._tally.fates if fate.reason)
        before = tally.count
        try:
            self._tell_progress(steps, 0)
            while not self._stopping and (some := await self.backstage.write(steps.step)):
                tally.add(some)
                self._tell_progress(steps, tally.count - before)
        except StoreFault as fault:
            self.warn(fault.sentence)
        finally:
            self._under_way = None
        if self._stopping and self._is_rehearsed(steps):
            self.dismiss(None)
            return
        self._show(tally, steps, untried=max(steps.total - (tally.count - before), 0))

    def _tell_progress(self, steps: Steps[Any], done: int) -> None:
        share = min(done / steps.total, 1.0) if steps.total else 1.0
        self.query_one(TopLine).show(f"{steps.doing} {progress_bar(share)}  {done:,} of {steps.total:,}")

    def _show(self, tally: Tally, steps: Steps[Any], untried: int) -> None:
        self._tally = tally
        told = sums(tally, steps.done, untried, steps.remark())
        if self._is_rehearsed(steps):
            heading = f"{told} · {self._what} · nothing is stored yet"
        else:
            self._run, self._told = None, f"{told[:1].upper()}{told[1:]}."
            heading = f"{told} · {self._what}"
        self.query_one(TopLine).show(heading)
        self.query_one(BlockList).show_blocks(lambda width: fate_blocks(tally, untried, width))

    def _is_rehearsed(self, steps: Steps[Any]) -> bool:
        """Whether these steps store nothing."""
        return self._run is not None and steps is self._first

    @on(BlockList.Chosen)
    def _open(self, event: BlockList.Chosen) -> None:
        if isinstance(event.key, int) and event.key > 0:
            self.run_command(self.desk.open_case, event.key)

    def action_run_bulk(self) -> None:
        """Change the cases that would change."""
        if self._under_way is not None:
            self.warn(f"{self._under_way.doing} goes on; {self._stop_key} stops it.")
        elif self._run is None:
            self.warn("That is done already.")
        elif not self._tally.changed:
            self.warn("No case would change.")
        else:
            self._under_way = self._run(self._tally.fates)
            self.run_command(self._go, self._under_way)

    def action_stop_bulk(self) -> None:
        """Stop after the cases at hand, or go back."""
        if self._under_way is None:
            self.dismiss(self._told)
        else:
            self._stopping = True

    def action_leave_screen(self) -> None:
        """Go back, once nothing is under way."""
        if self._under_way is None:
            self.dismiss(self._told)
        else:
            self.warn(f"{self._under_way.doing} goes on; {self._stop_key} stops it.")

    @property
    def _stop_key(self) -> str:
        return self.desk.key_of(Place.BULK, "stop_bulk")
