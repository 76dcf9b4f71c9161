"""Work on many cases that is done some at a time, so that others come in between and it can end at any step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Generic, TypeVar

from tuitrack.domain.bulk import Fate

CHANGED_AT_ONCE = 20
"""Cases changed in one transaction: others wait no longer for it than for one person's save."""
LOOKED_AT_ONCE = 200
"""Cases read at once where nothing is stored."""

R = TypeVar("R")


class Steps(Generic[R]):
    """A subclass says what is done with a few rows; each stands for one case."""

    doing = ""
    """What is being done, such as `Changing`."""
    done = ""
    """What was done with a case, such as `changed`."""
    at_once = CHANGED_AT_ONCE

    def __init__(self, rows: Sequence[R]) -> None:
        self.total = len(rows)
        self._left: Iterator[R] = iter(rows)

    def step(self) -> list[Fate]:
        """Do the next few; returns what became of each, nothing once all are done. May raise StoreFault."""
        rows = list(islice(self._left, self.at_once))
        return self.work(rows) if rows else []

    def work(self, rows: Sequence[R]) -> list[Fate]:
        """Do these few; what is refused for one case never keeps another from it."""
        raise NotImplementedError
