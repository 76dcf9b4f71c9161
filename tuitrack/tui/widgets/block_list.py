"""A list of things that take one or more lines each, with one of them chosen; the choice is kept by its key."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from rich.style import Style
from textual import events
from textual.message import Message

from tuitrack.tui.lines import Line
from tuitrack.tui.widgets.line_view import LineView

Blocks = Callable[[int], Sequence[tuple[Hashable, Sequence[Line]]]]
"""Lays every thing out to a width: its key and its lines, in order."""

_MARK = "> "
_NO_MARK = "  "


class BlockList(LineView):
    """Lists blocks of lines; the chosen one is marked in the margin, not by colour alone."""

    @dataclass
    class Chosen(Message):
        """A block was chosen with Enter."""

        blocks: BlockList
        key: Hashable

        @property
        def control(self) -> BlockList:
            """The list in which it was chosen."""
            return self.blocks

    @dataclass
    class StartReached(Message):
        """The cursor was moved beyond the first block."""

        blocks: BlockList

        @property
        def control(self) -> BlockList:
            """The list whose start was reached."""
            return self.blocks

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._blocks: Blocks = lambda width: ()
        self._keys: list[Hashable] = []
        self._starts: list[int] = []
        self._owners: list[int] = []
        self._wanted: Hashable | None = None
        self._at = 0

    def show_blocks(self, blocks: Blocks, choose: Hashable | None = None) -> None:
        """Show other blocks; the same key stays chosen unless another is named, else the nearest place.

        Where the last one was chosen and stays so, as much as there is room for of what now follows it is in view.
        """
        last = self._keys[-1] if self._keys and self._at == len(self._keys) - 1 else None
        self._wanted = choose if choose is not None else self.chosen
        self._blocks = blocks
        self._width = 0
        self.lay_out(self.text_width)
        self._bring_into_view()
        if last is not None and last == self.chosen:
            self.scroll_lines(self._starts[self._at])
        self.refresh(layout=True)

    def on_resize(self, event: events.Resize) -> None:
        """Keep the chosen block in view."""
        super().on_resize(event)
        self._bring_into_view()

    @property
    def chosen(self) -> Hashable | None:
        """The key of the chosen block, None in an empty list."""
        return self._keys[self._at] if self._keys else self._wanted

    def make_lines(self, width: int) -> Sequence[Line]:
        """Put the blocks one below the other and find the chosen one again."""
        self._keys, self._starts, self._owners = [], [], []
        lines: list[Line] = []
        for number, (key, block) in enumerate(self._blocks(width - len(_MARK))):
            self._keys.append(key)
            self._starts.append(len(lines))
            self._owners += [number] * len(block)
            lines += block
        if self._wanted in self._keys:
            self._at = self._keys.index(self._wanted)
        self._at = max(0, min(self._at, len(self._keys) - 1))
        self._wanted = None
        return [Line(_NO_MARK + line.text, line.tone) for line in lines]

    def style_of(self, number: int, line: Line) -> Style:
        """The chosen block stands out where the list has the focus."""
        if self.has_focus and self._is_chosen(number):
            return self.get_component_rich_style("line--cursor")
        return super().style_of(number, line)

    def line_at(self, number: int) -> Line:
        """A line with the mark of the chosen block in its margin."""
        line = super().line_at(number)
        if self._keys and number == self._starts[self._at]:
            return Line(_MARK + line.text[len(_NO_MARK) :], line.tone)
        return line

    def choose(self, number: int) -> None:
        """Move the cursor to a block, counted from the first."""
        self.lay_out(self.text_width)
        if self._keys:
            self._at = max(0, min(number, len(self._keys) - 1))
            self._bring_into_view()
            self.refresh()

    def action_cursor_down(self) -> None:
        """Choose the next block, or go on in one that is longer than the view."""
        if self._at + 1 < len(self._keys) and self._end(self._at) <= self.top + self.page_size:
            self.choose(self._at + 1)
        else:
            self.scroll_lines(self.top + 1)

    def action_cursor_up(self) -> None:
        """Choose the block before; beyond the first one, say so."""
        if self._keys and self._starts[self._at] < self.top:
            self.scroll_lines(self.top - 1)
        elif self._at > 0:
            self.choose(self._at - 1)
        else:
            self.post_message(self.StartReached(self))

    def action_page_down(self) -> None:
        """Show the next page, and choose the last block that ends on it."""
        if not self._keys:
            return
        self.scroll_lines(self.top + self.page_size)
        last_line = min(self.top + self.page_size, len(self.lines)) - 1
        last = self._owners[last_line]
        is_whole = self._end(last) - 1 <= last_line
        self.choose(max(last if is_whole else last - 1, self._at + 1))

    def action_page_up(self) -> None:
        """Choose the block one page back; beyond the first one, say so."""
        if self._at == 0:
            self.post_message(self.StartReached(self))
            return
        self.choose(min(self._owners[max(self.top - self.page_size, 0)], self._at - 1))

    def action_cursor_first(self) -> None:
        """Choose the first block."""
        self.choose(0)

    def action_cursor_last(self) -> None:
        """Choose the last block."""
        self.choose(len(self._keys) - 1)

    def action_choose_line(self) -> None:
        """Say that the block under the cursor was chosen."""
        if self._keys:
            self.post_message(self.Chosen(self, self._keys[self._at]))

    def _is_chosen(self, number: int) -> bool:
        return number < len(self._owners) and self._owners[number] == self._at

    def _end(self, number: int) -> int:
        return self._starts[number + 1] if number + 1 < len(self._starts) else len(self._owners)

    def _bring_into_view(self) -> None:
        """Scroll as little as needed so that the chosen block is in view, its start first."""
        if not self._keys:
            return
        start, end = self._starts[self._at], self._end(self._at)
        if end > self.top + self.page_size:
            self.scroll_lines(end - self.page_size)
        if start < self.top:
            self.scroll_lines(start)
