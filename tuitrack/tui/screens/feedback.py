"""What is fed back to the agent at work and their team: what nobody has read first, read and answered here."""

from __future__ import annotations

from collections.abc import Hashable

from textual import on
from textual.app import ComposeResult

from tuitrack.domain.errors import Refusal
from tuitrack.domain.feedback import Feedback
from tuitrack.services.bundle import Services
from tuitrack.services.feedback import FeedbackLine
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.lines import Line, wrapped
from tuitrack.tui.present_loop import feedback_blocks
from tuitrack.tui.undoing import UndoingScreen
from tuitrack.tui.widgets.block_list import BlockList
from tuitrack.tui.widgets.hint_line import HintLine
from tuitrack.tui.widgets.status_line import StatusLine
from tuitrack.tui.widgets.top_line import TopLine


class FeedbackScreen(UndoingScreen[None]):
    """Lists feedback as last read; what is marked stays marked when it is read again."""

    PLACE = Place.FEEDBACK
    BINDINGS = bindings(Place.FEEDBACK)

    def __init__(self, services: Services, lines: list[FeedbackLine]) -> None:
        super().__init__(services)
        self._lines = lines

    def compose(self) -> ComposeResult:
        """How many wait, the feedback, the keys, the messages."""
        yield TopLine()
        yield BlockList()
        yield HintLine(Place.FEEDBACK)
        yield StatusLine()

    def on_mount(self) -> None:
        """Begin at the first one."""
        self._present()
        self.query_one(BlockList).focus()

    async def on_screen_resume(self) -> None:
        """Read again what may have changed in a case opened from here."""
        self.run_command(self.reload)

    async def reload(self, told: str = "") -> None:
        """Read the feedback again and tell what was done."""
        with self.desk.hold_keys():
            self._lines = await self.backstage.read(self.services.feedback.mine)
            self._present()
        if told:
            self.say(told)

    def _present(self) -> None:
        unread = sum(line.feedback.read_at is None for line in self._lines)
        unanswered = sum(line.feedback.is_open for line in self._lines)
        self.query_one(TopLine).show(f"Feedback for you and your team: {unread} not read, {unanswered} not answered")
        self.query_one(BlockList).show_blocks(self._blocks)

    def _blocks(self, width: int) -> list[tuple[Hashable, list[Line]]]:
        if self._lines:
            return feedback_blocks(self._lines, self.services.desk.now(), width)
        key = self.desk.key_of(Place.CASE, "show_loop")
        told = (
            f"Nothing was fed back to you or your team yet. {key} in a case sends it to whoever can correct the cause."
        )
        return [("nothing", wrapped(told, width))]

    @property
    def _marked(self) -> Feedback:
        """The feedback under the cursor; raises Refusal where there is none."""
        chosen = self.query_one(BlockList).chosen
        for line in self._lines:
            if line.feedback.id == chosen:
                return line.feedback
        raise Refusal("Feedback: there is none to read or answer.")

    @on(BlockList.Chosen)
    def _open(self) -> None:
        self.run_command(self._open_case)

    async def _open_case(self) -> None:
        await self.desk.open_case(self._marked.case_id)

    def action_read_feedback(self) -> None:
        """Say that the feedback under the cursor was read."""
        self.run_command(self._read)

    def action_answer_feedback(self) -> None:
        """Answer the feedback under the cursor."""
        self.run_command(self._answer)

    def action_refresh_screen(self) -> None:
        """Read the feedback again."""
        self.run_command(self.reload, "Read again.")

    async def _read(self) -> None:
        with self.desk.hold_keys():
            one = self._marked
            await self.backstage.write(self.services.feedback.read, one.case_id, one.id)
            await self.reload("Stored: it is read.")

    async def _answer(self) -> None:
        from tuitrack.tui.feedback_forms import answer_form

        form = answer_form(self.services, self.backstage, self._marked)
        if await self.app.push_screen_wait(form) is not None:
            await self.reload("Answer stored.")
