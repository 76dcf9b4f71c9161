"""Painting what a key set off once, when all of it is there: Textual itself paints an opened screen three times."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from textual._styles_cache import StylesCache
from textual.events import ScreenResume
from textual.geometry import Size
from textual.screen import Screen
from textual.strip import Strip

R = TypeVar("R")


class LinesAsTheyAre(StylesCache):
    """Takes the lines that a widget without a box draws as they are, for they have their look and their width.

    Textual asks the styles of a border, an outline and a hatching for each of them, which takes as long as drawing
    it. It has no name for this but private ones.
    """

    def render_line(
        self,
        styles: Any,
        y: int,
        size: Size,
        content_size: Size,
        padding: Any,
        base_background: Any,
        background: Any,
        render_content_line: Callable[[int], Strip],
        *rest: Any,
    ) -> Strip:
        """A line of the widget; one that has a border or padding around it is left to Textual."""
        if size == content_size:
            return render_content_line(y)
        return super().render_line(
            styles, y, size, content_size, padding, base_background, background, render_content_line, *rest
        )


class PaintedOnce(Screen[R]):
    """A screen that is never drawn in vain.

    Only private names of Textual tell what is due.
    """

    def paint(self) -> None:
        """Paint what is due at once and not with the next frame."""
        self._on_timer_update()

    def _compositor_refresh(self) -> None:
        top = self.app.screen
        if top is not self and top.styles.background.a == 1:
            # Nothing of it is seen, and all of it is painted when it is on top again; Textual paints the top anew.
            return
        # Textual draws even while a batch of updates is to stay unseen, and throws that picture away.
        if self.app._batch_count:
            self.refresh()
            return
        # After a change of layout it paints what moved, and then once more all of a screen that is to be painted whole.
        if self._repaint_required:
            self._compositor.update_widgets({self})
            self._repaint_required = False
        super()._compositor_refresh()

    def _screen_resized(self, size: Size) -> None:
        # A new screen is told its size three times, and is laid out each time.
        if size != self.outer_size:
            super()._screen_resized(size)

    async def _invoke_and_clear_callbacks(self) -> None:
        # What is to follow a painting follows it, and does not take its time from it.
        if not self.app._batch_count:
            await super()._invoke_and_clear_callbacks()

    def _on_screen_resume(self, event: ScreenResume) -> None:
        # Called before the method of `Screen`, which would style anew what was styled when it was made. A change of
        # theme styles every screen by itself.
        event.refresh_styles = False
