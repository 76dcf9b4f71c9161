"""What was asked in a case: investigations, information wanted and legal advice, to be asked and answered here."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from tuitrack.domain.inquiries import INQUIRIES
from tuitrack.domain.words import ActionKind
from tuitrack.tui.case_filling import FillingScreen
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.present_case import title_text
from tuitrack.tui.present_inquiries import inquiry_blocks
from tuitrack.tui.widgets.block_list import BlockList
from tuitrack.tui.widgets.hint_line import HintLine
from tuitrack.tui.widgets.status_line import StatusLine
from tuitrack.tui.widgets.top_line import TopLine


class InquiriesScreen(FillingScreen):
    """Lists the inquiries of a case; what is changed here is a change of the case like any other."""

    PLACE = Place.INQUIRIES
    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.INQUIRIES)

    def compose(self) -> ComposeResult:
        """Which case, the inquiries, the keys, the messages."""
        yield TopLine(f"Inquiries of {title_text(self.file)}")
        yield BlockList()
        yield HintLine(Place.INQUIRIES)
        yield StatusLine()

    def on_mount(self) -> None:
        """Begin at the first inquiry that is open."""
        self.present()
        self._list.focus()

    @property
    def _list(self) -> BlockList:
        return self.query_one(BlockList)

    def present(self, mark: int | None = None) -> None:
        """Show the inquiries as they were read, with one of them marked where it is named."""
        asked, now, key_of = self.file.inquiries, self.services.desk.now(), self.desk.key_of
        self._list.show_blocks(lambda width: inquiry_blocks(asked, now, width, key_of), mark)

    def action_open_investigation(self) -> None:
        """Open an investigation."""
        self.run_command(self._ask, ActionKind.INVESTIGATION)

    def action_want_information(self) -> None:
        """Ask somebody for information."""
        self.run_command(self._ask, ActionKind.INFORMATION)

    def action_ask_adviser(self) -> None:
        """Refer the case to the legal adviser."""
        self.run_command(self._ask, ActionKind.LEGAL)

    @on(BlockList.Chosen)
    def action_answer_inquiry(self) -> None:
        """Write down the answer to the marked inquiry."""
        from tuitrack.tui.quick_add import done_form

        marked = next((one for one in self.file.inquiries if one.id == self._list.chosen), None)
        if marked is None:
            self.warn("Nothing was asked yet.")
        elif not marked.is_open:
            self.warn(f"{INQUIRIES[marked.kind].title}: it is answered.")
        else:
            self.fill(partial(done_form, action=marked), "Answer stored.")

    async def _ask(self, kind: ActionKind) -> None:
        from tuitrack.tui.inquiry_forms import inquiry_form

        with self.desk.hold_keys():
            agents = await self.backstage.read(self.services.casefile.agents)
        made = await self._fill(partial(inquiry_form, kind=kind, agents=agents), f"{INQUIRIES[kind].title}: stored.")
        if made is not None:
            self.present(made.id)
