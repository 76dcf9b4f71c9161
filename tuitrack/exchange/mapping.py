"""Says which column of a register becomes which field; frozen, so that a change makes a new mapping."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Self

from tuitrack.domain.errors import Refusal
from tuitrack.exchange.dates import DateFormat
from tuitrack.exchange.fields import BY_KEY, normal_name
from tuitrack.exchange.values import check_word
from tuitrack.lean import dataclass

REPEATABLE = frozenset({"details"})
"""Fields that several columns may fill together."""
SUBSTANCE = ("subject", "details", "words", "category", "sub_category")
"""Fields of which at least one must say what a complaint is about."""
ANSWER = ("mood", "score", "words", "details")
"""Fields of which at least one must say what a customer answered."""


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """One column: the key of the field it fills, empty where none, and why it was proposed so."""

    column: str
    field: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ColumnDates:
    """How the dates of one column are read."""

    column: str
    format: DateFormat


@dataclass(frozen=True, slots=True)
class WordUse:
    """One word of the other register (`value`, folded) and the word of ours that it means in `field`."""

    field: str
    value: str
    word: str


@dataclass(frozen=True, slots=True)
class Mapping:
    """What becomes of every column; `keep_rest` puts unmapped columns below the details as `Column: value`."""

    columns: tuple[ColumnUse, ...]
    dates: tuple[ColumnDates, ...] = ()
    words: tuple[WordUse, ...] = ()
    keep_rest: bool = True

    def columns_for(self, field: str) -> tuple[str, ...]:
        """The names of the columns that fill a field."""
        return tuple(use.column for use in self.columns if use.field == field)

    def date_format(self, column: str) -> DateFormat:
        """How the dates of a column are read."""
        return next((dates.format for dates in self.dates if dates.column == column), DateFormat())

    def with_field(self, column: str, field: str) -> Self:
        """The column fills another field, or none where `field` is empty; it takes the field from any other column."""
        if field and field not in BY_KEY:
            raise Refusal(f"Field {field!r} is not known; expected one of {', '.join(BY_KEY)}.", "field")
        if column not in {use.column for use in self.columns}:
            raise Refusal(f"The register has no column {column!r}.", "column")
        uses = []
        for use in self.columns:
            if use.column == column:
                use = ColumnUse(column, field, "chosen")
            elif field and use.field == field and field not in REPEATABLE:
                use = ColumnUse(use.column, "", f"{BY_KEY[field].title} is filled by {column}")
            uses.append(use)
        return replace(self, columns=tuple(uses))

    def with_dates(self, column: str, chosen: DateFormat) -> Self:
        """The dates of a column are read in another way."""
        others = tuple(dates for dates in self.dates if dates.column != column)
        return replace(self, dates=(*others, ColumnDates(column, chosen)))

    def with_word(self, field: str, value: str, word: str) -> Self:
        """A word of the other register means one of ours."""
        folded, word = normal_name(value), check_word(field, word)
        others = tuple(use for use in self.words if (use.field, use.value) != (field, folded))
        return replace(self, words=(*others, WordUse(field, folded, word)))

    def word_for(self, field: str, value: str) -> str:
        """The word chosen for a value, empty where none was."""
        folded = normal_name(value)
        return next((use.word for use in self.words if use.field == field and use.value == folded), "")

    def fitted_to(self, header: Iterable[str]) -> Self:
        """The same mapping for another register; raises Refusal where a mapped column is not there."""
        names = tuple(header)
        missing = [use.column for use in self.columns if use.field and use.column not in names]
        if missing:
            raise Refusal(
                f"The register has no column {', '.join(map(repr, missing))} that the profile reads.", "profile"
            )
        known = {use.column: use for use in self.columns}
        return replace(
            self, columns=tuple(known.get(name, ColumnUse(name, "", "not in the profile")) for name in names)
        )

    @property
    def tells_answers(self) -> bool:
        """Whether the rows are what customers answered about cases of ours, not cases."""
        return bool(self.columns_for("reference"))

    def problems(self) -> tuple[str, ...]:
        """Why nothing can be taken with this mapping; empty where it will do."""
        found = []
        if self.tells_answers and not any(self.columns_for(key) for key in ANSWER):
            found.append("no column says what the customer answered (mood, score, words or details)")
        if not self.columns_for("received_at"):
            found.append("no column says when a complaint was received")
        if not self.tells_answers and not any(self.columns_for(key) for key in SUBSTANCE):
            found.append("no column says what a complaint is about (subject, details, words or category)")
        return tuple(found)
