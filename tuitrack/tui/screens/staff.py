"""Agents and their work: who has how much to do and who is away; every figure opens its cases in the queue."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from tuitrack.domain.people import Agent
from tuitrack.domain.permissions import Right
from tuitrack.services.bundle import Services
from tuitrack.services.staff import span_words
from tuitrack.services.workload import Figure, WorkLine, Workload
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.desk_screen import DeskScreen, run_latest
from tuitrack.tui.lines import Line, Tone
from tuitrack.tui.present_staff import draft_label, staff_blocks, staff_head
from tuitrack.tui.widgets.block_list import BlockList
from tuitrack.tui.widgets.hint_line import HintLine
from tuitrack.tui.widgets.line_view import LineView
from tuitrack.tui.widgets.status_line import StatusLine
from tuitrack.tui.widgets.top_line import TopLine


class StaffScreen(DeskScreen[str | None]):
    """The cursor goes over the lines and over the figures of a line; answers with the query behind a figure."""

    PLACE = Place.STAFF
    BINDINGS = bindings(Place.STAFF)
    AUTO_FOCUS = "BlockList"

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._work = Workload((), ())
        self._is_by_team = False
        self._figure: Figure | None = Figure.OPEN
        # None is what is half typed, which no query finds.

    def compose(self) -> ComposeResult:
        """What is counted, the names of the figures, the figures, the keys, the messages."""
        yield TopLine()
        yield LineView(id="head")
        yield BlockList()
        yield HintLine(Place.STAFF)
        yield StatusLine()

    def on_mount(self) -> None:
        """Keep the keys off the names."""
        head = self.query_one("#head", LineView)
        head.can_focus = False
        head.show(lambda width: [Line("  " + staff_head(width - 2), Tone.QUIET)])

    def on_screen_resume(self) -> None:
        """Count what was changed meanwhile as well."""
        self.action_refresh_screen()

    @property
    def _lines(self) -> tuple[WorkLine, ...]:
        return self._work.by_team if self._is_by_team else self._work.by_agent

    @property
    def _line(self) -> WorkLine | None:
        """The line under the cursor."""
        chosen = self.query_one(BlockList).chosen
        return self._lines[chosen] if isinstance(chosen, int) and chosen < len(self._lines) else None

    @property
    def _agents(self) -> list[Agent]:
        return [line.agent for line in self._work.by_agent if line.agent]

    async def show_news(self) -> None:
        """Count again."""
        await self._load()

    def action_refresh_screen(self) -> None:
        """Count again."""
        run_latest(self, "load", self._load)

    def action_next_grouping(self) -> None:
        """Show teams, or agents again."""
        self._is_by_team = not self._is_by_team
        self._present()

    def action_figure_left(self) -> None:
        """Go to the figure before."""
        self._go(-1)

    def action_figure_right(self) -> None:
        """Go to the next figure."""
        self._go(1)

    def action_add_agent(self) -> None:
        """Let somebody join the desk."""
        self.run_command(self._edit, None)

    def action_edit_agent(self) -> None:
        """Change name, role, team, languages, or whether the agent works here."""
        if agent := self._agent():
            self.run_command(self._edit, agent)

    def action_plan_absence(self) -> None:
        """Enter when the agent is away, or change what was entered."""
        if agent := self._agent():
            self.run_command(self._plan, agent)

    def action_end_absence(self) -> None:
        """Take the absence that is on, or the next one, back."""
        if self._agent():
            self.run_command(self._end)

    def action_show_keys(self) -> None:
        """List the keys with which the agent logs in from afar."""
        from tuitrack.tui.screens.agent_keys import AgentKeysScreen

        if agent := self._agent():
            self.app.push_screen(AgentKeysScreen(self.services, agent))

    @on(BlockList.Chosen)
    def _open(self) -> None:
        if (line := self._line) is None:
            return
        if self._figure is None:
            self.run_command(self._show_drafts, line)
        else:
            self.dismiss(line.query_of(self._figure))

    async def _show_drafts(self, line: WorkLine) -> None:
        """List what the agents of a line left half typed; its case opens."""
        from tuitrack.tui.screens.pick import PickScreen

        with self.desk.hold_keys():
            found = await self.backstage.read(self.services.drafts.of_everybody)
        left = [one for one in found if one.agent in line.handles]
        if not left:
            self.say(f"{line.name}: nothing is half typed.")
            return
        zone = self.services.desk.zone
        options = [(f"{number}", draft_label(one, zone)) for number, one in enumerate(left)]
        chosen = await self.app.push_screen_wait(PickScreen(f"Half typed: {line.name}", options, "0"))
        if chosen is None:
            return
        case_id = left[int(chosen)].case_id
        if case_id is None:
            self.say("That belongs to no case yet.")
        else:
            await self.desk.open_case(case_id)

    def _agent(self) -> Agent | None:
        """The agent under the cursor; says so where there is none."""
        line = self._line
        if line is None or line.agent is None:
            self.warn("Go to the line of an agent first.")
            return None
        return line.agent

    def _go(self, step: int) -> None:
        known = [*Figure, None]
        self._figure = known[max(0, min(known.index(self._figure) + step, len(known) - 1))]
        self._present()

    async def _load(self) -> None:
        services = self.services
        with self.desk.hold_keys():
            self._work = await self.backstage.read_while_wanted(services.queue.interrupt, services.workload.now)
            self._present()

    def _present(self) -> None:
        lines, figure, today = self._lines, self._figure, self.services.desk.today()
        told = "teams" if self._is_by_team else "agents"
        behind = f"the cases behind [{figure.value}]" if figure else "who typed what behind [drafts]"
        self.query_one(TopLine).show(f"Open work by {told}: Enter lists {behind}")
        self.query_one(BlockList).show_blocks(lambda width: staff_blocks(lines, figure, today, width))

    async def _edit(self, agent: Agent | None) -> None:
        from tuitrack.tui.staff_forms import agent_form

        form = agent_form(self.services, self.backstage, self._agents, agent)
        if (stored := await self.app.push_screen_wait(form)) is not None:
            self.say(f"Stored: {stored.name}, {stored.handle}.")

    async def _plan(self, agent: Agent) -> None:
        from tuitrack.tui.staff_forms import absence_form

        if not await self._may_plan(agent):
            return
        absence = self._line.absence if self._line else None
        form = absence_form(self.services, self.backstage, self._agents, agent, absence)
        if (stored := await self.app.push_screen_wait(form)) is not None:
            self.say(f"{agent.name} is away {span_words(stored)}.")

    async def _end(self) -> None:
        absence = self._line.absence if self._line else None
        if absence is None:
            self.warn("No absence is entered for this agent.")
            return
        with self.desk.hold_keys():
            told = await self.backstage.write(self.services.staff.end_absence, absence)
            await self._load()
        self.say(told)

    async def _may_plan(self, agent: Agent) -> bool:
        """Whether the person at work may plan an agent's absences; says who may before anything is typed."""
        if agent.handle == self.services.desk.agent:
            return True
        with self.desk.hold_keys():
            refusal = await self.backstage.write(self.services.rights.refusal, Right.PLAN_ABSENCES)
        if refusal:
            self.warn(refusal)
        return not refusal
