"""A closed list on one line, picked by a letter that is marked without colour: `(•) [r]eached  ( ) [v]oicemail`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from tuitrack.domain.text import fold

_GAP = "  "


class ChoiceInput(Widget, can_focus=True):
    """Shows every option at once and holds the text of the picked one, empty while none is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space", "pick_neighbour(1)", "Next option", show=False),
        Binding("left", "pick_neighbour(-1)", "Option before", show=False),
        Binding("delete,backspace", "pick_none", "No option", show=False),
        Binding("enter", "submit", "Next field", show=False),
    ]

    class Edited(Message):
        """Another option was picked, or none."""

    class Submitted(Message):
        """The choice is made and the next field may come."""

    class Misheard(Message):
        """A letter that stands for no option was pressed."""

        def __init__(self, sentence: str) -> None:
            super().__init__()
            self.sentence = sentence

    def __init__(self, options: Mapping[str, str], text: str = "", *, clearable: bool = False) -> None:
        """`options` gives each stored text its label."""
        super().__init__()
        self._texts = list(options)
        self._labels = list(options.values())
        self._letters = letters_for(self._labels)
        self._text = text
        self._clearable = clearable

    @property
    def text(self) -> str:
        """The text of the picked option."""
        return self._text

    @text.setter
    def text(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self.refresh()
            self.post_message(self.Edited())

    def on_key(self, event: events.Key) -> None:
        """Pick by letter; any other letter is told and changes nothing."""
        if not event.is_printable or event.character is None or event.character == " ":
            return
        event.stop()
        letter = fold(event.character)
        if letter in self._letters:
            self.text = self._texts[self._letters.index(letter)]
            self.post_message(self.Submitted())
        else:
            self.app.bell()
            self.post_message(self.Misheard(f"Press one of {', '.join(self._letters)}, or ← and →."))

    def action_pick_neighbour(self, step: int) -> None:
        """Pick the option beside the picked one."""
        at = self._texts.index(self._text) + step if self._text in self._texts else 0
        self.text = self._texts[at % len(self._texts)]

    def action_pick_none(self) -> None:
        """Take the answer back where none is needed."""
        if self._clearable:
            self.text = ""

    def action_submit(self) -> None:
        """Leave for the next field."""
        self.post_message(self.Submitted())

    def render(self) -> Content:
        """The options, as many to a line as fit."""
        return Content("\n").join(
            Content(_GAP).join(self._option(number) for number in line)
            for line in packed(self._labels, self.content_size.width)
        )

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the options need in that width."""
        return len(packed(self._labels, width))

    def _option(self, number: int) -> Content:
        picked = self._texts[number] == self._text
        shown = marked(self._labels[number], self._letters[number])
        style = ("bold reverse" if self.has_focus else "bold") if picked else ""
        return Content.styled(f"({'•' if picked else ' '}) {shown}", style)

    def on_focus(self) -> None:
        """Show the picked option as the place where keys go."""
        self.refresh()

    def on_blur(self) -> None:
        """Show that keys go elsewhere."""
        self.refresh()


def letters_for(labels: Sequence[str]) -> list[str]:
    """A letter for each label, no two the same: of the first word, of any word, or a digit where none is left."""
    letters: list[str] = []
    for number, label in enumerate(labels):
        folded = fold(label)
        initials = [word[0] for word in folded.split() if word]
        wanted = [*initials, *(sign for sign in folded if sign.isalpha()), str((number + 1) % 10)]
        letters.append(next((sign for sign in wanted if sign not in letters), str(number)))
    return letters


def marked(label: str, letter: str) -> str:
    """The label with its letter in brackets, before the label where it is not part of it."""
    at = _place(label, letter)
    return f"[{letter}] {label}" if at is None else f"{label[:at]}[{label[at]}]{label[at + 1 :]}"


def _place(label: str, letter: str) -> int | None:
    """Where the letter is marked: at the start of a word where it starts one."""
    places = [at for at, sign in enumerate(label) if fold(sign) == letter]
    starts = [at for at in places if at == 0 or label[at - 1] == " "]
    return next(iter([*starts, *places]), None)


def packed(labels: Sequence[str], width: int) -> list[list[int]]:
    """The numbers of the options on each line of that width."""
    lines: list[list[int]] = [[]]
    used = 0
    for number, label in enumerate(labels):
        cells = cell_len(label) + len("(•) []")
        if lines[-1] and used + len(_GAP) + cells > width:
            lines.append([])
            used = 0
        used += cells + (len(_GAP) if lines[-1] else 0)
        lines[-1].append(number)
    return lines
