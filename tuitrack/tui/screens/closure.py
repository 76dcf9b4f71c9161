"""Closing a case in five steps; each is stored when it is left, so that anybody can go on where it was left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from tuitrack.domain.closure import Blocker, Step
from tuitrack.domain.errors import Blocked, Conflict, Refusal
from tuitrack.domain.timeline import Action, Call, Promise
from tuitrack.domain.words import CallPurpose, CallResult, Direction
from tuitrack.services.bundle import Services
from tuitrack.services.casefile import CaseFile
from tuitrack.tui import quick_add
from tuitrack.tui.backstage import Backstage
from tuitrack.tui.case_forms import SeenCase
from tuitrack.tui.closure_steps import STEPS, first_unfinished
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.contest import Contest
from tuitrack.tui.desk_screen import DeskScreen
from tuitrack.tui.draft_keeper import DraftKeeper
from tuitrack.tui.form import FormScreen
from tuitrack.tui.present_case import dates_text, title_text
from tuitrack.tui.remedy_forms import remedy_form
from tuitrack.tui.screens.confirm import ConfirmScreen
from tuitrack.tui.widgets.block_list import BlockList
from tuitrack.tui.widgets.closing_step import ClosingStep
from tuitrack.tui.widgets.form_body import FormBody
from tuitrack.tui.widgets.hint_line import HintLine
from tuitrack.tui.widgets.status_line import StatusLine
from tuitrack.tui.widgets.top_line import TopLine


class ClosureScreen(DeskScreen[bool]):
    """Leads through the steps of closing; answers whether the case was closed."""

    PLACE = Place.CLOSURE
    BINDINGS = bindings(Place.CLOSURE)

    def __init__(self, services: Services, file: CaseFile) -> None:
        super().__init__(services)
        self.file = file
        self._causes: list[str] = []

    def compose(self) -> ComposeResult:
        """Which case, which step, the step itself, the keys, the messages."""
        yield TopLine(f"Closing {title_text(self.file)}")
        yield Vertical(id="step")
        yield HintLine(Place.CLOSURE)
        yield StatusLine()

    def on_mount(self) -> None:
        """Begin with the first step that is not finished."""
        self._seen = SeenCase(self.services, self.backstage, self.file.case)
        self.run_command(self._begin)

    @property
    def shown(self) -> ClosingStep:
        """The step as it is shown."""
        return self.query_one(ClosingStep)

    @property
    def step(self) -> Step:
        """The step one is in."""
        return self.shown.step

    @property
    def body(self) -> FormBody:
        """The fields of the step."""
        return self.shown.body

    async def keep_draft(self) -> None:
        """Keep what is typed in the step, because the program may end now."""
        for body in self.query(FormBody):
            await body.keep_draft()

    def action_finish_step(self) -> None:
        """Store the step and go to the next; in the last one, close."""
        self.run_command(self._close if self.step is Step.REVIEW else self._finish)

    def action_step_back(self) -> None:
        """Go to the step before."""
        self.run_command(self._leave_for, STEPS[max(STEPS.index(self.step) - 1, 0)])

    def action_show_review(self) -> None:
        """Go to the last step."""
        self.run_command(self._leave_for, Step.REVIEW)

    def action_add_to_step(self) -> None:
        """Add what the step lists."""
        adding: dict[Step, Callable[[Services, Backstage, CaseFile], FormScreen[Any]]] = {
            Step.CAUSE: quick_add.action_form,
            Step.CONFIRMATION: partial(quick_add.call_form, direction=Direction.OUTBOUND, purpose=CallPurpose.VERIFY),
        }
        if self.step is Step.RESOLUTION:
            self.run_command(self._add_remedy)
        elif self.step in adding:
            self.run_command(self._add, adding[self.step](self.services, self.backstage, self.file))
        else:
            self.say("This step lists nothing to add to.")

    def action_swap_draft(self) -> None:
        """Put what was typed in the step aside, or bring it back."""
        self.body.swap_draft()

    def action_leave_closing(self) -> None:
        """Leave; what was typed stays as a draft."""
        self.run_command(self._leave)

    action_leave_screen = action_leave_closing

    @on(FormBody.Submitted)
    def take_enter(self) -> None:
        """Enter in the last field of a step goes on; the review closes by its own key alone."""
        if self.step is not Step.REVIEW:
            self.action_finish_step()

    @on(FormBody.Edited)
    def follow_review(self) -> None:
        """What blocks depends on the outcome and the note of the review."""
        if self.step is Step.REVIEW:
            self.shown.present()

    @on(BlockList.Chosen)
    def mend(self, event: BlockList.Chosen) -> None:
        """Go to where the chosen blocker or fact is mended."""
        match event.key:
            case ("blocker", int(number)):
                self.run_command(self._mend, self.shown.found[number])
            case ("fact", int(number)):
                self.run_command(self._leave_for, STEPS[number])

    async def _begin(self) -> None:
        with self.opening():
            self._causes = await self.backstage.read(self.services.closure.causes)
            await self._show(first_unfinished(self.file.closing_facts))

    async def _show(self, step: Step, field: str = "", texts: Mapping[str, str] | None = None) -> None:
        """Show a step of the case as it is stored, with what was typed into it and not stored."""
        desk, case_id = self.services.desk, self.file.case.id
        self.file = await self.backstage.read(self.services.casefile.open, case_id)
        self._seen.case = self.file.case
        keeper = DraftKeeper(self.services.drafts, self.backstage, f"closure:{case_id}:{step}")
        place = self.query_one("#step", Vertical)
        # One picture, of the next step; none of the empty place between the two.
        with self.app.batch_update():
            await place.remove_children()
            await place.mount(ClosingStep(self.file, step, desk, keeper, self._causes, focus=field, texts=texts))

    async def _store(self) -> None:
        """Store the step one is in; raises Refusal. The review is stored by closing alone."""
        closure = self.services.closure
        save = {
            Step.RESOLUTION: closure.save_resolution,
            Step.DECISION: closure.save_decision,
            Step.CAUSE: closure.save_cause,
            Step.CONFIRMATION: closure.save_confirmation,
        }[self.step]
        given = {name: value for name, value in self.body.values().items() if value is not None}
        await self._seen.write(save, given)
        await self.body.forget_draft()

    async def _finish(self) -> None:
        with self.desk.hold_keys():
            try:
                await self._store()
            except Conflict as conflict:
                contest = Contest(self, self.body, self.services, conflict)
                asked = contest.ask()
            except Refusal as refusal:
                self.body.refuse(refusal)
                return
            else:
                await self._show(STEPS[STEPS.index(self.step) + 1])
                return
        if asked is not None and await contest.settle(await asked):
            await self._finish()

    async def _leave_for(self, step: Step, field: str = "") -> None:
        """Store what was typed and go to another step; what is refused is kept as a draft."""
        with self.desk.hold_keys():
            try:
                if self.step is Step.REVIEW:
                    await self.body.keep_draft()
                elif self.body.typed:
                    await self._store()
            except Refusal as refusal:
                await self.body.keep_draft()
                self.warn(f"Kept as a draft, not stored. {refusal.sentence}")
            await self._show(step, field)

    async def _add_remedy(self) -> None:
        with self.desk.hold_keys():
            guidance = await self.backstage.read(self.services.offers.guidance, self.file.case.id)
        await self._add(remedy_form(self.services, self.backstage, self.file, guidance))

    async def _add(self, form: FormScreen[Any]) -> None:
        added = await self.app.push_screen_wait(form)
        if added is None:
            return
        with self.desk.hold_keys():
            texts = self.body.typed
            if isinstance(added, Call) and added.result is CallResult.REACHED:
                texts = {"confirming_call_id": str(added.id), **texts}
            await self._show(self.step, texts=texts)

    async def _mend(self, blocker: Blocker) -> None:
        """Go to the field of a blocker, or to the form that settles the promise or action it names."""
        known = {("promise", p.id): p for p in self.file.promises} | {("action", a.id): a for a in self.file.actions}
        match known.get((blocker.field, blocker.record_id or 0)):
            case Promise() as promise:
                await self._add(quick_add.settle_form(self.services, self.backstage, self.file, promise))
            case Action() as action:
                await self._add(quick_add.done_form(self.services, self.backstage, self.file, action))
            case None if blocker.step is self.step:
                self.body.focus_field(blocker.field)
            case None:
                await self._leave_for(blocker.step, blocker.field)

    async def _close(self) -> None:
        try:
            values = self.body.values()
        except Refusal as refusal:
            self.body.refuse(refusal)
            return
        if self.shown.found:
            self.warn(f"The case cannot close yet: {self.shown.found[0].sentence}")
            self.query_one("#review").focus()
            return
        question = f"Close {self.file.case.reference} as {values['outcome'].label}? {dates_text(self.file.case)}."
        if await self.app.push_screen_wait(ConfirmScreen(question, "Close the case", "Not yet")):
            await self._close_now(values)

    async def _close_now(self, values: dict[str, Any]) -> None:
        with self.desk.hold_keys():
            try:
                await self._seen.write(self.services.closure.close, values)
            except (Blocked, Conflict) as refused:
                await self._show(Step.REVIEW, texts=self.body.texts)
                self.warn(refused.sentence)
            except Refusal as refusal:
                self.body.refuse(refusal)
            else:
                await self.body.forget_draft()
                self.dismiss(True)

    async def _leave(self) -> None:
        with self.desk.hold_keys():
            kept = await self.body.keep_draft()
            self.dismiss(False)
        if kept:
            key = self.desk.key_of(Place.CASE, "close_case")
            self.desk.say(f"Kept as a draft. {key} goes on where you left.")
