"""Finds out from the cells of a column how its dates are written, with the evidence in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache

from tuitrack.exchange.cells import Cell, RawRow, as_text
from tuitrack.exchange.dates import DateFormat, Form, Order, is_serial, parse_written
from tuitrack.lean import dataclass

SWAP_MIN_CELLS = 5
EITHER_SHARE_MAX = 0.02
_DATES_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class DateOrder:
    """What the cells of one column say about its dates; counts are cells."""

    day_first: int = 0
    """Written dates that can only be day first."""
    month_first: int = 0
    """Written dates that can only be month first."""
    either: int = 0
    """Written dates that could be both."""
    year_first: int = 0
    named: int = 0
    """Written dates with the month as a word."""
    serials: int = 0
    """Numbers that a spreadsheet would show as dates."""
    cells: int = 0
    """Real date cells of a workbook."""
    cells_day_to_12: int = 0
    """Real date cells whose day could as well be a month."""
    unread: int = 0
    """Filled cells that are no date."""

    @property
    def total(self) -> int:
        """All filled cells."""
        return self.dates + self.unread

    @property
    def dates(self) -> int:
        """All filled cells that are dates."""
        return self.written + self.year_first + self.named + self.serials + self.cells

    @property
    def written(self) -> int:
        """Written dates whose order matters."""
        return self.day_first + self.month_first + self.either

    @property
    def order(self) -> Order | None:
        """The order that the cells prove; None where they prove none or contradict each other."""
        if self.day_first and not self.month_first:
            return Order.DAY_FIRST
        if self.month_first and not self.day_first:
            return Order.MONTH_FIRST
        return None

    @property
    def is_mixed(self) -> bool:
        """Whether the column holds dates of both orders."""
        return bool(self.day_first and self.month_first)

    @property
    def is_open(self) -> bool:
        """Whether some dates cannot be read until a person chooses the order."""
        return bool(self.either) and self.order is None

    @property
    def looks_swapped(self) -> bool:
        """Whether a spreadsheet exchanged day and month of every date it could and left the others as text."""
        return (
            self.cells >= SWAP_MIN_CELLS
            and self.cells == self.cells_day_to_12
            and self.order is not None
            and self.either <= self.written * EITHER_SHARE_MAX
        )

    def proposal(self, order: Order | None = None) -> DateFormat:
        """How to read the column; `order` settles what the cells leave open."""
        return DateFormat(self.order or order, "swap" if self.looks_swapped else "keep")

    def evidence(self) -> tuple[str, ...]:
        """What was seen, one sentence each."""
        return tuple(self._sentences())

    def _sentences(self) -> Iterator[str]:
        if self.is_mixed:
            yield (
                f"mixed: {self.day_first:,} dates can only be day first, {self.month_first:,} only month first"
                + (f", and {self.either:,} could be either: choose the order" if self.either else "")
            )
        elif self.order:
            proof, other = ("first", "second") if self.order is Order.DAY_FIRST else ("second", "first")
            count = max(self.day_first, self.month_first)
            yield (
                f"{self.order}: {count:,} dates have a day above 12, or dots, with the day {proof}; "
                f"0 have it {other}; {self.either:,} could be either"
            )
        elif self.either:
            yield f"day or month first: {self.either:,} dates could be either and none settles it; choose the order"
        for count, what in (
            (self.year_first, "year first (2024-11-14)"),
            (self.named, "with the month as a word"),
            (self.serials, "day numbers of a spreadsheet"),
            (self.cells, "date cells"),
        ):
            if count:
                yield f"{count:,} {what}"
        if self.looks_swapped:
            yield (
                f"day and month look exchanged in {self.cells:,} date cells: none has a day above 12, while every "
                f"one of the {self.written:,} dates left as text is {self.order} with a day above 12; "
                "proposed: exchange them back"
            )
        if self.unread:
            yield f"{self.unread:,} cells are no date"


class DateCensus:
    """Counts the cells of one column as they stream past."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, cell: Cell) -> None:
        """Count one cell; empty ones do not count."""
        if isinstance(cell, date):
            self._counts["cells"] += 1
            self._counts["cells_day_to_12"] += cell.day <= 12
        elif text := as_text(cell).strip():
            self._counts[_said_by(text)] += 1

    def verdict(self) -> DateOrder:
        """What has been seen so far."""
        return DateOrder(**self._counts)


_FORM_COUNTS: dict[Form | None, str] = {
    Form.DAY_FIRST: "day_first",
    Form.MONTH_FIRST: "month_first",
    Form.EITHER: "either",
    Form.YEAR_FIRST: "year_first",
    Form.NAMED: "named",
    None: "unread",
}


@lru_cache(maxsize=_DATES_REMEMBERED)
def _said_by(text: str) -> str:
    """The count to which a filled cell belongs."""
    if is_serial(text):
        return "serials"
    written = parse_written(text)
    return _FORM_COUNTS[written.form if written else None]


def find_date_order(cells: Iterable[Cell]) -> DateOrder:
    """What the cells of one column say about its dates."""
    census = DateCensus()
    for cell in cells:
        census.add(cell)
    return census.verdict()


def date_columns(header: Sequence[str], sample: Sequence[RawRow]) -> Iterator[tuple[str, DateOrder]]:
    """The columns that hold dates in at least nine of ten filled sample cells; bare numbers alone are no dates."""
    for position, name in enumerate(header):
        order = find_date_order(row.cells[position] for row in sample if not row.trouble)
        if order.dates * 10 >= order.total * 9 and order.dates > order.serials:
            yield name, order


def shared_order(orders: Iterable[DateOrder]) -> Order | None:
    """The one order that the columns of a register prove together, if none of them disagrees."""
    proven = {order.order for order in orders if order.order}
    return proven.pop() if len(proven) == 1 else None
