"""Finds the row of column names, which need not be the first, and gives every column a name of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tuitrack.domain.text import clean
from tuitrack.exchange.cells import Cell, RawRow, as_text
from tuitrack.exchange.fields import field_named

HEADER_SEARCH_ROWS = 60
NAME_MAX_CHARS = 120
_VALUE = re.compile(r"[\d\s.,:/+()€$£%-]*\d[\d\s.,:/+()€$£%-]*|\d.*[TZ:].*|\S+@\S+\.\w+|https?://.*")


def find_header(rows: Sequence[RawRow]) -> RawRow | None:
    """The row of names among the first rows of a register: as full as the fullest, texts only, best known words."""
    fullest = max((_filled(row.cells) for row in rows), default=0)
    if fullest < 2:
        return None
    candidates = [row for row in rows if not row.trouble and _filled(row.cells) * 2 >= fullest and _names_only(row)]
    if not candidates:
        return None
    return max(candidates, key=lambda row: (_known(row), -row.number))


def distinct_names(cells: Sequence[Cell]) -> list[str]:
    """One name per column: an empty one becomes `column 3`, a repeated one `Notes (2)`."""
    names: list[str] = []
    taken: set[str] = set()
    for position, cell in enumerate(cells, start=1):
        base = " ".join(clean(as_text(cell), lines=False).split())[:NAME_MAX_CHARS] or f"column {position}"
        name, count = base, 1
        while name.casefold() in taken:
            count += 1
            name = f"{base} ({count})"
        taken.add(name.casefold())
        names.append(name)
    return names


def _filled(cells: Sequence[Cell]) -> int:
    return sum(1 for cell in cells if as_text(cell).strip())


def _names_only(row: RawRow) -> bool:
    """Whether most filled cells are short texts and at most one in five looks like a number, date or address."""
    filled = [cell for cell in row.cells if as_text(cell).strip()]
    odd = sum(not isinstance(cell, str) or bool(_VALUE.fullmatch(cell.strip()[:200])) for cell in filled)
    long = sum(len(as_text(cell)) > NAME_MAX_CHARS for cell in filled)
    return odd * 5 <= len(filled) and long == 0


def _known(row: RawRow) -> int:
    """How many cells are names of fields; one alone may be chance (`phone` is also a channel)."""
    known = {field_named(as_text(cell)) for cell in row.cells} - {None}
    return len(known) if len(known) > 1 else 0
