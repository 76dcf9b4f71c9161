"""The cases of a sample for a review, each with what was found in it; the form for each is filled in here."""

from __future__ import annotations

from collections.abc import Hashable

from textual import on
from textual.app import ComposeResult

from tuitrack.services.bundle import Services
from tuitrack.services.samples import AuditLine, SampleFile
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.lines import Line
from tuitrack.tui.present_samples import audit_blocks, sample_title
from tuitrack.tui.undoing import UndoingScreen
from tuitrack.tui.widgets.block_list import BlockList
from tuitrack.tui.widgets.hint_line import HintLine
from tuitrack.tui.widgets.status_line import StatusLine
from tuitrack.tui.widgets.top_line import TopLine


class SampleScreen(UndoingScreen[None]):
    """Lists the cases of a sample as last read; what is found in one is a change of that case."""

    PLACE = Place.SAMPLE
    BINDINGS = bindings(Place.SAMPLE)

    def __init__(self, services: Services, file: SampleFile) -> None:
        super().__init__(services)
        self._file = file

    def compose(self) -> ComposeResult:
        """How far it is, the cases, the keys, the messages."""
        yield TopLine()
        yield BlockList()
        yield HintLine(Place.SAMPLE)
        yield StatusLine()

    def on_mount(self) -> None:
        """Begin at the first case that nobody has looked at."""
        self._present(next((line.audit.id for line in self._file.lines if line.audit.is_open), None))
        self.query_one(BlockList).focus()

    async def reload(self, told: str = "") -> None:
        """Read the sample again and tell what was stored."""
        with self.desk.hold_keys():
            self._file = await self.backstage.read(self.services.samples.file, self._file.sample.id)
            self._present()
        if told:
            self.say(told)

    def _present(self, mark: int | None = None) -> None:
        self.query_one(TopLine).show(sample_title(self._file))
        self.query_one(BlockList).show_blocks(self._blocks, mark)

    def _blocks(self, width: int) -> list[tuple[Hashable, list[Line]]]:
        return audit_blocks(self._file, self.services.desk.now(), width)

    @property
    def _marked(self) -> AuditLine:
        chosen = self.query_one(BlockList).chosen
        return next(line for line in self._file.lines if line.audit.id == chosen)

    @on(BlockList.Chosen)
    def action_audit_case(self) -> None:
        """Say what was found in the case under the cursor."""
        self.run_command(self._audit)

    def action_open_audited(self) -> None:
        """Open the case under the cursor."""
        self.run_command(self.desk.open_case, self._marked.audit.case_id)

    def action_refresh_screen(self) -> None:
        """Read the sample again."""
        self.run_command(self.reload, "Read again.")

    async def _audit(self) -> None:
        from tuitrack.tui.review_forms import audit_form

        line = self._marked
        if await self.app.push_screen_wait(audit_form(self.services, self.backstage, line)) is not None:
            await self.reload(f"Stored: {line.reference}.")
