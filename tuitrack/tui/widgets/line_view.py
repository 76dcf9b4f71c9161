"""Lines of text drawn as they come into view, so that a text of any length costs one screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.lines import Line, Tone
from tuitrack.tui.painting import LinesAsTheyAre

Layout = Callable[[int], Sequence[Line]]
"""Lays a text out to a width in cells."""


_UNSIZED = Size(80, 24)
"""Taken before the first layout, so that keys typed ahead of it find their lines."""


class LineView(Widget, can_focus=True):
    """Shows laid-out lines from `top` on and moves over them by line, page, start and end."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"line--strong", "line--quiet", "line--alert", "line--cursor"}
    BINDINGS = bindings(Place.LIST)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._styles_cache = LinesAsTheyAre()
        self.top = 0
        self._lines: Sequence[Line] = ()
        self._width = 0
        self._layout: Layout = lambda width: ()

    def show(self, layout: Layout, *, keep_place: bool = False) -> None:
        """Show another text from its start, or from the line that stands first now.

        In a view of a set size only the lines that differ are drawn again.
        """
        before = self._lines_in_view()
        self._layout = layout
        self._width = 0
        self.top = max(0, min(self.top, len(self.lines) - self.page_size)) if keep_place else 0
        if self.styles.auto_dimensions:
            self.refresh(layout=True)
        else:
            lines = enumerate(zip(before, self._lines_in_view(), strict=True))
            changed = [Region(0, y, self.content_size.width, 1) for y, (old, new) in lines if old != new]
            if changed:
                self.refresh(*changed)

    @property
    def lines(self) -> Sequence[Line]:
        """The text as it is laid out to the present width."""
        self.lay_out(self.text_width)
        return self._lines

    def lay_out(self, width: int) -> None:
        """Lay the text out unless that is done for this width."""
        if width > 0 and width != self._width:
            self._width = width
            self._lines = self.make_lines(width)

    def make_lines(self, width: int) -> Sequence[Line]:
        """The lines for a width."""
        return self._layout(width)

    @property
    def text_width(self) -> int:
        """The cells of a line; those of a small terminal until the view has its size."""
        return self.content_size.width or _UNSIZED.width

    @property
    def page_size(self) -> int:
        """How many lines are in view; those of a small terminal until the view has its size."""
        return self.content_size.height or _UNSIZED.height

    def scroll_lines(self, top: int) -> None:
        """Bring line `top` to the upper edge as far as the text allows."""
        bounded = max(0, min(top, len(self.lines) - self.page_size))
        if bounded != self.top:
            self.top = bounded
            self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the text has."""
        self.lay_out(width)
        return max(len(self._lines), 1)

    def on_resize(self, event: events.Resize) -> None:
        """Keep the text within its new bounds."""
        self.scroll_lines(self.top)

    def render_line(self, y: int) -> Strip:
        """Draw one line in view."""
        width, number = self.content_size.width, self.top + y
        line = self.line_at(number)
        return Strip([Segment(set_cell_size(line.text, width), self.style_of(number, line))], width)

    def line_at(self, number: int) -> Line:
        """A line by its number; beyond the last one it is empty."""
        return self.lines[number] if number < len(self.lines) else Line("")

    def style_of(self, number: int, line: Line) -> Style:
        """The look of a line."""
        return self.rich_style if line.tone is Tone.PLAIN else self.get_component_rich_style(f"line--{line.tone}")

    def _lines_in_view(self) -> list[Line]:
        return [self.line_at(self.top + y) for y in range(self.content_size.height)]

    def action_cursor_down(self) -> None:
        """Go one line on."""
        self.scroll_lines(self.top + 1)

    def action_cursor_up(self) -> None:
        """Go one line back."""
        self.scroll_lines(self.top - 1)

    def action_page_down(self) -> None:
        """Go a page on, keeping one line in view."""
        self.scroll_lines(self.top + max(self.page_size - 1, 1))

    def action_page_up(self) -> None:
        """Go a page back, keeping one line in view."""
        self.scroll_lines(self.top - max(self.page_size - 1, 1))

    def action_cursor_first(self) -> None:
        """Go to the start."""
        self.scroll_lines(0)

    def action_cursor_last(self) -> None:
        """Go to the end."""
        self.scroll_lines(len(self.lines))
