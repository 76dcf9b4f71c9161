"""What the importing of a register is told, and what it tells: the port behind the command and the screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from tuitrack.domain.keeping import ImportRun
from tuitrack.domain.words import CaseKind, Channel, Mood, Outcome, Priority, Status, Word
from tuitrack.services.importing import Undone

NO_SUCH_FIELD = "no field is called so"
"""Why most columns fill no field."""

OUR_WORDS: Mapping[str, type[Word]] = MappingProxyType(
    {"status": Status, "outcome": Outcome, "channel": Channel, "kind": CaseKind, "priority": Priority, "mood": Mood}
)
"""The fields whose cells are words of a closed list, and the list."""


class RowOutcome(StrEnum):
    """What became of one row."""

    TAKEN = "taken"
    CHANGED = "changed"
    """Taken, with something mended, moved or read in a way that a person should know."""
    REFUSED = "refused"
    ALREADY_THERE = "already there"


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person states instead of having it found; an empty value means find it."""

    encoding: str = ""
    delimiter: str = ""
    header_row: int = 0
    sheet: str = ""
    date_order: str = ""
    """`day-first` or `month-first`, for written dates whose column does not settle it."""
    swapped: str = ""
    """`keep` or `swap`, for date cells whose day and month look exchanged."""
    columns: tuple[tuple[str, str], ...] = ()
    """(column, key of the field it fills); an empty key leaves the column out."""
    words: tuple[tuple[str, str, str], ...] = ()
    """(field, word of the register, our word)."""
    profile: str = ""
    """The name of a saved mapping to start from, instead of the proposed one."""
    keep_rest: bool = True
    """Whether columns that fill no field are kept below the details."""


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """What becomes of one column, and why."""

    column: str
    field: str
    """The key of the field, empty where the column fills none."""
    title: str
    """The field's name for people."""
    reason: str


@dataclass(frozen=True, slots=True)
class DatePlan:
    """How the dates of one column are written, with the evidence, and how they will be read."""

    column: str
    reading: str
    evidence: tuple[str, ...]
    open: bool
    """Whether some dates are refused unless a person chooses the order."""


@dataclass(frozen=True, slots=True)
class WordPlan:
    """A word of the register that nobody knows, how often it stands there, and what it is taken as."""

    field: str
    word: str
    count: int
    taken_as: str


@dataclass(frozen=True, slots=True)
class Plan:
    """How a register was understood, to be shown and changed before anything is taken from it."""

    name: str
    encoding: str
    """Empty for a workbook, as are the delimiter for a workbook and the sheets for a text."""
    delimiter: str
    header_row: int
    sheet: str
    sheets: tuple[str, ...]
    rows: int
    columns: tuple[ColumnPlan, ...]
    dates: tuple[DatePlan, ...]
    words: tuple[WordPlan, ...]
    problems: tuple[str, ...]
    """Why nothing can be taken like this; empty where it will do."""
    keep_rest: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run through a file is."""

    share: float
    """The share of the file gone through, from 0 to 1."""
    rows: int
    rows_a_second: float
    seconds_left: float


@dataclass(slots=True)
class Summary:
    """What became of the rows, with every reason and remark counted."""

    report: Path
    what: str = "cases"
    """What the rows become."""
    run: ImportRun | None = None
    """None for a dry run, which stores nothing."""
    counts: Counter[RowOutcome] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    """Why rows were refused."""
    remarks: Counter[str] = field(default_factory=Counter)
    """What was changed in rows that were taken."""
    seconds: float = 0.0
    stopped: bool = False
    """Whether somebody stopped it before the end of the file."""

    @property
    def rows(self) -> int:
        """Every row gone through: taken, changed, refused or already there."""
        return self.counts.total()

    @property
    def new(self) -> int:
        """The rows that make a case."""
        return self.counts[RowOutcome.TAKEN] + self.counts[RowOutcome.CHANGED]


def silent(progress: Progress) -> None:
    """Tell nobody."""


def never() -> bool:
    """Go on to the end."""
    return False


class Registers(Protocol):
    """Reads registers and takes them in; everything that a person can cause to fail is a Refusal."""

    def fields(self) -> tuple[tuple[str, str], ...]:
        """The fields that a column can fill: (key, name for people)."""
        ...

    def profiles(self) -> tuple[str, ...]:
        """The names of the saved mappings."""
        ...

    def plan(self, path: Path, choices: Choices, on_progress: Callable[[Progress], None] = silent) -> Plan:
        """Look through the whole file and propose how to take it."""
        ...

    def take_in(
        self,
        path: Path,
        choices: Choices,
        *,
        dry_run: bool,
        on_progress: Callable[[Progress], None] = silent,
        stop: Callable[[], bool] = never,
    ) -> Summary:
        """Import every row, or with `dry_run` only find what would become of each; `stop` is asked between batches."""
        ...

    def save_profile(self, name: str, path: Path, choices: Choices) -> None:
        """Keep the mapping of this file with these choices under a name."""
        ...

    def runs(self) -> list[ImportRun]:
        """The latest runs, newest first."""
        ...

    def undo(self, run_id: int) -> Undone:
        """Take back everything a run brought, except cases that somebody worked on since."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...
