"""The overdue board: how much is overdue, due today, due in 3 days and paused, by kind, owner, team, category, age.

Every number is that of a query in the language of the queue, which lists exactly the cases that are counted: the
moments between which is counted are those of the overdue filters and of the queries of the age bands themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from operator import add, attrgetter
from typing import Any, NamedTuple

from tuitrack.domain.deadlines import DueCount, DueFilter, window
from tuitrack.domain.query.asking import Asking
from tuitrack.domain.query.fields import Field, words_after
from tuitrack.domain.query.matching import plain
from tuitrack.domain.query.moments import Span
from tuitrack.domain.query.parser import parse
from tuitrack.domain.query.printing import DUE_TEXTS, value_text
from tuitrack.domain.query.terms import Between, conjuncts
from tuitrack.domain.words import Word
from tuitrack.lean import dataclass

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
    "more than 30 days": "overdue>30d",
}
"""How late something is, in days of the calendar, and the query of each."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The moments between which is counted, and which of the steps between them belong to a column or a band."""

    edges: tuple[datetime, ...]
    spans: Mapping[str, Span]

    @property
    def steps(self) -> range:
        """The steps between the moments, from before the first to after the last."""
        return range(len(self.edges) + 1)

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
        summed = self._summed(lambda count: None).values()
        return BoardRow("Everything", "", tuple(next(iter(summed), _NONE)))

    def rows(self, by: BoardBy) -> list[BoardRow]:
        """The groups that have anything, the most overdue first; bands of age in their order."""
        match by:
            case BoardBy.KIND:
                rows = self._rows(attrgetter("kind"), _of_kind)
            case BoardBy.OWNER:
                rows = self._rows(attrgetter("owner"), self._of_owner)
            case BoardBy.TEAM:
                rows = self._rows(attrgetter("owner"), self._of_team)
            case BoardBy.CATEGORY:
                rows = self._rows(attrgetter("category"), _of_category)
            case BoardBy.AGE:
                return sorted(self._rows(attrgetter("step"), self._of_step), key=lambda row: _ORDER[row.label])
        return sorted(rows, key=lambda row: (*(-number for number in row.numbers), row.label))

    def _rows(self, value_of: Callable[[DueCount], Any], called: Callable[[Any], _Called | None]) -> list[BoardRow]:
        """The groups of what the counts have of one sort; values that are called alike are one group."""
        rows: dict[str, BoardRow] = {}
        for value, numbers in sorted(self._summed(value_of).items(), key=lambda found: str(found[0])):
            group = called(value)
            if group is not None:
                key = group.also or group.text
                known = rows.get(key, BoardRow(group.label, group.text, _NONE))
                rows[key] = replace(known, numbers=tuple(map(add, known.numbers, numbers)))
        return list(rows.values())

    def _summed(self, value_of: Callable[[DueCount], Any]) -> dict[Any, list[int]]:
        """A number for each of `COLUMNS`, by a value of the counts."""
        columns = {
            (step, paused): [
                place
                for place, column in enumerate(COLUMNS)
                if paused is (column is DueFilter.PAUSED) and self.scale.has(column, step)
            ]
            for step in self.scale.steps
            for paused in (True, False)
        }
        summed: dict[Any, list[int]] = {}
        for count in self.counts:
            numbers = summed.setdefault(value_of(count), [*_NONE])
            for place in columns[count.step, count.paused]:
                numbers[place] += count.cases
        return summed

    def _of_owner(self, owner: str | None) -> _Called:
        if owner is None:
            return _NOBODYS
        return _Called(self.names.get(owner, owner), f"owner={value_text(Field.OWNER, owner)}")

    def _of_team(self, owner: str | None) -> _Called:
        if owner is None:
            return _NOBODYS
        team = self.teams.get(owner, "")
        return _Called(team, f"team={value_text(Field.TEAM, team)}") if team else _Called("no team", "team:none")

    def _of_step(self, step: int) -> _Called | None:
        return next((_Called(label, text) for label, text in BANDS.items() if self.scale.has(label, step)), None)


class _Called(NamedTuple):
    """The label and the query of a group."""

    label: str
    text: str
    also: str = ""
    """What values have in common that are one group although their queries are not the same."""


_NONE = (0,) * len(COLUMNS)
_ORDER = {label: place for place, label in enumerate(BANDS)}
_NOBODYS = _Called("nobody", "owner:none")


def _of_kind(kind: str) -> _Called | None:
    label = words_after(Field.NEXT).get(kind)
    return _Called(label, f"next:{kind}") if label else None


def _of_category(category: str) -> _Called:
    """The group of a category, however its letters are written."""
    if not category:
        return _Called("no category", "no:category")
    return _Called(category, f"category={value_text(Field.CATEGORY, category)}", plain(category))
