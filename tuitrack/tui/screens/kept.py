"""How many promises were kept, by agent, team or category; every figure opens the promises behind it."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from tuitrack.domain.periods import THIS_MONTH, read_period
from tuitrack.domain.promises import FIGURES, Grouping, KeptLine
from tuitrack.services.bundle import Services
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.desk_screen import DeskScreen, run_latest
from tuitrack.tui.fields import SuggestField
from tuitrack.tui.form import FormScreen
from tuitrack.tui.lines import Line, Tone
from tuitrack.tui.present_promises import kept_blocks, kept_head
from tuitrack.tui.widgets.block_list import BlockList
from tuitrack.tui.widgets.hint_line import HintLine
from tuitrack.tui.widgets.line_view import LineView
from tuitrack.tui.widgets.status_line import StatusLine
from tuitrack.tui.widgets.top_line import TopLine

PERIODS = (THIS_MONTH, "last month", "this week", "last week", "this year", "all")
"""Periods that are offered; any other may be typed."""


class KeptScreen(DeskScreen[None]):
    """Figures of one period; the cursor goes over the lines, and over the figures of a line."""

    PLACE = Place.KEPT
    BINDINGS = bindings(Place.KEPT)
    AUTO_FOCUS = "BlockList"

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._grouping = Grouping.AGENT
        self._period = THIS_MONTH
        self._lines: list[KeptLine] = []
        self._figure = 0

    def compose(self) -> ComposeResult:
        """What is counted, the names of the figures, the figures, the keys, the messages."""
        yield TopLine()
        yield LineView(id="head")
        yield BlockList()
        yield Static(
            "The rate is what was kept of all that was to be kept by now: kept, broken, and still open when overdue.",
            markup=False,
            id="meaning",
        )
        yield HintLine(Place.KEPT)
        yield StatusLine()

    def on_mount(self) -> None:
        """Keep the keys off the names."""
        self.query_one("#head").can_focus = False

    def on_screen_resume(self) -> None:
        """Count what was settled meanwhile as well."""
        self.action_refresh_screen()

    async def show_news(self) -> None:
        """Count again."""
        await self._load()

    def action_refresh_screen(self) -> None:
        """Count again."""
        run_latest(self, "load", self._load)

    def action_next_grouping(self) -> None:
        """Count by agent, team and category in turn."""
        all_of = list(Grouping)
        self._grouping = all_of[(all_of.index(self._grouping) + 1) % len(all_of)]
        self.action_refresh_screen()

    def action_figure_left(self) -> None:
        """Go to the figure before."""
        self._go_to(self._figure - 1)

    def action_figure_right(self) -> None:
        """Go to the next figure."""
        self._go_to(self._figure + 1)

    def action_choose_period(self) -> None:
        """Ask for another period."""
        self.run_command(self._choose_period)

    @on(BlockList.Chosen)
    def _open(self, event: BlockList.Chosen) -> None:
        """List the promises behind the figure under the cursor."""
        from tuitrack.tui.screens.ledger import LedgerScreen

        if isinstance(event.key, int) and self._lines:
            line, standing = self._lines[event.key], FIGURES[self._figure]
            title = f"{line.name}, due {self._period}"
            self.app.push_screen(LedgerScreen(self.services, line.query, title, standing))

    def _go_to(self, figure: int) -> None:
        self._figure = max(0, min(figure, len(FIGURES) - 1))
        self._present()

    async def _load(self) -> None:
        stop, kept = self.services.queue.interrupt, self.services.promises.kept
        with self.desk.hold_keys():
            self._lines = await self.backstage.read_while_wanted(stop, kept, self._grouping, self._period)
            self._present()

    def _present(self) -> None:
        chosen, lines = FIGURES[self._figure], self._lines
        self.query_one(TopLine).show(f"Promises kept, by {self._grouping.label}, due {self._period}")
        head = self.query_one("#head", LineView)
        head.show(lambda width: [Line("  " + kept_head(chosen, width - 2), Tone.QUIET)])
        key = self.desk.key_of(Place.KEPT, "choose_period")
        none = [(-1, [Line(f"No promise was settled or overdue. Press {key} for another period.")])]
        self.query_one(BlockList).show_blocks(lambda width: kept_blocks(lines, chosen, width) if lines else none)

    async def _choose_period(self) -> None:
        now = self.services.desk.now()

        async def save(values: dict[str, Any]) -> str:
            read_period(values["period"], now)
            return str(values["period"]) or THIS_MONTH

        field = SuggestField("period", "Period", suggestions=PERIODS, hint="this month; or 1.11..15.11., >1.10., all")
        form = FormScreen(
            "Promises due in which period?",
            [field],
            save,
            services=self.services,
            backstage=self.backstage,
        )
        if (period := await self.app.push_screen_wait(form)) is not None:
            self._period = period
            await self._load()
