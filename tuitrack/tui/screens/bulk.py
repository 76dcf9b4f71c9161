"""A change of many cases: its rehearsal, its run with a bar that tells how far it is, and what became of each case."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult

from tuitrack.domain.bulk import Fate
from tuitrack.domain.errors import StoreFault
from tuitrack.services.bulk_words import sums
from tuitrack.services.bundle import Services
from tuitrack.services.import_words import progress_bar
from tuitrack.services.steps import Steps, Tally
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.present_bulk import fate_blocks
from tuitrack.tui.undoing import UndoingScreen
from tuitrack.tui.widgets.block_list import BlockList
from tuitrack.tui.widgets.hint_line import HintLine
from tuitrack.tui.widgets.status_line import StatusLine
from tuitrack.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from tuitrack.services.undo import RunReversal

_BEFORE, _AFTERWARDS = ("undo_change",), ("run_bulk",)
"""The commands that the keys below do not name before the run is over, and from then on."""


class BulkScreen(UndoingScreen[str | None]):
    """Shows what becomes of each case; it answers with what was done, None where nothing was tried."""

    PLACE = Place.BULK
    BINDINGS = bindings(Place.BULK)

    def __init__(
        self,
        services: Services,
        what: str,
        first: Steps[Any],
        run: Callable[[Sequence[Fate]], Steps[Any]] | None = None,
        *,
        then: str,
    ) -> None:
        """`what` names the change, and `then` is what is to be said of it once it is made, after the sums.

        With `run`, `first` is the rehearsal whose answers it is given.
        """
        super().__init__(services)
        self._what = what
        self._first = first
        self._run = run
        self._then = then
        self._under_way: Steps[Any] | None = first
        self._stopping = False
        self._tally = Tally()
        self._told: str | None = None

    def compose(self) -> ComposeResult:
        """The sums, the cases, the keys, the messages."""
        yield TopLine()
        yield BlockList()
        yield HintLine(Place.BULK, _BEFORE)
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
            self._run, self._told = None, f"{told[:1].upper()}{told[1:]}. {self._then}".rstrip()
            self.query_one(HintLine).show(Place.BULK, _AFTERWARDS)
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
        if self._is_busy():
            return
        if self._run is None:
            self.warn("That is done already.")
        elif not self._tally.changed:
            self.warn("No case would change.")
        else:
            self._under_way = self._run(self._tally.fates)
            self.run_command(self._go, self._under_way)

    def action_undo_change(self) -> None:
        """Take back what the agent changed last, which is the run, once there is one."""
        if self._is_made():
            super().action_undo_change()

    def action_redo_change(self) -> None:
        """Do again what the agent undid last, once there is a run."""
        if self._is_made():
            super().action_redo_change()

    def reverse_run(self, run: RunReversal, next_key: str) -> Awaitable[str | None]:
        """Take a run back or do it again in place of what the screen shows."""
        self._what, self._then, self._tally, self._under_way = run.what, "", Tally(), run
        self._stopping = False
        return self._reversed(run, next_key)

    async def _reversed(self, run: RunReversal, next_key: str) -> str:
        await self._go(run)
        return f"{self._told} {next_key}"

    async def reload(self, told: str = "") -> None:
        """Tell what was done; what the list tells of the run stays."""
        self.say(told)

    def action_stop_bulk(self) -> None:
        """Stop after the cases at hand, or go back."""
        if self._under_way is None:
            self.dismiss(self._told)
        else:
            self._stopping = True

    def action_leave_screen(self) -> None:
        """Go back, once nothing is under way."""
        if not self._is_busy():
            self.dismiss(self._told)

    def _is_made(self) -> bool:
        """Whether a run is over; where it is not, the person is told."""
        if self._is_busy():
            return False
        if self._told is None:
            self.warn("Nothing is changed yet.")
        return self._told is not None

    def _is_busy(self) -> bool:
        """Whether something is under way, of which the person is told."""
        if self._under_way is None:
            return False
        self.warn(f"{self._under_way.doing} goes on; {self._stop_key} stops it.")
        return True

    @property
    def _stop_key(self) -> str:
        return self.desk.key_of(Place.BULK, "stop_bulk")
