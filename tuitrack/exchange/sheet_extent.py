"""Measures how far the cells of an XLSX sheet reach, because its reader sets memory aside for the whole rectangle."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

CELLS_MAX = 50_000_000
"""Cells of the largest rectangle that is read; each takes 32 bytes."""
_CHUNK_BYTES = 1_048_576
_HEAD_BYTES = 65_536
_OVERLAP_BYTES = 512
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\s[^>]*ref=\"[A-Z]+\d+:([A-Z]+)(\d+)\"")
_FILLED_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=\"([A-Z]{1,3})(\d{1,7})\"[^>/]*>\s*<")


def widest_sheet_cells(path: Path) -> int:
    """The cells of the largest sheet's rectangle; sheets that say they are small are believed.

    Formatting alone makes a sheet say that it is large, so such a sheet is measured by its filled cells.
    """
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)]
        return max((_cells(archive, name) for name in sheets), default=0)


def _cells(archive: zipfile.ZipFile, name: str) -> int:
    with archive.open(name) as sheet:
        declared = _DIMENSION.search(sheet.read(_HEAD_BYTES))
    if declared is None:
        return 0
    cells = _column(declared[1]) * int(declared[2])
    return cells if cells <= CELLS_MAX else _measured(archive, name)


def _measured(archive: zipfile.ZipFile, name: str) -> int:
    """Row by row through the sheet, in small pieces that overlap by more than the opening of a cell."""
    last_column = last_row = 0
    rest = b""
    with archive.open(name) as sheet:
        while chunk := sheet.read(_CHUNK_BYTES):
            piece = rest + chunk
            for cell in _FILLED_CELL.finditer(piece):
                last_column = max(last_column, _column(cell[1]))
                last_row = max(last_row, int(cell[2]))
            rest = piece[-_OVERLAP_BYTES:]
    return last_column * last_row


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
