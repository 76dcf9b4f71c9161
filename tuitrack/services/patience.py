"""Waits for a database that was lost, and asks it again for what it has not done."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

from tuitrack.domain.errors import NotKnown, Unreachable

AGAIN_AFTER_S = (0.2, 0.5, 1.0, 2.0)
"""The pauses after which a lost database is asked again, before it is given up."""

T = TypeVar("T")


class Patience:
    """How long one program waits for its database."""

    def __init__(self, pauses: Sequence[float] = AGAIN_AFTER_S) -> None:
        """`pauses` are in seconds."""
        self._pauses = pauses
        self.when_lost: Callable[[], None] = lambda: None
        """Called, on the thread that waits, whenever the database does not answer and will be asked again."""
        self._is_over = threading.Event()

    def ask(self, do: Callable[[], T]) -> T:
        """Do something, and once more after a while where the database was lost before anything was stored."""
        for pause in self._pauses:
            try:
                return do()
            except NotKnown:
                raise
            except Unreachable:
                self.when_lost()
                if self._is_over.wait(pause):
                    raise
        return do()

    def end(self) -> None:
        """Wait no more, for the program ends."""
        self._is_over.set()
