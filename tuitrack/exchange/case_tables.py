"""Cases one by one into a table or a JSON text, in constant memory and with nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import IO, Protocol

from tuitrack.domain.columns import Column
from tuitrack.domain.errors import Refusal
from tuitrack.domain.queue import WholeCase
from tuitrack.exchange.case_columns import table_columns
from tuitrack.exchange.case_json import case_record, chosen_record
from tuitrack.exchange.formulas import neutral
from tuitrack.services.exports import Format

SHEET_ROWS_MAX = 1_048_576
"""Rows of a sheet, with the one of the names."""
CELL_UNITS_MAX = 32_767
"""UTF-16 code units that a cell of a workbook can hold."""
_FIRST_DAY_OF_SHEETS = date(1900, 3, 1)
"""Before it, spreadsheets count a day that never was."""
_as_json = json.JSONEncoder(ensure_ascii=False).encode


class CaseTable(Protocol):
    """Takes cases in their order."""

    def write(self, case: WholeCase) -> None:
        """Add one case."""
        ...

    def close(self) -> None:
        """Write what comes after the last case; whoever opened a file closes it."""
        ...


class CsvTable:
    """Comma-separated, with ISO dates and moments that carry their offset; `now` is in the office's zone."""

    def __init__(self, file: IO[str], now: datetime, columns: Iterable[Column]) -> None:
        self._writer = csv.writer(file, lineterminator="\r\n")
        self._columns = table_columns(columns)
        self._writer.writerow(self._columns)
        self._now = now

    def write(self, case: WholeCase) -> None:
        """Add a row."""
        row = [told(case, self._now) for told in self._columns.values()]
        self._writer.writerow([cell and (neutral(cell) if isinstance(cell, str) else _iso(cell)) for cell in row])

    def close(self) -> None:
        """Nothing comes after the last row."""


class JsonTable:
    """One JSON object for each case: all in an array, or with `lines` one on a line."""

    def __init__(self, file: IO[str], now: datetime, columns: Iterable[Column], *, lines: bool) -> None:
        self._file = file
        self._now = now
        self._columns = tuple(columns)
        self._between, self._begin, self._end = ("\n", "", "\n") if lines else (",\n", "[\n", "\n]\n")
        self._count = 0

    def write(self, case: WholeCase) -> None:
        """Add an object."""
        self._file.write(self._between if self._count else self._begin)
        record = chosen_record(case, self._now, self._columns) if self._columns else case_record(case, self._now)
        self._file.write(_as_json(record))
        self._count += 1

    def close(self) -> None:
        """End the array, or the last line."""
        if self._count:
            self._file.write(self._end)
        elif self._begin:
            self._file.write("[]\n")


class Sheet:
    """A workbook of one sheet; days and moments are real date cells of the office's clock, shown in ISO form."""

    def __init__(self, path: Path, now: datetime, columns: Iterable[Column]) -> None:
        import xlsxwriter  # 60 ms, and needed only here

        # Rows go to a file as soon as the next one begins.
        options = {"constant_memory": True, "tmpdir": str(path.parent), "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(str(path), options)
        self._sheet = self._book.add_worksheet("Cases")
        self._sheet.freeze_panes(1, 1)
        self._columns = table_columns(columns)
        self._sheet.set_column(0, len(self._columns) - 1, 16)
        self._sheet.write_row(0, 0, self._columns, self._book.add_format({"bold": True}))
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._now = now
        self._row = 0

    def write(self, case: WholeCase) -> None:
        """Add a row; raises Refusal where the sheet is full."""
        self._row += 1
        if self._row >= SHEET_ROWS_MAX:
            raise Refusal(f"Format: a sheet holds {SHEET_ROWS_MAX - 1:,} cases; export to CSV, or fewer.", "format")
        for column, told in enumerate(self._columns.values()):
            if not (cell := told(case, self._now)):
                continue
            if isinstance(cell, str):
                self._sheet.write_string(self._row, column, fitted(neutral(cell)))
            elif _day_of(cell) < _FIRST_DAY_OF_SHEETS:
                self._sheet.write_string(self._row, column, _iso(cell))
            elif isinstance(cell, datetime):
                self._sheet.write_datetime(self._row, column, cell.replace(tzinfo=None), self._moment)
            else:
                self._sheet.write_datetime(self._row, column, cell, self._day)

    def abandon(self) -> None:
        """Let go of the rows written so far."""
        if self._sheet.row_data_fh is not None:
            self._sheet.row_data_fh.close()

    def close(self) -> None:
        """Put the workbook together."""
        from xlsxwriter.exceptions import FileCreateError

        try:
            self._book.close()
        except FileCreateError as error:
            raise OSError(str(error)) from error


def text_table(chosen: Format, file: IO[str], now: datetime, columns: Iterable[Column] = ()) -> CaseTable:
    """A table in a text file that is open, with the columns that a query names, or else all; a workbook is none."""
    if chosen is Format.CSV:
        return CsvTable(file, now, columns)
    return JsonTable(file, now, columns, lines=chosen is Format.JSONL)


@contextmanager
def open_table(chosen: Format, path: Path, now: datetime, columns: Iterable[Column] = ()) -> Iterator[CaseTable]:
    """Open a file for cases and finish it, or let go of it where something fails."""
    if chosen is Format.XLSX:
        sheet = Sheet(path, now, columns)
        try:
            yield sheet
        except BaseException:
            sheet.abandon()
            raise
        sheet.close()
        return
    # The byte order mark lets spreadsheets read the accents.
    encoding = "utf-8-sig" if chosen is Format.CSV else "utf-8"
    with path.open("w", encoding=encoding, newline="") as file:
        table = text_table(chosen, file, now, columns)
        yield table
        table.close()


def fitted(text: str) -> str:
    """Text that a cell of a workbook can hold; where it is longer, the end says that it goes on."""
    if len(text) * 2 <= CELL_UNITS_MAX:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= CELL_UNITS_MAX * 2:
        return text
    more = " … (cut; CSV and JSON have it whole)"
    return units[: (CELL_UNITS_MAX - len(more)) * 2].decode("utf-16-le", "ignore") + more


def _iso(cell: date) -> str:
    return cell.isoformat(timespec="seconds") if isinstance(cell, datetime) else cell.isoformat()


def _day_of(cell: date) -> date:
    return cell.date() if isinstance(cell, datetime) else cell
