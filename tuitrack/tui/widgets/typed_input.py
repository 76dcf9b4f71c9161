"""One line of typed text, and a block of it: pasted text is made safe, and too much at once is refused, never cut."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input, TextArea

from tuitrack.domain.text import TEXT_MAX, clean

LINE_PASTE_MAX = 1_000
"""Characters that may be pasted into one line."""


class PasteRefused(Message):
    """What was pasted is too long for the field."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence


class LineInput(Input):
    """One line of text; lines pasted into it become one."""

    def __init__(self, text: str = "") -> None:
        # Textual would select all once the focus has come, and the next key would replace what was half typed before.
        super().__init__(text, select_on_focus=False, compact=True)
        self.cursor_blink = False

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self.value

    @text.setter
    def text(self, text: str) -> None:
        self.value = text
        self.cursor_position = len(text)

    @property
    def cursor(self) -> int:
        """The place of the cursor, in characters from the start."""
        return self.cursor_position

    @cursor.setter
    def cursor(self, cursor: int) -> None:
        self.cursor_position = cursor

    def on_paste(self, event: events.Paste) -> None:
        """Take the whole paste as one line; Textual alone would take its first line and lose the rest."""
        event.prevent_default()
        event.stop()
        if (refused := _too_long(event.text, LINE_PASTE_MAX)) is not None:
            self.post_message(refused)
            return
        self.replace(clean(event.text, lines=False), *self.selection)


class SuggestInput(LineInput):
    """One line of text that takes over a suggestion with the arrow keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "suggest(1)", "Next suggestion", show=False),
        Binding("up", "suggest(-1)", "Suggestion before", show=False),
    ]

    class Asked(Message):
        """The suggestion so many places further was asked for."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    def action_suggest(self, step: int) -> None:
        """Ask for another suggestion."""
        self.post_message(self.Asked(step))


class TextInput(TextArea):
    """A block of text; very long texts (past some 50,000 characters) are slow to type in, but stay whole."""

    def __init__(self, text: str = "", *, hint: str = "") -> None:
        """`hint` stands in brackets where nothing is typed, to be told from text without colours."""
        placeholder = Content(f"({hint})" if hint else "")
        super().__init__(text, highlight_cursor_line=False, compact=True, placeholder=placeholder)
        self.cursor_blink = False
        self.cursor = len(text)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the text; nothing once it is taken away, when it may be painted once more and has no looks left."""
        return super().render_lines(crop) if self.is_attached else [Strip.blank(crop.width)] * crop.height

    @property
    def cursor(self) -> int:
        """The place of the cursor, in characters from the start."""
        row, column = self.cursor_location
        return sum(len(line) + 1 for line in self.text.split("\n")[:row]) + column

    @cursor.setter
    def cursor(self, cursor: int) -> None:
        before = self.text[:cursor].split("\n")
        self.move_cursor((len(before) - 1, len(before[-1])))

    def on_paste(self, event: events.Paste) -> None:
        """Take text that is safe to keep and to show."""
        if (refused := _too_long(event.text, TEXT_MAX)) is not None:
            event.prevent_default()
            self.post_message(refused)
            return
        event.text = clean(event.text)


def _too_long(pasted: str, most: int) -> PasteRefused | None:
    if len(pasted) <= most:
        return None
    return PasteRefused(f"{len(pasted):,} characters were pasted; at most {most:,} fit here. Nothing was taken.")
