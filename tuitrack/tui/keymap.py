"""The keys a person prefers to the usual ones: read from `keys.toml`, checked, and taken whole or not at all.

Textual takes unknown ids and impossible keys without a word, and the key that worked before is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from tuitrack.lean import dataclass
from tuitrack.tui.commands import COMMANDS, USUAL_KEYS, Command, Keymap, Place, commands_of, help_places

TYPED_IN = frozenset(
    {Place.QUERY, Place.FORM, Place.FIELDS, Place.INTAKE, Place.WHO, Place.CLOSURE, Place.HELP, Place.DIALOG}
)
"""Places in which a field has the keys: what it takes for itself never reaches a command."""
FIELD_KEYS = frozenset(
    ["Enter", "Space", "Backspace", "Del", "Left", "Right", "Up", "Down", "Home", "End", "PgUp", "PgDn", "F6", "F7"]
    + [f"Ctrl+{letter}" for letter in "CDEKUVWXYZ"]
)
"""What a field takes for itself, beside all characters."""

_NAMED = "Esc Enter Tab Shift+Tab Space Backspace Del Insert Up Down Left Right Home End PgUp PgDn"
_LEGAL = {
    key.lower(): key
    for key in (
        *_NAMED.split(),
        *(f"F{number}" for number in range(1, 13)),
        *(f"Ctrl+{chr(letter)}" for letter in range(ord("A"), ord("Z") + 1)),
    )
}
_UNSAFE = {
    r"ctrl\+m": "terminals send it as Enter",
    r"ctrl\+i": "terminals send it as Tab",
    r"ctrl\+h": "terminals send it as Backspace",
    r"ctrl\+\[": "terminals send it as Esc",
    r"ctrl\+a": "screen keeps it for itself",
    r"ctrl\+b": "tmux keeps it for itself",
    r"ctrl\+enter": "terminals send it as Enter",
    r"ctrl\+shift\+.+": "terminals send it without Shift",
    r"alt\+.+|meta\+.+": "terminals send it as Esc and a key",
    r"shift\+f\d+": "terminals send it as another key or not at all",
    r"f10|f11": "terminals and desktops keep it for themselves",
}
_ONLY_BESIDE_OTHERS = frozenset({"F1", "F12"})
_PLACES = {place.name.lower(): place for place in Place}
_ALL_PLACES = frozenset(Place)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of the file: its name for a person, the commands it means, and what it gives them."""

    name: str
    id: str
    places: tuple[Place, ...]
    keys: str

    @property
    def usual(self) -> frozenset[str]:
        """The keys that the command has in any of these places without the file; they are known to be good."""
        found = [command for place in self.places for command in commands_of(place) if command.id == self.id]
        return frozenset(key for command in found for key in command.keys.split())


