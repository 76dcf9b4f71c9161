"""What was counted in the days of a report: cases by owner and by what they are about, and promises."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tuitrack.domain.promises import Standing
from tuitrack.domain.quality.days import Days
from tuitrack.domain.quality.measures import Base, Measure
from tuitrack.domain.query.fields import Field

TRENDS = (Field.CATEGORY, Field.PRODUCT, Field.CAUSE)
"""By what trends are told."""

Counts = Mapping[tuple[str, ...], Sequence[int]]
"""By the values of some fields, how many cases there are, and how many of them are of each part."""


class Slice(NamedTuple):
    """How many cases were received and closed in a part of the days."""

    days: Days
    received: int
    closed: int


@dataclass
class Counted:
    """What was counted in the days of one period; it is filled step by step."""

    days: Days
    by_owner: dict[Base, dict[str, Counter[str]]] = field(
        default_factory=lambda: {base: defaultdict(Counter) for base in Base}
    )
    """By owner, the empty one for nobody, how many cases a query has; the empty query has all of them."""
    by_value: dict[Field, Counter[str]] = field(default_factory=lambda: {one: Counter() for one in TRENDS})
    """How many of the cases received have each value of a field."""
    promised: dict[str, Counter[Standing]] = field(default_factory=lambda: defaultdict(Counter))
    """By whoever made them, how the promises due stand."""
    slices: list[Slice] = field(default_factory=list)

    def add_parts(self, base: Base, parts: Sequence[str], counts: Counts) -> int:
        """Add what was counted by owner, and return how many cases there were in all."""
        for (owner, *_), (everything, *numbers) in counts.items():
            known = self.by_owner[base][owner]
            known[""] += everything
            for part, number in zip(parts, numbers, strict=True):
                known[part] += number
        return sum(numbers[0] for numbers in counts.values())

    def add_values(self, counts: Counts) -> None:
        """Add what was counted by the fields of `TRENDS`."""
        for values, (number, *_) in counts.items():
            for one, value in zip(TRENDS, values, strict=True):
                self.by_value[one][value] += number

    @property
    def received(self) -> int:
        """How many cases were received."""
        return self.by_value[TRENDS[0]].total()

    def count(self, base: Base, query: str = "", owner: str | None = None) -> int:
        """How many cases of a base a query has, whoever has them, or those of one; the empty owner is nobody."""
        known = self.by_owner[base]
        whose = known.values() if owner is None else [known.get(owner, Counter())]
        return sum(counts[query] for counts in whose)

    def stand(self, standings: Iterable[Standing], by: str | None = None) -> int:
        """How many promises stand so, those of everybody or of one."""
        wanted = tuple(standings)
        whose = self.promised.values() if by is None else [self.promised.get(by, Counter())]
        return sum(known[standing] for known in whose for standing in wanted)


def parts_of(base: Base, known: Iterable[Measure], also: Iterable[str] = ()) -> list[str]:
    """The queries of the parts of a base that are counted, each once."""
    texts = (text for measure in known if measure.base is base for text in (measure.among, measure.text))
    return [text for text in dict.fromkeys((*texts, *also)) if text]
