"""Texts of the desk, such as its procedure and its policy: versions that are only ever added, and who has read them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from tuitrack.lean import dataclass

DESK_TEXT_MAX = 200_000
"""Characters a text of the desk may have; a longer one is refused, never cut."""
SHIPPED = 0
"""The number of the version that comes with the program; those of the desk follow from 1 on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskText:
    """One version of a text of the desk."""

    id: int = 0
    name: str
    """The same in all versions: `policy`."""
    version: int
    valid_from: date
    """The day of the office from which it is in force; a version that was shipped always was."""
    by: str
    """Who brought it in, empty where it was shipped."""
    entered_at: datetime
    text: str

    @property
    def is_shipped(self) -> bool:
        """Whether it came with the program."""
        return self.version == SHIPPED

    @property
    def title(self) -> str:
        """The version by name and number."""
        return f"{self.name}, version {self.version}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextReading:
    """That an agent has read a version of a text."""

    id: int = 0
    name: str
    version: int
    agent: str
    at: datetime


def in_force(versions: Iterable[DeskText], day: date) -> list[DeskText]:
    """Of each text the newest version whose day has come, by name."""
    newest: dict[str, DeskText] = {}
    for text in sorted(versions, key=lambda one: (one.name, one.version)):
        if text.valid_from <= day:
            newest[text.name] = text
    return list(newest.values())
