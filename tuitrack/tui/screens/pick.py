"""One of a few to pick, over the screen that asks."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from tuitrack.tui.commands import Place
from tuitrack.tui.desk_screen import DialogScreen
from tuitrack.tui.lines import Line, wrapped
from tuitrack.tui.widgets.block_list import BlockList
from tuitrack.tui.widgets.hint_line import HintLine
from tuitrack.tui.widgets.top_line import TopLine


class PickScreen(DialogScreen[str]):
    """Lists (value, label) and answers with the value picked, or with nothing."""

    def __init__(self, title: str, options: Sequence[tuple[str, str]], now: str) -> None:
        super().__init__()
        self._title = title
        self._options = options
        self._now = now

    def compose(self) -> ComposeResult:
        """The title, the labels, the keys."""
        with Vertical():
            yield TopLine(self._title)
            yield BlockList()
            yield HintLine(Place.DIALOG)

    def on_mount(self) -> None:
        """Start at what is chosen now."""
        blocks = self.query_one(BlockList)
        blocks.show_blocks(self._blocks, self._now)
        blocks.focus()

    def _blocks(self, width: int) -> list[tuple[Hashable, list[Line]]]:
        return [(value, wrapped(label, width)) for value, label in self._options]

    @on(BlockList.Chosen)
    def _pick(self, event: BlockList.Chosen) -> None:
        self.dismiss(str(event.key))
