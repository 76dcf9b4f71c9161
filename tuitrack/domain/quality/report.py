"""A quality report as tables of numbers, each with what lists the cases or promises that it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tuitrack.domain.promises import LedgerQuery
from tuitrack.domain.quality.days import Days
from tuitrack.domain.quality.measures import Better
from tuitrack.domain.words import Word

Listing = str | LedgerQuery
"""What lists the things behind a number: a query of the queue, or one of the ledger of promises."""

NOTE = (
    "Those who complain are only a part: by the document this program was built from, about 4 % of dissatisfied "
    "customers speak up. The figure is that document’s, not measured at this desk."
)
"""What every report says about all its numbers."""


class Topic(Word):
    """What a table of a report is about."""

    MEASURES = "measures"
    VOLUME = "volume", "cases per day or week"
    TURNAROUND = "turnaround", "how long cases took"
    CATEGORY = "category", "trend by category"
    PRODUCT = "product", "trend by product"
    CAUSE = "cause", "trend by root cause"
    AGENT = "agents", "by agent"


@dataclass(frozen=True, slots=True)
class Number:
    """A number with what lists the things behind it; one that is worked out of others lists nothing."""

    text: str
    count: int | None = None
    """How many things are listed."""
    lists: Listing | None = None
    of: int | None = None
    """Of how many it is the share; None where it is no share."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table."""

    id: str
    """What tells it from others, whatever its numbers are."""
    label: str
    numbers: tuple[Number, ...]
    remark: str = ""
    """What is to be pointed out, in a word or two."""
    is_alert: bool = False
    """Whether that is something to look after."""
    bar: float | None = None
    """How long a bar is drawn, as a share of the longest; None where none is."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one topic under their columns."""

    topic: Topic
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""
    """What the numbers are of, in a sentence."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was counted of the cases of some days."""

    days: Days
    before: Days
    """The days they are compared with."""
    as_of: datetime
    """When it was counted, in the office's zone."""
    tables: tuple[Table, ...]

    @property
    def alerts(self) -> list[str]:
        """What is to be looked after, a line for each."""
        return [
            f"{row.label}: {row.numbers[0].text}, {row.remark}"
            for table in self.tables
            for row in table.rows
            if row.is_alert
        ]

    def table(self, topic: Topic) -> Table:
        """The table of a topic."""
        return next(table for table in self.tables if table.topic is topic)


def share(count: int, of: int, better: Better | None = None) -> int | None:
    """A share in whole percent, rounded so that it never looks better than it is; None of nothing."""
    if not of:
        return None
    return -(-100 * count // of) if better is Better.LESS else 100 * count // of


def percent(value: int | None) -> str:
    """A share as text, a dash where there is none."""
    return "-" if value is None else f"{value} %"


def plain_number(count: int, lists: Listing) -> Number:
    """How many there are."""
    return Number(f"{count:,}", count, lists)


def share_number(count: int, of: int, lists: Listing, better: Better | None = None) -> Number:
    """A share, which lists what it counts."""
    return Number(percent(share(count, of, better)), count, lists, of)


def change(now: int | None, before: int | None, unit: str = "") -> Number:
    """By how much a number is another than before, a dash where there is nothing to compare."""
    return Number("-" if now is None or before is None else f"{now - before:+,}{unit}")


def bar_text(length: float, cells: int) -> str:
    """A bar of plain characters, since some terminals have no others; what is more than nothing is seen."""
    return "#" * (max(round(length * cells), 1) if length else 0)
