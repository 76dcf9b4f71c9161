"""The loop of a case: collected, analysed, fed back, corrected; what was fed back, and who has read the case."""

from __future__ import annotations

from functools import partial

from textual import on

from tuitrack.domain.errors import Refusal
from tuitrack.domain.feedback import Feedback
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.present_loop import loop_blocks
from tuitrack.tui.screens.case_list import CaseListScreen
from tuitrack.tui.widgets.block_list import BlockList, Blocks


class LoopScreen(CaseListScreen):
    """Tells how far the loop of a case is; what is changed here is a change of the case like any other."""

    PLACE = Place.LOOP
    BINDINGS = bindings(Place.LOOP)

    SIDE = "Loop"

    @property
    def first(self) -> str | None:
        """The first feedback that nobody has answered."""
        return next((f"feedback {one.id}" for one in self.file.feedback if one.is_open), None)

    def blocks(self) -> Blocks:
        """The loop."""
        file, now, key_of = self.file, self.services.desk.now(), self.desk.key_of
        return lambda width: loop_blocks(file, now, width, key_of)

    @property
    def _marked(self) -> Feedback:
        """The feedback under the cursor; raises Refusal where there is none."""
        chosen = self._list.chosen
        for one in self.file.feedback:
            if chosen == f"feedback {one.id}":
                return one
        raise Refusal("Feedback: go to one first.")

    def action_send_feedback(self) -> None:
        """Tell somebody who can correct the cause."""
        self.run_command(self._send)

    @on(BlockList.Chosen)
    def action_read_feedback(self) -> None:
        """Say that the feedback under the cursor was read."""
        self.run_command(self._read)

    def action_answer_feedback(self) -> None:
        """Answer the feedback under the cursor."""
        self.run_command(self._answer)

    def action_read_case(self) -> None:
        """Keep that the case was read for its quality."""
        self.change(partial(self.services.feedback.read_case, self.case_id), "Stored: you have read this case.")

    def action_want_contact(self) -> None:
        """Mark that the customer wants to be contacted, or take that back."""
        case = self.file.case
        told = "No longer to be contacted." if case.contact_wanted else "Marked: the customer wants to be contacted."
        self.change(partial(self.services.feedback.want_contact, case.id, case.version), told)

    def action_refresh_screen(self) -> None:
        """Read the case again."""
        self.run_command(self.reload, "Read again.")

    async def _send(self) -> None:
        from tuitrack.tui.feedback_forms import feedback_form

        with self.desk.hold_keys():
            receivers = await self.backstage.read(self.services.feedback.receivers)
        await self._fill(partial(feedback_form, receivers=receivers), "Feedback sent.")

    async def _read(self) -> None:
        await self._make(partial(self.services.feedback.read, self.case_id, self._marked.id), "Stored: it is read.")

    async def _answer(self) -> None:
        from tuitrack.tui.feedback_forms import answer_form

        feedback = self._marked
        await self._fill(lambda services, backstage, file: answer_form(services, backstage, feedback), "Answer stored.")
