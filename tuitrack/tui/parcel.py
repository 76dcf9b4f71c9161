"""What is packed for the next shift: which of the proposed items go, and what is said to each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tuitrack.domain.handover import Outstanding

_IN, _OUT = "+", "-"
"""What a kept text begins with: whether its item goes."""


class Parcel:
    """A proposal being looked through; every item goes until it is left out."""

    def __init__(self, proposed: Sequence[Outstanding], kept: Mapping[str, str] | None = None) -> None:
        """`kept` are the texts of an earlier look; what is no longer proposed is left aside."""
        self.proposed = tuple(proposed)
        known = {one.key for one in proposed}
        texts = {key: text for key, text in (kept or {}).items() if key in known}
        self.notes = {key: text[1:] for key, text in texts.items() if text[1:]}
        self._left_out = {key for key, text in texts.items() if text.startswith(_OUT)}

    @property
    def packed(self) -> list[Outstanding]:
        """The items that go."""
        return [one for one in self.proposed if self.has(one)]

    @property
    def texts(self) -> dict[str, str]:
        """What somebody decided or typed, to be kept."""
        touched = self._left_out | self.notes.keys()
        return {key: (_OUT if key in self._left_out else _IN) + self.notes.get(key, "") for key in touched}

    def has(self, one: Outstanding) -> bool:
        """Whether an item goes."""
        return one.key not in self._left_out

    def toggle(self, one: Outstanding) -> None:
        """Leave an item out, or take it in again."""
        self._left_out ^= {one.key}

    def say(self, one: Outstanding, note: str) -> None:
        """Say something to an item; an empty text takes back what was said."""
        self.notes = {key: text for key, text in {**self.notes, one.key: note}.items() if text}
