"""What was asked in a case: investigations, information wanted and legal advice, to be asked and answered here."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from tuitrack.domain.inquiries import INQUIRIES
from tuitrack.domain.words import ActionKind
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.present_inquiries import inquiry_blocks
from tuitrack.tui.screens.case_list import CaseListScreen
from tuitrack.tui.widgets.block_list import BlockList, Blocks


class InquiriesScreen(CaseListScreen):
    """Lists the inquiries of a case; what is changed here is a change of the case like any other."""

    PLACE = Place.INQUIRIES
    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.INQUIRIES)

    SIDE = "Inquiries"

    def blocks(self) -> Blocks:
        """The inquiries."""
        asked, now, key_of = self.file.inquiries, self.services.desk.now(), self.desk.key_of
        return lambda width: inquiry_blocks(asked, now, width, key_of)

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
