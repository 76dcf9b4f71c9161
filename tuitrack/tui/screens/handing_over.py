"""A handover being made: what is proposed, each item of which can be left out or given a note."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from textual import on
from textual.app import ComposeResult

from tuitrack.domain.handover import Outstanding
from tuitrack.domain.text import counted
from tuitrack.services.bundle import Services
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.desk_screen import DeskScreen
from tuitrack.tui.lines import Line, wrapped
from tuitrack.tui.parcel import Parcel
from tuitrack.tui.present_handover import parcel_blocks
from tuitrack.tui.widgets.block_list import BlockList
from tuitrack.tui.widgets.hint_line import HintLine
from tuitrack.tui.widgets.status_line import StatusLine
from tuitrack.tui.widgets.top_line import TopLine

KEPT_AS = "handover-items"
"""The draft of what was left out and said."""


class HandingOverScreen(DeskScreen[str | None]):
    """Shows what goes to the receiver; it answers with what was sent, None where nothing was."""

    PLACE = Place.HANDING_OVER
    BINDINGS = bindings(Place.HANDING_OVER)

    def __init__(self, services: Services, values: dict[str, Any], parcel: Parcel) -> None:
        """`values` are the fields of `HandoverDraft` but the notes."""
        super().__init__(services)
        self._values = values
        self._parcel = parcel

    def compose(self) -> ComposeResult:
        """To whom it goes and how much, the items, the keys, the messages."""
        yield TopLine()
        yield BlockList()
        yield HintLine(Place.HANDING_OVER)
        yield StatusLine()

    def on_mount(self) -> None:
        """Start at the first item."""
        self._present()
        self._list.focus()

    @property
    def _list(self) -> BlockList:
        return self.query_one(BlockList)

    def _present(self) -> None:
        packed, count = len(self._parcel.packed), len(self._parcel.proposed)
        self.query_one(TopLine).show(f"To {self._values['receiver']}: {packed} of {count} · nothing is sent yet")
        self._list.show_blocks(self._blocks)

    def _blocks(self, width: int) -> list[tuple[Hashable, list[Line]]]:
        if self._parcel.proposed:
            return [*parcel_blocks(self._parcel, self.services.desk.agent, self.services.desk.now(), width)]
        return [("nothing", wrapped("Nothing of yours is due by then, and nobody is to be called back.", width))]

    @property
    def _chosen(self) -> Outstanding | None:
        return next((one for one in self._parcel.proposed if one.key == self._list.chosen), None)

    @on(BlockList.Chosen)
    def _open(self) -> None:
        if (one := self._chosen) is not None and one.case_id is not None:
            self.run_command(self.desk.open_case, one.case_id)

    def action_toggle_item(self) -> None:
        """Leave the item under the cursor out, or take it in again."""
        if (one := self._chosen) is not None:
            self._parcel.toggle(one)
            self._present()
            self.run_command(self.keep_draft)

    def action_note_item(self) -> None:
        """Say something to the item under the cursor."""
        if (one := self._chosen) is not None:
            self.run_command(self._note, one)

    def action_send_handover(self) -> None:
        """Hand over what is ticked."""
        self.run_command(self._send)

    def action_leave_handover(self) -> None:
        """Go back to whom it goes."""
        self.dismiss(None)

    async def keep_draft(self) -> None:
        """Keep what was left out and said."""
        await self.backstage.write(self.services.drafts.keep, KEPT_AS, self._parcel.texts)

    async def _note(self, one: Outstanding) -> None:
        from tuitrack.tui.handing_over import note_form

        form = note_form(self.services, self.backstage, one, self._parcel.notes.get(one.key, ""))
        note = await self.app.push_screen_wait(form)
        if note is not None:
            self._parcel.say(one, note)
            self._present()
            await self.keep_draft()

    async def _send(self) -> None:
        with self.desk.hold_keys():
            packed, values = self._parcel.packed, self._values | {"notes": self._parcel.notes}
            await self.backstage.write(self.services.handovers.send, values, packed)
            await self.backstage.write(self.services.drafts.discard, KEPT_AS)
            count = counted(len(packed), "item")
            self.dismiss(f"Handed over to {self._values['receiver']}: {count}.")
