"""A figure is a pair: what tuitrack took, and what the yardstick took in the same rounds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from statistics import median

Sample = dict[str, float]
"""What one round gave: figures by their name, which ends in the unit."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; both values are medians over the rounds."""

    subject: str
    yardstick: str
    name: str
    ours: float
    theirs: float

    @property
    def ratio(self) -> str:
        """How many times the yardstick it is; a dash where the yardstick is too small to divide by."""
        return f"{self.ours / self.theirs:.2f}" if self.theirs >= 0.01 else "-"


def compare(
    subject: str, yardstick: str, ours: Callable[[], Sample], theirs: Callable[[], Sample], rounds: int
) -> list[Figure]:
    """Take both in turn, so that what else the machine does falls on both alike."""
    taken = []
    for number in range(rounds):
        # Whoever goes second finds warmer caches: they change places every round.
        if number % 2:
            their_sample, our_sample = theirs(), ours()
        else:
            our_sample, their_sample = ours(), theirs()
        taken.append((our_sample, their_sample))
    return [
        Figure(subject, yardstick, name, median(o[name] for o, _ in taken), median(t[name] for _, t in taken))
        for name in taken[0][0]
    ]


def table(figures: Iterable[Figure]) -> Iterator[str]:
    """The figures as lines of text, grouped by what they are about."""
    yield f"{'':<38}{'tuitrack':>12}{'yardstick':>12}{'ratio':>9}"
    for (subject, yardstick), group in groupby(figures, lambda figure: (figure.subject, figure.yardstick)):
        yield f"{subject}; yardstick: {yardstick}"
        for figure in group:
            yield f"  {figure.name:<36}{figure.ours:>12,.2f}{figure.theirs:>12,.2f}{figure.ratio:>9}"
