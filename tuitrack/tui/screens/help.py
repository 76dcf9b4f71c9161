"""Help: the commands of a place with their keys, found by a word and run from the list."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from tuitrack.domain.permissions import Right, who_may
from tuitrack.domain.text import fold
from tuitrack.tui.commands import USUAL_KEYS, Command, Keymap, Place, bindings, commands_of, help_places, key_of
from tuitrack.tui.desk_screen import DialogScreen
from tuitrack.tui.lines import Line, Tone, cut
from tuitrack.tui.widgets.block_list import BlockList
from tuitrack.tui.widgets.hint_line import HintLine

KEYS_CELLS = 14


class HelpScreen(DialogScreen[str | None]):
    """Lists commands and answers with the id of the one to run."""

    PLACE = Place.HELP
    BINDINGS = bindings(Place.HELP)
    AUTO_FOCUS = "Input"

    def __init__(self, place: Place) -> None:
        super().__init__()
        self._place = place

    def compose(self) -> ComposeResult:
        """The word to look for and the commands that have it."""
        with Vertical():
            run = self.desk.key_of(Place.HELP, "run_command")
            yield Static(f"{self._place} – type a word to find a command, {run} runs it", markup=False, id="title")
            yield Input()
            yield BlockList()
            yield Static(markup=False, id="whole")
            yield HintLine(Place.HELP)

    def on_mount(self) -> None:
        """Show every command; keys go to the word while the list moves."""
        self._list.can_focus = False
        self._filter("")

    @property
    def _list(self) -> BlockList:
        return self.query_one(BlockList)

    @on(Input.Changed)
    def _find(self, event: Input.Changed) -> None:
        self._filter(event.value)

    def _filter(self, words: str) -> None:
        self._list.show_blocks(
            lambda width: help_blocks(self._place, words, width, self.desk.keymap, self.desk.missing_rights)
        )
        self._move(lambda: self._list.choose(0))

    def _move(self, move: Callable[[], None]) -> None:
        """Move in the list, and say whole what the command there does."""
        move()
        chosen = self._list.chosen
        undo_key = self.desk.key_of(Place.CASE, "undo_change")
        told = (told_of(one, undo_key) for at in Place for one in commands_of(at) if (at.value, one.id) == chosen)
        self.query_one("#whole", Static).update(next(told, ""))

    @on(Input.Submitted)
    def action_run_command(self) -> None:
        """Answer with the command under the cursor."""
        chosen = self._list.chosen
        if isinstance(chosen, tuple):
            self.dismiss(chosen[1])

    def action_next_command(self) -> None:
        """Move to the next command."""
        self._move(self._list.action_cursor_down)

    def action_previous_command(self) -> None:
        """Move to the command before."""
        self._move(self._list.action_cursor_up)

    def action_next_commands(self) -> None:
        """Move a page down."""
        self._move(self._list.action_page_down)

    def action_previous_commands(self) -> None:
        """Move a page up."""
        self._move(self._list.action_page_up)


def help_blocks(
    place: Place, words: str, width: int, keymap: Keymap = USUAL_KEYS, missing_rights: frozenset[str] = frozenset()
) -> Sequence[tuple[Hashable, Sequence[Line]]]:
    """The commands that work in a place and have all the words: {(place, id): lines}, each place under its title.

    What one may not do stands there quietly, with who may.
    """
    wanted = fold(words).split()
    undo_key = key_of(Place.CASE, "undo_change", keymap)
    blocks: list[tuple[Hashable, Sequence[Line]]] = []
    for at in help_places(place):
        for number, command in enumerate(c for c in commands_of(at, keymap) if _has(c, wanted)):
            title = [Line(cut(at.value, width), Tone.STRONG)] if number == 0 and at is not place else []
            if command.needs in missing_rights:
                told = f"{command.title}: for {who_may(Right(command.needs))}."
                line = Line(key_column(command) + cut(told, width - KEYS_CELLS), Tone.QUIET)
            else:
                line = Line(help_line(command, width, undo_key))
            blocks.append(((at.value, command.id), [*title, line]))
    return blocks


def help_line(command: Command, width: int, undo_key: str) -> str:
    """A command on one line: its keys, its title, what it does and what undoes it."""
    return key_column(command) + cut(told_of(command, undo_key), width - KEYS_CELLS)


def told_of(command: Command, undo_key: str) -> str:
    """What a command does and what undoes it, in sentences."""
    return f"{command.title}: {command.help}" + (f" {undo_key} undoes it." if command.undoable else "")


def key_column(command: Command) -> str:
    """A command's keys as they stand before what it does."""
    return cut(command.keys, KEYS_CELLS - 1).ljust(KEYS_CELLS)


def _has(command: Command, wanted: list[str]) -> bool:
    text = fold(f"{command.keys} {command.title} {command.help}")
    return all(word in text for word in wanted)
