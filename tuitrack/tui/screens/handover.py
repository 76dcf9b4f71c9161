"""What was handed over to the agent at work and by them, answered item by item."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from textual import on
from textual.app import ComposeResult

from tuitrack.domain.errors import Refusal
from tuitrack.domain.handover import HandoverItem
from tuitrack.services.bundle import Services
from tuitrack.services.handovers import HandoverFile
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.lines import Line, wrapped
from tuitrack.tui.present_handover import handover_blocks
from tuitrack.tui.undoing import UndoingScreen
from tuitrack.tui.widgets.block_list import BlockList
from tuitrack.tui.widgets.hint_line import HintLine
from tuitrack.tui.widgets.status_line import StatusLine
from tuitrack.tui.widgets.top_line import TopLine


class HandoverScreen(UndoingScreen[None]):
    """Lists handovers as last read; every answer is for the item under the cursor, which stays the same one."""

    PLACE = Place.HANDOVER
    BINDINGS = bindings(Place.HANDOVER)

    def __init__(self, services: Services, files: list[HandoverFile]) -> None:
        super().__init__(services)
        self._files = files

    def compose(self) -> ComposeResult:
        """How many wait, the handovers with their items, the keys, the messages."""
        yield TopLine()
        yield BlockList()
        yield HintLine(Place.HANDOVER)
        yield StatusLine()

    def on_mount(self) -> None:
        """Begin at the first item that waits for an answer."""
        lines = [line for file in self._files for line in file.lines]
        first = next((line.item.id for line in lines if line.item.is_open), None)
        self._present(first)
        self._list.focus()

    async def on_screen_resume(self) -> None:
        """Read again what may have changed in a case opened from here."""
        self.run_command(self.reload)

    async def show_news(self) -> None:
        """Read the handovers again."""
        await self.reload()

    async def reload(self, told: str = "") -> None:
        """Read the handovers again and tell what was done."""
        with self.desk.hold_keys():
            self._files = await self.backstage.read(self.services.handovers.all)
            self._present()
        if told:
            self.say(told)

    @property
    def _list(self) -> BlockList:
        return self.query_one(BlockList)

    def _present(self, choose: Hashable | None = None) -> None:
        me = self.services.desk.agent
        to_me = sum(file.unanswered for file in self._files if file.handover.receiver == me)
        by_me = sum(file.unanswered for file in self._files if file.handover.giver == me)
        self.query_one(TopLine).show(f"Handover: {to_me} wait for you, {by_me} of yours for others")
        self._list.show_blocks(self._blocks, choose)

    def _blocks(self, width: int) -> list[tuple[Hashable, list[Line]]]:
        if self._files:
            return handover_blocks(self._files, self.services.desk.agent, self.services.desk.now(), width)
        key = self.desk.key_of(Place.HANDOVER, "hand_over")
        return [("nothing", wrapped(f"Nothing was handed over yet. {key} hands over your next shift.", width))]

    def _item(self) -> HandoverItem:
        """The item under the cursor; raises Refusal where a heading is there."""
        for file in self._files:
            for line in file.lines:
                if line.item.id == self._list.chosen:
                    return line.item
        raise Refusal("Handover: go to an item first.")

    @on(BlockList.Chosen)
    def _open(self) -> None:
        self.run_command(self._open_case)

    async def _open_case(self) -> None:
        item = self._item()
        if item.case_id is None:
            raise Refusal("Handover: the item belongs to no case yet.")
        await self.desk.open_case(item.case_id)

    def action_accept_item(self) -> None:
        """Go on with the item under the cursor."""
        self.run_command(self._make, self.services.handovers.accept, "Accepted")

    def action_take_item_back(self) -> None:
        """Keep the item under the cursor after all."""
        self.run_command(self._make, self.services.handovers.take_back, "Taken back")

    def action_decline_item(self) -> None:
        """Leave the item under the cursor with its giver."""
        self.run_command(self._decline)

    def action_hand_over(self) -> None:
        """Hand over what the next shift has to know of."""
        from tuitrack.tui.handing_over import hand_over

        self.run_command(hand_over, self)

    def action_refresh_screen(self) -> None:
        """Read the handovers again."""
        self.run_command(self.reload, "Read again.")

    async def _make(self, answer: Callable[[int], Any], told: str) -> None:
        with self.desk.hold_keys():
            item = self._item()
            try:
                await self.backstage.write(answer, item.id)
            except Refusal:
                await self.reload()
                raise
            await self.reload(f"{told}: {item.what}")

    async def _decline(self) -> None:
        from tuitrack.tui.handing_over import decline_form

        item = self._item()
        if await self.app.push_screen_wait(decline_form(self.services, self.backstage, item)) is not None:
            await self.reload(f"Declined: {item.what}")
