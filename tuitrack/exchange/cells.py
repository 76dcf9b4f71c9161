"""What one row of a register holds before anything is made of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

Cell = str | int | float | bool | datetime | date | time | timedelta | None


class RawRow(NamedTuple):
    """One row of the file; `trouble` says why it cannot be taken, `notes` what was mended in reading it."""

    number: int
    """The row as a spreadsheet counts it: from 1, with titles, header and blank rows."""
    cells: tuple[Cell, ...]
    trouble: str = ""
    notes: tuple[str, ...] = ()


def as_text(cell: Cell) -> str:
    """The cell as a person would type it: whole numbers without a fraction, dates as ISO."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return str(cell)


def is_blank(cells: Sequence[Cell]) -> bool:
    """Whether no cell of the row holds anything but blanks."""
    return not any(as_text(cell).strip() for cell in cells)
