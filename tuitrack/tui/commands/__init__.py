"""The one table of commands: bindings, hint line, help, palette and docs/keys.md all follow from it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from textual.binding import Binding, BindingType

from tuitrack.tui.commands.anywhere import ANYWHERE, CHANGES, COMFORT, LIST
from tuitrack.tui.commands.case import CASE, CLOSURE, CUSTOMER
from tuitrack.tui.commands.command import Command, Place
from tuitrack.tui.commands.desk import HANDOVER, IMPORT, PROMISES, QUALITY, REVIEWS, RULES, STAFF, TEXTS
from tuitrack.tui.commands.forms import DIALOGS, FORMS
from tuitrack.tui.commands.queue import BOARD, BULK, QUEUE

__all__ = (
    "COMMANDS", "USUAL_KEYS", "Command", "KeyOf", "Keymap", "Place", "bindings", "bound_keys", "commands_by_key",
    "commands_of", "help_places", "hint_line", "key_of", "right_of",
)  # fmt: skip

COMMANDS: tuple[Command, ...] = (
    *QUEUE, *BOARD, *CASE, *PROMISES, *QUALITY, *STAFF, *CHANGES, *COMFORT, *TEXTS, *CLOSURE, *CUSTOMER, *IMPORT,
    *BULK, *RULES, *REVIEWS, *HANDOVER, *FORMS, *DIALOGS, *LIST, *ANYWHERE,
)  # fmt: skip
"""All of them, in the order in which the hint line, the help and docs/keys.md name those of a place."""

Keymap = Mapping[tuple[Place, str], str]
"""The keys of commands, by place and id, where they are not the usual ones."""
USUAL_KEYS: Keymap = MappingProxyType({})
KeyOf = Callable[[Place, str], str]
"""Tells the key by which a sentence names a command of a place, by its id."""

_KEY_NAMES = {"Esc": "escape", "PgDn": "pagedown", "PgUp": "pageup", "Del": "delete", ",": "comma"}
_OVER_OTHERS = frozenset(
    {
        Place.WALLBOARD,
        Place.FORM,
        Place.HELP,
        Place.VIEWS,
        Place.COLUMNS,
        Place.DIALOG,
        Place.STATUS_CARD,
        Place.READER,
        Place.PHRASES,
        Place.LETTER,
        Place.TEXT,
        Place.REFERENCE,
        Place.QUESTION,
    }
)
"""Places that lie over another screen and have only their own commands."""
_TYPED_IN = frozenset({Place.INTAKE, Place.CLOSURE})
"""Full screens in which characters are text."""


def commands_of(place: Place, keymap: Keymap = USUAL_KEYS) -> list[Command]:
    """The commands of one place in the order of the table, with the keys they have there."""
    return [
        replace(command, keys=keymap.get((place, command.id), command.keys))
        for command in COMMANDS
        if place in command.places
    ]


def key_of(place: Place, command_id: str, keymap: Keymap = USUAL_KEYS) -> str:
    """The key by which a sentence names a command."""
    return next(command for command in commands_of(place, keymap) if command.id == command_id).keys.split()[0]


@cache
def right_of(command_id: str) -> str:
    """The right that a command needs; empty where everybody may give it."""
    return next((command.needs for command in COMMANDS if command.id == command_id and command.needs), "")


def bindings(place: Place) -> list[BindingType]:
    """What a screen or widget of this place binds by the usual keys; the action is the command's id."""
    return [
        Binding(_keys(command.keys), command.id, command.title, show=False, id=_binding_id(place, command.id))
        for command in commands_of(place)
    ]


def commands_by_key(place: Place, keymap: Keymap = USUAL_KEYS) -> dict[str, str]:
    """The id of the command behind each key of a place."""
    return {key: command.id for command in commands_of(place, keymap) for key in _keys(command.keys).split(",")}


def bound_keys(keymap: Keymap) -> dict[str, str]:
    """What takes the place of the usual keys, by the id of the binding."""
    return {_binding_id(place, id_): _keys(keys) for (place, id_), keys in keymap.items()}


def hint_line(place: Place, width: int, keymap: Keymap = USUAL_KEYS, without: Collection[str] = ()) -> str:
    """The keys worth naming in a place, as many as fit; help and the way out stay.

    `without` are the ids of commands that there is nothing for at the moment.
    """
    commands = commands_of(place, keymap)
    own = [_hint(command) for command in commands if command.hint and command.id not in without]
    taken = {key for command in commands for key in command.keys.split()}
    general = [] if place in _OVER_OTHERS else commands_of(Place.ANYWHERE, keymap)
    named = [(_shown_key(command, place), command) for command in general if command.hint]
    kept = [f"{key} {command.hint}" for key, command in named if key not in taken]
    while own and len("  ".join(own + kept)) > width:
        own.pop()
    return "  ".join(own + kept)[:width]


def help_places(place: Place) -> list[Place]:
    """The places whose commands work while a person is in one of them, the nearest first."""
    within = {
        Place.QUEUE: [Place.QUERY],
        Place.FORM: [Place.FIELDS],
        Place.INTAKE: [Place.FIELDS],
        Place.CLOSURE: [Place.FIELDS],
    }.get(place, [])
    around = [] if place in _OVER_OTHERS else [Place.LIST, Place.ANYWHERE]
    return [place, *within, *around]


def _shown_key(command: Command, place: Place) -> str:
    """The key that a hint names: where one types, the first that is not a character."""
    keys = command.keys.split()
    return next((key for key in keys if len(key) > 1), keys[0]) if place in _TYPED_IN else keys[0]


def _hint(command: Command) -> str:
    return f"{command.keys.split()[0]} {command.hint}"


def _binding_id(place: Place, command_id: str) -> str:
    """Tells a command's binding in one place from the one in another: `queue.search_cases`."""
    return f"{place.name.lower()}.{command_id}"


def _keys(keys: str) -> str:
    """The keys of a command as Textual names them, separated by commas."""
    return ",".join(map(_key, keys.split()))


def _key(name: str) -> str:
    """The name Textual has for a key; it knows most characters itself."""
    return _KEY_NAMES.get(name) or (name if len(name) == 1 else name.lower())
