"""What the key for repeating does again: the last command that changed a case, with what was picked in its form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from tuitrack.lean import dataclass
from tuitrack.tui.commands import Place, commands_of

REPEATABLE = frozenset(command.id for command in commands_of(Place.CASE) if command.undoable)
"""Commands of a case that can be repeated, there or on another case."""


@dataclass(frozen=True, slots=True)
class LastCommand:
    """A command that was given, and the choices picked when its form was saved."""

    id: str
    choices: Mapping[str, str] = field(default_factory=dict)