def read_keymap(path: Path) -> tuple[Keymap, list[str]]:
    """The keys of a file and what is wrong with it, a sentence each; with anything wrong the usual keys stay."""
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return USUAL_KEYS, []
    except OSError as error:
        return USUAL_KEYS, [f"{path} cannot be read: {error.strerror}."]
    except UnicodeDecodeError as error:
        return USUAL_KEYS, [f"{path} is not UTF-8 text (byte {error.start + 1})."]
    import tomllib

    try:
        keymap, faults = checked(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        return USUAL_KEYS, [f"{path} is not TOML: {error}."]
    return keymap, [f"{path}: {fault}" for fault in faults]


def faults_told(faults: Sequence[str]) -> str:
    """The first fault for the status line, which has no room for all; an empty text where there is none."""
    if not faults:
        return ""
    more = f" ({len(faults) - 1} more: tuitrack doctor)" if len(faults) > 1 else ""
    return f"The usual keys are in force{more}. {faults[0]}"


def checked(values: Mapping[str, Any]) -> tuple[Keymap, list[str]]:
    """The keys meant by what a file says, those of one place after those of all, and the faults in it."""
    entries: list[_Entry] = []
    faults: list[str] = []
    for name, value in sorted(values.items(), key=lambda item: isinstance(item[1], dict)):
        if not isinstance(value, dict):
            _take(entries, faults, name, name, value, _ALL_PLACES)
        elif name in _PLACES:
            for id_, keys in value.items():
                _take(entries, faults, f"{name}.{id_}", id_, keys, {_PLACES[name]})
        else:
            faults.append(f"[{name}] is not a place; the nearest is [{_nearest(name, _PLACES)}].")
    keymap = {(place, entry.id): entry.keys for entry in entries for place in entry.places}
    faults += _clashes(entries, keymap)
    return (USUAL_KEYS, faults) if faults else (keymap, [])


def _take(
    entries: list[_Entry], faults: list[str], name: str, id_: str, value: object, within: Iterable[Place]
) -> None:
    """Add an entry, or say what is wrong with it."""
    commands: list[Command] = [command for command in COMMANDS if set(within) & set(command.places)]
    places = tuple(place for command in commands if command.id == id_ for place in command.places if place in within)
    if not places:
        nearest = _nearest(id_, [command.id for command in commands])
        faults.append(f"{name} is not a command{' there' if '.' in name else ''}; the nearest is {nearest}.")
    elif not isinstance(value, str) or not value.split():
        faults.append(f'{name} must be one key or more in quotes, such as "n F4".')
    else:
        entry = _Entry(name, id_, places, " ".join(dict.fromkeys(map(_spelled, value.split()))))
        entries.append(entry)
        faults.extend(f"{name}: {fault}" for fault in _key_faults(entry))


def _spelled(key: str) -> str:
    """A key as the table spells it, whatever its capitals; a character stands for itself."""
    return key if len(key) == 1 else _LEGAL.get(key.lower(), key)


def _key_faults(entry: _Entry) -> Iterator[str]:
    """What is wrong with the keys of an entry by themselves."""
    keys = entry.keys.split()
    typed_in = any(place in TYPED_IN for place in entry.places)
    for key in keys:
        reason = next((why for pattern, why in _UNSAFE.items() if re.fullmatch(pattern, key.lower())), "")
        is_character = len(key) == 1 and key.isprintable()
        if reason:
            yield f"{key} is not safe, {reason}."
        elif not is_character and key not in _LEGAL.values():
            nearest = _LEGAL[_nearest(key.lower(), _LEGAL)]
            yield f"{key!r} is not a key that every terminal has; the nearest is {nearest}."
        elif key in entry.usual:
            continue
        elif typed_in and is_character:
            yield f"{key} is typed as text there; take a function key, or Ctrl and a letter."
        elif typed_in and key in FIELD_KEYS:
            yield f"{key} belongs to the field one types in; take another key."
        elif key.isdecimal():
            yield f"{key} starts a number to go to; take another key."
    if set(keys) <= _ONLY_BESIDE_OTHERS:
        yield f"{keys[0]} does not arrive everywhere; add another key."
    if entry.id == "show_help" and all(len(key) == 1 for key in keys):
        yield "help must be found where one types as well; add a function key, or Ctrl and a letter."


def _clashes(entries: Iterable[_Entry], keymap: Keymap) -> Iterator[str]:
    """Keys of the file that another command has, in the same place or in one whose keys work there as well."""
    told = set()
    for entry, place in [(one, place) for one in entries for place in one.places]:
        others = [(near, command) for near in _near(place) for command in commands_of(near, keymap)]
        for key, (near, command) in product(entry.keys.split(), others):
            pair = (key, frozenset({entry.id, command.id}))
            if key in entry.usual or command.id == entry.id or key not in command.keys.split() or pair in told:
                continue
            told.add(pair)
            yield f"{entry.name}: {key} is the key of {command.id} ({near.value}); take another, or move that one."


def _near(place: Place) -> list[Place]:
    """The places whose keys work together with those of a place."""
    return [near for near in Place if near in help_places(place) or place in help_places(near)]


def _nearest(typed: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    return get_close_matches(typed, list(known), n=1, cutoff=0.0)[0]
