"""The overdue board: how much is overdue, due today, due in 3 days and paused, by kind, owner, team, category, age.

Every number is that of a query in the language of the queue, which lists exactly the cases that are counted: the
moments between which is counted are those of the overdue filters and of the queries of the age bands themselves.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tuitrack.domain.deadlines import DueCount, DueFilter, window
from tuitrack.domain.query.asking import Asking
from tuitrack.domain.query.fields import Field, words_after
from tuitrack.domain.query.matching import plain
from tuitrack.domain.query.moments import Span
from tuitrack.domain.query.parser import parse
from tuitrack.domain.query.printing import DUE_TEXTS, value_text
from tuitrack.domain.query.terms import Between, conjuncts
from tuitrack.domain.words import Word

COLUMNS = (DueFilter.OVERDUE, DueFilter.TODAY, DueFilter.SOON, DueFilter.PAUSED)
"""What is counted of each group; what is due in 3 days has in it what is due today, as the filters of the queue do."""


class BoardBy(Word):
    """What the rows of a board stand for."""

    KIND = "kind", "what is due next"
    OWNER = "owner"
    TEAM = "team"
    CATEGORY = "category"
    AGE = "age", "late since"


BANDS = {
    "up to 1 day": "overdue<=1d",
    "2 to 3 days": "overdue:2d..3d",
    "4 to 7 days": "overdue:4d..7d",
    "8 to 30 days": "overdue:8d..30d",
    "longer": "overdue>30d",
}
"""How late something is, in days of the calendar, and the query of each."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The moments between which is counted, and which of the steps between them belong to a column or a band."""

    edges: tuple[datetime, ...]
    spans: Mapping[str, Span]

    def has(self, name: str, step: int) -> bool:
        """Whether all of a step, counted as in `DueCount`, lies within a column or band."""
        since, before = self.spans[name]
        low = self.edges[step - 1] if step > 0 else None
        high = self.edges[step] if step < len(self.edges) else None
        return (since is None or (low is not None and since <= low)) and (
            before is None or (high is not None and high <= before)
        )


def scale_at(now: datetime) -> Scale:
    """The scale of a moment, which is in the office's zone."""
    spans: dict[str, Span] = {column: window(column, now) for column in COLUMNS}
    for label, text in BANDS.items():
        for term in conjuncts(parse(text, Asking(now)).where):
            if isinstance(term, Between):
                spans[label] = term.since, min(term.before or now, now)
    edges = {edge for span in spans.values() for edge in span if edge is not None}
    return Scale(tuple(sorted(edges)), spans)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One group with its numbers, a number for each of `COLUMNS`."""

    label: str
    text: str
    """The query of the group, whatever is due of it; empty for everything."""
    numbers: tuple[int, ...]

    def query(self, column: int) -> str:
        """The query that lists what a number counts."""
        return f"{DUE_TEXTS[COLUMNS[column]]} {self.text}".rstrip()


@dataclass(frozen=True, slots=True)
class Board:
    """What was counted at one moment, by everything that a board tells apart."""

    counts: Sequence[DueCount]
    scale: Scale
    names: Mapping[str, str]
    """What the agents are called, by their handles."""
    teams: Mapping[str, str]
    """The agents' teams, by their handles."""

    @property
    def total(self) -> BoardRow:
        """Everything together."""
        return BoardRow("Everything", "", self._numbers(self.counts))

    def rows(self, by: BoardBy) -> list[BoardRow]:
        """The groups that have anything, the most overdue first; bands of age in their order."""
        called: dict[Hashable, tuple[str, str]] = {}
        alike: dict[Hashable, list[DueCount]] = {}
        for count in self.counts:
            for key, label, text in self._groups(by, count):
                called[key] = min(called.get(key, (label, text)), (label, text))
                alike.setdefault(key, []).append(count)
        rows = [BoardRow(*called[key], self._numbers(counts)) for key, counts in alike.items()]
        if by is BoardBy.AGE:
            return sorted(rows, key=lambda row: list(BANDS).index(row.label))
        return sorted(rows, key=lambda row: (*(-number for number in row.numbers), row.label))

    def _groups(self, by: BoardBy, count: DueCount) -> list[tuple[Hashable, str, str]]:
        """The group of a count, if it has one: what tells it from others, its label, its query."""
        match by:
            case BoardBy.KIND:
                label = words_after(Field.NEXT).get(count.kind)
                return [(count.kind, label, f"next:{count.kind}")] if label else []
            case BoardBy.CATEGORY:
                return [_of_category(count.category)]
            case BoardBy.AGE:
                return [(label, label, text) for label, text in BANDS.items() if self.scale.has(label, count.step)]
        if count.owner is None:
            return [(None, "nobody", "owner:none")]
        if by is BoardBy.OWNER:
            name = self.names.get(count.owner, count.owner)
            return [(count.owner, name, f"owner={value_text(Field.OWNER, count.owner)}")]
        team = self.teams.get(count.owner, "")
        return [(team, team, f"team={value_text(Field.TEAM, team)}") if team else ("", "no team", "team:none")]

    def _numbers(self, counts: Sequence[DueCount]) -> tuple[int, ...]:
        return tuple(
            sum(
                count.cases
                for count in counts
                if count.paused is (column is DueFilter.PAUSED) and self.scale.has(column, count.step)
            )
            for column in COLUMNS
        )


def _of_category(category: str) -> tuple[Hashable, str, str]:
    """The group of a category, however its letters are written."""
    if not category:
        return "", "no category", "no:category"
    return plain(category), category, f"category={value_text(Field.CATEGORY, category)}"
