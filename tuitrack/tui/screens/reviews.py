"""The agenda of reviews and their results, with open loops and causes that came again; each number opens its list."""

from __future__ import annotations

from collections.abc import Hashable

from textual import on
from textual.app import ComposeResult

from tuitrack.domain.errors import Refusal
from tuitrack.domain.reviews import Review, ReviewPlan
from tuitrack.services.bundle import Services
from tuitrack.services.reviews import Agenda
from tuitrack.services.samples import SampleFile
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.desk_screen import DeskScreen
from tuitrack.tui.lines import Line
from tuitrack.tui.present_reviews import agenda_blocks, agenda_title, review_lines
from tuitrack.tui.screens.reader import ReaderScreen
from tuitrack.tui.widgets.block_list import BlockList
from tuitrack.tui.widgets.hint_line import HintLine
from tuitrack.tui.widgets.status_line import StatusLine
from tuitrack.tui.widgets.top_line import TopLine


class ReviewsScreen(DeskScreen[str | None]):
    """Shows the agenda as last read; answers with the query of what is to be listed."""

    PLACE = Place.REVIEWS
    BINDINGS = bindings(Place.REVIEWS)

    def __init__(self, services: Services, agenda: Agenda) -> None:
        super().__init__(services)
        self._agenda = agenda

    def compose(self) -> ComposeResult:
        """How many are due, the agenda, the keys, the messages."""
        yield TopLine()
        yield BlockList()
        yield HintLine(Place.REVIEWS)
        yield StatusLine()

    def on_mount(self) -> None:
        """Begin at the review that is due first."""
        first = next((f"plan {line.plan.id}" for line in self._agenda.plans), None)
        self._present(first)
        self.query_one(BlockList).focus()

    async def _reload(self, told: str) -> None:
        with self.desk.hold_keys():
            self._agenda = await self.backstage.read(self.services.reviews.agenda)
            self._present()
        if told:
            self.say(told)

    def _present(self, mark: str | None = None) -> None:
        self.query_one(TopLine).show(agenda_title(self._agenda, self.services.desk.today()))
        self.query_one(BlockList).show_blocks(self._blocks, mark)

    def _blocks(self, width: int) -> list[tuple[Hashable, list[Line]]]:
        return agenda_blocks(self._agenda, self.services.desk.today(), width, self.desk.key_of)

    @property
    def _chosen(self) -> str:
        return str(self.query_one(BlockList).chosen)

    @property
    def _plan(self) -> ReviewPlan:
        """The plan under the cursor; raises Refusal where something else is there."""
        for line in self._agenda.plans:
            if self._chosen == f"plan {line.plan.id}":
                return line.plan
        raise Refusal("Review: go to a planned one first.")

    @property
    def _result(self) -> Review:
        """The result under the cursor; raises Refusal where something else is there."""
        for review in self._agenda.results:
            if self._chosen == f"result {review.id}":
                return review
        raise Refusal("Review: go to a result first.")

    @on(BlockList.Chosen)
    def _open(self) -> None:
        self.run_command(self._open_chosen)

    async def _open_chosen(self) -> None:
        kind, _, rest = self._chosen.partition(" ")
        if kind == "list":
            self.dismiss(rest)
        elif kind == "result":
            review, now = self._result, self.services.desk.now()
            day = (review.plan_id, review.due_on)
            drawn = [one for one in self._agenda.samples if (one.sample.plan_id, one.sample.due_on) == day]
            self.app.push_screen(ReaderScreen(review.name, lambda width: review_lines(review, drawn, now, width)))
        elif kind == "sample":
            await self._show_sample(next(one for one in self._agenda.samples if one.sample.id == int(rest)))
        elif kind == "plan":
            await self._hold()

    def action_plan_review(self) -> None:
        """Plan a review."""
        self.run_command(self._edit, None)

    def action_edit_plan(self) -> None:
        """Change how the review under the cursor is planned."""
        self.run_command(self._edit_marked)

    def action_hold_review(self) -> None:
        """Say whether the review under the cursor was held."""
        self.run_command(self._hold)

    def action_draw_sample(self) -> None:
        """Draw closed cases by chance for the review under the cursor."""
        self.run_command(self._draw)

    def action_check_review(self) -> None:
        """Check the result under the cursor as a second person."""
        self.run_command(self._check)

    def action_take_review_back(self) -> None:
        """Take the result under the cursor back."""
        self.run_command(self._take_back)

    def action_refresh_screen(self) -> None:
        """Read the agenda again."""
        self.run_command(self._reload, "Read again.")

    async def _edit_marked(self) -> None:
        await self._edit(self._plan)

    async def _edit(self, plan: ReviewPlan | None) -> None:
        from tuitrack.tui.review_forms import plan_form

        with self.desk.hold_keys():
            reviewers = await self.backstage.read(self.services.reviews.reviewers)
            form = plan_form(self.services, self.backstage, reviewers, plan)
            left = self.app.push_screen(form, wait_for_dismiss=True)
        if (planned := await left) is not None:
            await self._reload(f"Planned: {planned.name}.")

    async def _hold(self) -> None:
        from tuitrack.tui.review_forms import hold_form

        plan = self._plan
        with self.desk.hold_keys():
            proposal = await self.backstage.read(self.services.reviews.proposal, plan.id)
            form = hold_form(self.services, self.backstage, plan, proposal)
            left = self.app.push_screen(form, wait_for_dismiss=True)
        if await left is not None:
            await self._reload(f"Stored: {plan.name}. Somebody else has to check it.")

    async def _draw(self) -> None:
        from tuitrack.tui.review_forms import sample_form

        drawn = await self.app.push_screen_wait(sample_form(self.services, self.backstage, self._plan))
        if drawn is not None:
            await self._show_sample(drawn)

    async def _show_sample(self, file: SampleFile) -> None:
        from tuitrack.tui.screens.sample import SampleScreen

        with self.desk.hold_keys():
            left = self.app.push_screen(SampleScreen(self.services, file), wait_for_dismiss=True)
        await left
        await self._reload("")

    async def _check(self) -> None:
        from tuitrack.tui.review_forms import check_form

        review = self._result
        if await self.app.push_screen_wait(check_form(self.services, self.backstage, review)) is not None:
            await self._reload(f"Checked: {review.name}.")

    async def _take_back(self) -> None:
        with self.desk.hold_keys():
            review = self._result
            await self.backstage.write(self.services.reviews.take_back, review.id)
            await self._reload(f"Taken back: {review.name}.")
