"""A letter as the case fills it, to be read before it is edited and sent."""

from __future__ import annotations

from tuitrack.services.letters import FilledLetter
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.lines import Line, Tone, wrapped
from tuitrack.tui.screens.reader import ReaderScreen
from tuitrack.tui.widgets.top_line import TopLine


class LetterScreen(ReaderScreen):
    """Shows a letter whole; answers True when the person goes on to edit it."""

    PLACE = Place.LETTER
    BINDINGS = bindings(Place.LETTER)

    def __init__(self, filled: FilledLetter) -> None:
        self._filled = filled
        super().__init__(f"{filled.letter.title} ({filled.letter.language})", self._laid_out)

    def action_edit_letter(self) -> None:
        """Go on to the form."""
        self.dismiss(True)

    def action_copy_letter(self) -> None:
        """Copy subject and text; the top line says so, for not every terminal takes a copy."""
        self.desk.copy_to_clipboard(f"{self._filled.subject}\n\n{self._filled.text}")
        self.query_one(TopLine).show("Copied, if your terminal takes it")

    def _laid_out(self, width: int) -> list[Line]:
        subject = wrapped(self._filled.subject, width, Tone.STRONG)
        return [*subject, Line(""), *wrapped(self._filled.text, width)]
