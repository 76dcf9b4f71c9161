"""Phrases for the moment, to be read aloud or put into a text."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from tuitrack.services.phrases import Offered
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.desk_screen import DialogScreen
from tuitrack.tui.lines import Line, Tone, wrapped
from tuitrack.tui.widgets.block_list import BlockList
from tuitrack.tui.widgets.hint_line import HintLine
from tuitrack.tui.widgets.top_line import TopLine


class PhrasesScreen(DialogScreen[Offered | None]):
    """Lists phrases as they are said and answers with the one that was chosen."""

    PLACE = Place.PHRASES
    BINDINGS = bindings(Place.PHRASES)

    def __init__(self, title: str, offered: Sequence[Offered]) -> None:
        super().__init__()
        self._title = title
        self._offered = offered

    def compose(self) -> ComposeResult:
        """What Enter does, the phrases, the keys."""
        with Vertical():
            yield TopLine(self._title)
            yield BlockList()
            yield HintLine(Place.PHRASES)

    def on_mount(self) -> None:
        """Start at the first phrase."""
        blocks = self.query_one(BlockList)
        blocks.show_blocks(self._blocks)
        blocks.focus()

    def _blocks(self, width: int) -> list[tuple[Hashable, list[Line]]]:
        return [
            (number, [Line(f"{one.moment.label} ({one.language})", Tone.STRONG), *wrapped(one.text, width)])
            for number, one in enumerate(self._offered)
        ]

    @on(BlockList.Chosen)
    def _choose(self, event: BlockList.Chosen) -> None:
        if isinstance(event.key, int):
            self.dismiss(self._offered[event.key])
