"""Reads rows from a spreadsheet workbook: XLSX, XLSM, XLSB, XLS or ODS."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from tuitrack.domain.errors import Refusal
from tuitrack.exchange.cells import RawRow
from tuitrack.exchange.header import HEADER_SEARCH_ROWS, find_header
from tuitrack.exchange.kinds import refused, shown_name

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook


class WorkbookSource:
    """One sheet as rows: its cells stay packed in the reader's own memory, one row at a time becomes Python."""

    def __init__(self, path: Path, sheet: str = "") -> None:
        from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

        try:
            book = CalamineWorkbook.from_path(str(path))
            self.sheets = tuple(data.name for data in book.sheets_metadata if data.typ == SheetTypeEnum.WorkSheet)
            self._sheet = _open_sheet(path, book, self.sheets, sheet)
        except PasswordError:
            raise refused(path, "is locked with a password: save it without one first") from None
        except (CalamineError, OSError, ValueError) as error:
            raise refused(path, "is a damaged or foreign workbook: save it again as XLSX") from error
        self.sheet = self._sheet.name
        self.rows_read = 0

    @property
    def rows_estimate(self) -> int:
        """How many rows the sheet has, header and blank ones included."""
        return _row_count(self._sheet)

    @property
    def progress(self) -> float:
        """The share of the sheet read so far, from 0 to 1."""
        return min(1.0, self.rows_read / self.rows_estimate) if self.rows_estimate else 1.0

    def records(self, width: int = 0) -> Iterator[RawRow]:
        """Every row from the top of the sheet; `width` has no meaning here, every row is as wide as the sheet."""
        for row in _rows(self._sheet):
            self.rows_read = row.number
            yield row


def _open_sheet(path: Path, book: CalamineWorkbook, names: tuple[str, ...], wanted: str) -> CalamineSheet:
    """The sheet asked for, or the first one that has a header."""
    if wanted:
        for name in names:
            if name.casefold() == wanted.casefold():
                return book.get_sheet_by_name(name)
        raise Refusal(f"{shown_name(path)} has no sheet {wanted!r}; expected one of {', '.join(names)}.", "sheet")
    for name in names:
        sheet = book.get_sheet_by_name(name)
        if find_header(tuple(islice(_rows(sheet), HEADER_SEARCH_ROWS))) is not None:
            return sheet
    for name in names:
        sheet = book.get_sheet_by_name(name)
        if _row_count(sheet):
            return sheet
    raise refused(path, "is a workbook with nothing in it")


def _row_count(sheet: CalamineSheet) -> int:
    return sheet.end[0] + 1 if sheet.end else 0


def _rows(sheet: CalamineSheet) -> Iterator[RawRow]:
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        yield RawRow(number, tuple(cells))
