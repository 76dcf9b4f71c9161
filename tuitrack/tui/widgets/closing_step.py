"""One step of closing: what a person must know for it, its fields, and in the last step everything that blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from textual.app import ComposeResult
from textual.containers import Vertical

from tuitrack.domain.closure import Blocker, Step
from tuitrack.domain.words import Outcome
from tuitrack.services.casefile import CaseFile
from tuitrack.services.desk import Desk
from tuitrack.tui.closure_steps import blockers_of, step_fields, step_values
from tuitrack.tui.draft_keeper import DraftKeeper
from tuitrack.tui.lines import Line, Tone
from tuitrack.tui.present_closure import review_blocks, step_line, step_notes
from tuitrack.tui.widgets.block_list import BlockList
from tuitrack.tui.widgets.form_body import FormBody
from tuitrack.tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from tuitrack.tui.base_app import KeyedApp


class ClosingStep(Vertical):
    """The step of a case as it is stored, with what was typed into it and not stored."""

    def __init__(
        self,
        file: CaseFile,
        step: Step,
        desk: Desk,
        keeper: DraftKeeper,
        causes: Sequence[str],
        *,
        focus: str = "",
        texts: Mapping[str, str] | None = None,
    ) -> None:
        """`focus` names the field where typing starts; `texts` go into the fields of these names."""
        super().__init__()
        self.step = step
        self.found: list[Blocker] = []
        """What stands in the way, with the answers as they are on the screen."""
        self._file = file
        self._desk = desk
        self._starts_in_field = bool(focus)
        self._texts = texts or {}
        fields = step_fields(file, step, causes, desk.now())
        self.body = FormBody(fields, desk, step_values(file.case, step, desk.today()), focus=focus, keeper=keeper)

    def compose(self) -> ComposeResult:
        """Where one is among the steps, and what is known; the fields follow when these are there."""
        yield LineView(id="steps")
        yield LineView(id="notes")

    async def on_mount(self) -> None:
        """Ask what the step asks; a review that is blocked begins with what blocks."""
        for view in self.query(LineView):
            view.can_focus = False
        await self.mount(self.body, *([BlockList(id="review")] if self.step is Step.REVIEW else []))
        self.body.fill(self._texts)
        self.present()
        if self.found and not self._starts_in_field:
            self.query("#review").focus()

    def present(self) -> None:
        """Say where one is and what blocks, with the answers as they are."""
        file, step, now = self._file, self.step, self._desk.now()
        key_of = cast("KeyedApp", self.app).key_of
        self.found = found = blockers_of(file.closing_facts, self._review())
        steps, notes = self.query_one("#steps", LineView), self.query_one("#notes", LineView)
        steps.show(lambda width: [Line(step_line(step, found, width), Tone.STRONG)])
        notes.display = bool(step_notes(file, step, now, 80))
        notes.show(lambda width: step_notes(file, step, now, width))
        for review in self.query("#review").results(BlockList):
            review.show_blocks(lambda width: review_blocks(file, found, now, width, key_of))

    def _review(self) -> dict[str, Any]:
        """The answers of the review as they stand, nothing in the other steps."""
        if self.step is not Step.REVIEW:
            return {}
        texts = self.body.texts
        return {**texts, "outcome": Outcome(texts["outcome"]) if texts["outcome"] else None}
