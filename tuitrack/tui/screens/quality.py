"""The quality report of a period; every number that counts something opens the list behind it."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from time import monotonic
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from tuitrack.domain.periods import THIS_MONTH
from tuitrack.domain.promises import LedgerQuery
from tuitrack.domain.quality.days import Days
from tuitrack.domain.quality.report import Report, Row, Table, Topic
from tuitrack.services.bundle import Services
from tuitrack.services.import_words import progress_bar
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.desk_screen import DeskScreen, run_latest
from tuitrack.tui.fields import SuggestField, TextField
from tuitrack.tui.form import FormScreen
from tuitrack.tui.lines import Line, Tone
from tuitrack.tui.present_quality import head_line, note_text, nothing_blocks, period_line, row_blocks, title_line
from tuitrack.tui.widgets.block_list import BlockList
from tuitrack.tui.widgets.hint_line import HintLine
from tuitrack.tui.widgets.line_view import LineView
from tuitrack.tui.widgets.status_line import StatusLine
from tuitrack.tui.widgets.top_line import TopLine

PERIODS = (THIS_MONTH, "last month", "this week", "last week", "this quarter", "last quarter", "this year")
"""Periods that are offered; any other may be typed."""
KEYS_HELD_S = 1.0
"""Keys typed ahead wait for a report that is counted so soon; a longer count can be left."""


@dataclass(frozen=True, slots=True)
class NumberChosen:
    """A number of a report, to which it comes back when the report is opened again."""

    report: Report
    topic: Topic
    row: str
    """The id of its row."""
    column: int
    query: str
    """The query of the cases that it counts."""


class QualityScreen(DeskScreen[NumberChosen | None]):
    """Shows one table of a report; answers with the number whose cases are to be listed."""

    PLACE = Place.QUALITY
    BY_DIGIT: ClassVar[list[BindingType]] = [
        Binding(str(number), f"show_topic('{topic.value}')", show=False) for number, topic in enumerate(Topic, 1)
    ]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.QUALITY), *BY_DIGIT]
    AUTO_FOCUS = "BlockList"

    def __init__(self, services: Services, at: NumberChosen | None = None) -> None:
        super().__init__(services)
        self._report = at.report if at else None
        self._topic = at.topic if at else Topic.MEASURES
        self._column = at.column if at else 0
        self._row = at.row if at else None
        self._days: Days | None = at.report.days if at else None

    def compose(self) -> ComposeResult:
        """The days, the tables, the names of the numbers, the numbers, what they are of, the keys, the messages."""
        yield TopLine(id="period")
        yield TopLine(id="topics")
        yield LineView(id="head")
        yield BlockList()
        yield Static("", markup=False, id="note")
        yield HintLine(self.PLACE)
        yield StatusLine()

    def on_mount(self) -> None:
        """Count, or show again what was counted before."""
        self.query_one("#head").can_focus = False
        if self._report is None:
            self.action_refresh_screen()
        else:
            self._present()

    def action_refresh_screen(self) -> None:
        """Count again."""
        run_latest(self, "load", self._load)

    def action_next_topic(self) -> None:
        """Show the next table."""
        topics = list(Topic)
        self.action_show_topic(topics[(topics.index(self._topic) + 1) % len(topics)])

    def action_show_topic(self, topic: str) -> None:
        """Show one table; the cursor goes to its first number."""
        self._topic, self._column = Topic(topic), 0
        self._row = next((row.id for row in self._table.rows), None) if self._table else None
        self._present()

    def action_figure_left(self) -> None:
        """Go to the number before."""
        self._go_to(self._column - 1)

    def action_figure_right(self) -> None:
        """Go to the next number."""
        self._go_to(self._column + 1)

    def action_period_earlier(self) -> None:
        """Report on the period before."""
        self._shift(-1)

    def action_period_later(self) -> None:
        """Report on the period after."""
        self._shift(1)

    def action_choose_period(self) -> None:
        """Ask for another period."""
        self.run_command(self._choose_period)

    def action_set_target(self) -> None:
        """Ask for the target of the measure under the cursor."""
        row = self._row_chosen
        if self._topic is not Topic.MEASURES or row is None or row.numbers[0].of is None:
            self.warn("Go to a measure that is a share first; only these have targets.")
        else:
            self.run_command(self._set_target, row)

    @property
    def _table(self) -> Table | None:
        return self._report.table(self._topic) if self._report else None

    @property
    def _row_chosen(self) -> Row | None:
        """The row under the cursor."""
        chosen = self.query_one(BlockList).chosen
        return next((row for row in self._table.rows if row.id == chosen), None) if self._table else None

    @on(BlockList.Chosen)
    def _open(self) -> None:
        """List what the number under the cursor counts."""
        row = self._row_chosen
        number = row.numbers[min(self._column, len(row.numbers) - 1)] if row else None
        if self._report is None or row is None or number is None:
            return
        if isinstance(number.lists, LedgerQuery):
            from tuitrack.tui.screens.ledger import LedgerScreen

            title = f"{row.label}, {self._report.days.label}"
            self.app.push_screen(LedgerScreen(self.services, number.lists, title, number.lists.standing))
        elif number.lists is None:
            self.warn("This is worked out of other numbers; those that count cases open their list.")
        else:
            self.dismiss(NumberChosen(self._report, self._topic, row.id, self._column, number.lists))

    def _go_to(self, column: int) -> None:
        if self._table is not None:
            self._column = max(0, min(column, len(self._table.columns) - 1))
            self._present()

    def _shift(self, times: int) -> None:
        if self._days is None:
            return
        days = self._days.shifted(times)
        if times > 0 and days.first > self.services.desk.today():
            self.warn("No later period has begun yet.")
            return
        self._days = days
        self.action_refresh_screen()

    async def _load(self) -> None:
        ask, service, stop = self.backstage.read_while_wanted, self.services.quality, self.services.queue.interrupt
        with ExitStack() as held:
            held.enter_context(self.desk.hold_keys())
            begun = monotonic()
            if self._days is None:
                self._days = await self.backstage.read(service.days, THIS_MONTH)
            days = self._days
            counting = await self.backstage.read(service.counting, days)
            while (share := await ask(stop, counting.step)) < 1:
                self.query_one("#period", TopLine).show(f"Counting {days.label} {progress_bar(share)}")
                if monotonic() - begun > KEYS_HELD_S:
                    held.close()
            self._report = await ask(stop, counting.report)
            self._present()

    def _present(self) -> None:
        table, column = self._table, self._column
        self.query_one("#topics", TopLine).show(title_line(self._topic))
        if self._report is None or table is None:
            return
        column = min(column, len(table.columns) - 1)
        nothing = nothing_blocks(self.desk.key_of)
        self.query_one("#period", TopLine).show(period_line(self._report))
        head = self.query_one("#head", LineView)
        head.show(lambda width: [Line("  " + head_line(table, column, width - 2), Tone.QUIET)])
        self.query_one(BlockList).show_blocks(
            lambda width: row_blocks(table, column, width) if table.rows else nothing, self._row
        )
        self._row = None
        self.query_one("#note", Static).update(note_text(table))

    async def _choose_period(self) -> None:
        async def save(values: dict[str, Any]) -> Days:
            return await self.backstage.read(self.services.quality.days, values["period"])

        field = SuggestField(
            "period", "Period", suggestions=PERIODS, hint="this month; or 2026-10, last quarter, 1.11..15.11., >1.10."
        )
        form = FormScreen("A report of which period?", [field], save, services=self.services, backstage=self.backstage)
        if (days := await self.app.push_screen_wait(form)) is not None:
            self._days = days
            self.action_refresh_screen()

    async def _set_target(self, row: Row) -> None:
        async def save(values: dict[str, Any]) -> str:
            return await self.backstage.write(self.services.quality.set_target, row.id, values["target"])

        field = TextField("target", "Target in percent", hint="a whole number from 0 to 100, or none")
        form = FormScreen(f"Target: {row.label}", [field], save, services=self.services, backstage=self.backstage)
        if (told := await self.app.push_screen_wait(form)) is not None:
            self.say(told)
            self.action_refresh_screen()
