"""What is told of one promise after it was put to the test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """The figures of one promise, and every way in which it was broken."""

    promise: str
    figures: Mapping[str, object]
    broken: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """One line for a person: the promise, its figures, and what broke."""
        told = ", ".join(f"{name} {figure}" for name, figure in self.figures.items())
        return f"{self.promise:<44} {told}{''.join(f'  BROKEN: {one}' for one in self.broken)}"
