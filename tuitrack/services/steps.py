"""Work on many cases that is done some at a time, so that others come in between and it can end at any step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from tuitrack.domain.bulk import Fate

CHANGED_AT_ONCE = 20
"""Cases changed in one transaction: others wait no longer for it than for one person's save."""
NAMED_MOST = 10_000
"""Cases told by name; of a run over more of them, the rest are counted."""
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

    def __init__(self, rows: Iterable[R], total: int) -> None:
        """`total` is how many rows there will be, as far as is known; they are taken only as they are needed."""
        self.total = total
        self._left: Iterator[R] = iter(rows)
        self._now: list[R] = []

    def step(self) -> list[Fate]:
        """Do the next few; returns what became of each, nothing once all are done.

        May raise StoreFault; asked again after that, it does the same ones.
        """
        while len(self._now) < self.at_once and (more := next(self._left, None)) is not None:
            self._now.append(more)
        fates = self.work(self._now) if self._now else []
        self._now = []
        return fates

    def work(self, rows: Sequence[R]) -> list[Fate]:
        """Do these few; what is refused for one case never keeps another from it."""
        raise NotImplementedError

    def remark(self) -> str:
        """What else is worth saying of all that were done so far; empty where nothing is."""
        return ""


class Tally:
    """What became of any number of cases: how many change and how many stay, the first of them by name."""

    def __init__(self, settled: Iterable[Fate] = ()) -> None:
        """`settled` are cases that stay as they are, from a rehearsal before this."""
        self.fates: list[Fate] = []
        self.changed = self.stayed = self.unnamed = 0
        self._notable = 0
        self.add(settled)

    @property
    def count(self) -> int:
        """How many cases were looked at."""
        return self.changed + self.stayed

    def add(self, fates: Iterable[Fate]) -> None:
        """Count some more; those that stay or become overdue are named before others."""
        for fate in fates:
            notable = bool(fate.reason) or fate.is_overdue
            self.stayed += bool(fate.reason)
            self.changed += not fate.reason
            if len(self.fates) - self._notable < NAMED_MOST or (notable and self._notable < NAMED_MOST):
                self.fates.append(fate)
                self._notable += notable
            else:
                self.unnamed += 1
