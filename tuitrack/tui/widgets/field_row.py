"""One field of a form: its title, the place to type, and what the program makes of it beside or below."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from tuitrack.domain.errors import Refusal
from tuitrack.services.desk import Desk
from tuitrack.tui.fields import (
    ChoiceField,
    DayField,
    Field,
    MoneyField,
    PhonesField,
    SuggestField,
    TextField,
    WhenField,
)
from tuitrack.tui.widgets.choice import ChoiceInput
from tuitrack.tui.widgets.typed_input import LineInput, PasteRefused, SuggestInput, TextInput

Control = LineInput | TextInput | ChoiceInput

_ONE_THING = (DayField, WhenField, MoneyField)

TITLE_CELLS = 21
"""The longest title, with its mark, that stands in the column of all others; the sheet knows it as well."""


class FieldRow(Widget):
    """Shows a field and holds its text; a refusal stays until the text changes."""

    class Edited(Message):
        """The text of the field changed."""

        def __init__(self, row: FieldRow) -> None:
            super().__init__()
            self.row = row

    class Submitted(Message):
        """Enter was pressed, or an option picked: the next field may come."""

        def __init__(self, row: FieldRow) -> None:
            super().__init__()
            self.row = row

    def __init__(self, field: Field, desk: Desk, text: str) -> None:
        super().__init__(classes=_width_of(field))
        self.field = field
        self._desk = desk
        self._control = _control_of(field, text)
        # What has an answer from the start needs nobody to type one.
        self._title = f"{field.title} *" if field.required and not self.text else field.title
        self.set_class(cell_len(self._title) > TITLE_CELLS, "-long")
        if isinstance(field, TextField):
            self._control.styles.height = field.rows
        self._echo = Static(markup=False, classes="echo")
        self._tell()

    def compose(self) -> ComposeResult:
        yield Static(self._title, markup=False, classes="title")
        yield self._control
        yield self._echo

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self._control.text

    @text.setter
    def text(self, text: str) -> None:
        self._control.text = text

    @property
    def is_focused(self) -> bool:
        """Whether keys go to this field."""
        return self._control.has_focus

    @property
    def cursor(self) -> int:
        """The place of the cursor, in characters from the start."""
        return 0 if isinstance(self._control, ChoiceInput) else self._control.cursor

    @property
    def takes_text(self) -> bool:
        """Whether anything may be written here, and not only a date, an amount or one of a few words."""
        return type(self.field) in (Field, TextField)

    def insert(self, text: str) -> None:
        """Put text in at the cursor."""
        if not isinstance(self._control, ChoiceInput):
            before, after, at = self.text[: self.cursor], self.text[self.cursor :], self.cursor + len(text)
            self._control.text = before + text + after
            self._control.cursor = at

    def focus_at(self, cursor: int | None = None) -> None:
        """Send the keys to this field, to a place in its text where one is given.

        Without one, the next letter replaces what says one thing as a whole, such as a date.
        """
        control = self._control
        if cursor is not None and not isinstance(control, ChoiceInput):
            control.cursor = cursor
        elif isinstance(control, LineInput) and isinstance(self.field, _ONE_THING) and not control.has_focus:
            control.select_all()
        control.focus()

    def refuse(self, sentence: str) -> None:
        """Say below the field why its text is refused."""
        self._echo.update(f"! {sentence}")
        self.add_class("-refused")

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(ChoiceInput.Edited)
    def _edited(self, message: Message) -> None:
        message.stop()
        self._tell()
        self.post_message(self.Edited(self))

    @on(Input.Submitted)
    @on(ChoiceInput.Submitted)
    def _submitted(self, message: Message) -> None:
        message.stop()
        self.post_message(self.Submitted(self))

    @on(PasteRefused)
    @on(ChoiceInput.Misheard)
    def _misheard(self, message: PasteRefused | ChoiceInput.Misheard) -> None:
        message.stop()
        self.refuse(message.sentence)

    @on(SuggestInput.Asked)
    def _suggest(self, message: SuggestInput.Asked) -> None:
        """Put the next suggestion in; those that fit what was typed come round before all others."""
        message.stop()
        if not isinstance(self.field, SuggestField):
            return
        offers = list(self.field.suggestions)
        if self.text in offers:
            self.text = offers[(offers.index(self.text) + message.step) % len(offers)]
        elif fitting := self.field.fitting(self.text):
            self.text = fitting[0 if message.step > 0 else -1]
        if not isinstance(self._control, ChoiceInput):
            self._control.cursor = len(self.text)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Say whole what is wrong with a text once it is left."""
        try:
            self.field.echo(self.text, self._desk)
        except Refusal as refusal:
            self.refuse(refusal.sentence)

    def _tell(self) -> None:
        """Say beside the field what its text means."""
        meaning, caution = self._meaning(self.text)
        self.remove_class("-refused")
        self.set_class(bool(caution), "-cautioned")
        # As many lines whatever it says: laying all fields out again at every key would be felt.
        self._echo.update(f"{meaning}\n! {caution}" if caution else meaning, layout=False)

    def _meaning(self, text: str) -> tuple[str, str]:
        """What the text means, or what may be typed while it is not finished; and what is pointed out about it."""
        try:
            return self.field.echo(text, self._desk), self.field.caution(text, self._desk)
        except Refusal:
            return "? " + self.field.echo("", self._desk), ""


def _width_of(field: Field) -> str:
    """The class by which the sheet knows how wide a field is."""
    match field:
        case DayField() | WhenField() | MoneyField():
            return "-short"
        case TextField() | ChoiceField():
            return "-wide"
        case SuggestField() | PhonesField():
            return ""
        case _:
            return "" if field.hint else "-wide"


def _control_of(field: Field, text: str) -> Control:
    """The widget in which a field is typed or picked."""
    match field:
        case TextField():
            return TextInput(text, hint=field.hint)
        case ChoiceField(choices=choices):
            options = {str(value): label for value, label in choices.items()}
            return ChoiceInput(options, text, clearable=not field.required)
        case SuggestField():
            return SuggestInput(text)
        case _:
            return LineInput(text)
