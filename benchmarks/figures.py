"""A figure is a pair: what tuitrack took and what its yardstick took in the same rounds, with the bar it is held to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import inf

Sample = Mapping[str, Sequence[float]]
"""What one round gave: values by the name of their figure, which ends in the unit."""


@dataclass(frozen=True, slots=True)
class Bar:
    """At most so many times the yardstick, and so much more in its unit."""

    times: float = inf
    more: float = 0.0
    percent: int = 50
    """How many of a hundred values are at most the one that is compared: 50 is the median."""

    def holds(self, ours: float, theirs: float) -> bool:
        """Whether ours is within the bar."""
        return self.times == inf or ours <= self.times * theirs + self.more

    def __str__(self) -> str:
        if self.times == inf:
            return ""
        return f"+{self.more:g}" if self.more else f"{self.times:g}x"


NO_BAR = Bar()
"""What is only told, beside a figure that is held to a bar."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; both values are the same percentile over all rounds."""

    subject: str
    yardstick: str
    name: str
    ours: float
    theirs: float
    bar: Bar = NO_BAR

    @property
    def ratio(self) -> str:
        """How many times the yardstick it is; a dash where the yardstick is too small to divide by."""
        return f"{self.ours / self.theirs:.2f}" if self.theirs >= 0.001 else "-"

    @property
    def misses(self) -> bool:
        """Whether it is beyond its bar."""
        return not self.bar.holds(self.ours, self.theirs)


def compare(
    subject: str,
    yardstick: str,
    ours: Callable[[], Sample],
    theirs: Callable[[], Sample],
    rounds: int,
    bars: Mapping[str, Bar],
) -> list[Figure]:
    """Take both in turn, so that what else the machine does falls on both alike; a figure for each name in `bars`."""

    def both(number: int) -> tuple[Sample, Sample]:
        # Whoever goes second finds warmer caches: they change places every round.
        if number % 2:
            their_sample, our_sample = theirs(), ours()
        else:
            our_sample, their_sample = ours(), theirs()
        return our_sample, their_sample

    return figures(subject, yardstick, [both(number) for number in range(rounds)], bars)


def figures(
    subject: str, yardstick: str, rounds: Sequence[tuple[Sample, Sample]], bars: Mapping[str, Bar]
) -> list[Figure]:
    """The figures of rounds that gave ours and theirs; a figure for each name in `bars`."""
    return [
        Figure(
            subject,
            yardstick,
            f"{name}, p{bar.percent}" if bar.percent != 50 else name,
            _percentile([value for ours, _ in rounds for value in ours[name]], bar.percent),
            _percentile([value for _, theirs in rounds for value in theirs[name]], bar.percent),
            bar,
        )
        for name, bar in bars.items()
    ]


def _percentile(values: list[float], percent: int) -> float:
    return sorted(values)[round((len(values) - 1) * percent / 100)]


HEADER = f"{'':<54}{'tuitrack':>12}{'yardstick':>12}{'ratio':>9}{'at most':>9}"
"""What stands over the lines of figures."""


def lines(found: Iterable[Figure]) -> Iterator[str]:
    """The figures as lines of text, grouped by what they are about."""
    for (subject, yardstick), group in groupby(found, lambda figure: (figure.subject, figure.yardstick)):
        yield f"{subject}; yardstick: {yardstick}"
        for figure in group:
            values = f"{figure.ours:>12,.2f}{figure.theirs:>12,.2f}{figure.ratio:>9}{figure.bar!s:>9}"
            yield f"  {figure.name:<52}{values}{'  misses' if figure.misses else ''}".rstrip()
