"""What the screens share that list one side of a case, such as its steps or its options."""

from __future__ import annotations

from collections.abc import Hashable
from typing import ClassVar

from textual.app import ComposeResult

from tuitrack.tui.case_filling import FillingScreen
from tuitrack.tui.present_case import title_text
from tuitrack.tui.widgets.block_list import BlockList, Blocks
from tuitrack.tui.widgets.hint_line import HintLine
from tuitrack.tui.widgets.status_line import StatusLine
from tuitrack.tui.widgets.top_line import TopLine


class CaseListScreen(FillingScreen):
    """Lists one side of a case; what is changed here is a change of the case like any other."""

    SIDE: ClassVar[str]
    """What is listed, in a word for the line above."""

    def compose(self) -> ComposeResult:
        """What is listed of which case, the list, the keys, the messages."""
        yield TopLine(f"{self.SIDE} of {title_text(self.file)}")
        yield BlockList()
        yield HintLine(self.PLACE)
        yield StatusLine()

    def on_mount(self) -> None:
        """Begin where there is something to do."""
        self.present(self.first)
        self._list.focus()

    @property
    def _list(self) -> BlockList:
        return self.query_one(BlockList)

    @property
    def first(self) -> Hashable | None:
        """The key of the block at which the cursor begins, None for the first one."""
        return None

    def blocks(self) -> Blocks:
        """What is listed, as it was read."""
        raise NotImplementedError

    def present(self, mark: Hashable | None = None) -> None:
        """Show what was read, with one block marked where it is named."""
        self._list.show_blocks(self.blocks(), mark)
