"""The kinds of files that registers come in and cases go out, read and written with the program's own libraries."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import python_calamine
import xlsxwriter

Write = Callable[[Iterable[Any]], object]
"""Adds rows to a file."""


@dataclass(frozen=True, slots=True)
class File:
    """A kind of file by its ending, the libraries for it, and the least that reads and writes it."""

    ending: str
    reader: str
    writer: str
    read: Callable[[Path], Iterator[Any]]
    """Its rows."""
    writing: Callable[[Path], AbstractContextManager[Write]]
    """Opens it for writing; it is whole when left."""


def _read_csv(path: Path) -> Iterator[Any]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.reader(file)


@contextmanager
def _writing_csv(path: Path) -> Iterator[Write]:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        yield csv.writer(file).writerows


def _read_xlsx(path: Path) -> Iterator[Any]:
    yield from python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).iter_rows()


@contextmanager
def _writing_xlsx(path: Path) -> Iterator[Write]:
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        at = iter(range(1_048_576))

        def write(rows: Iterable[Any]) -> None:
            for row in rows:
                line = next(at)
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        if cell:
                            sheet.write_string(line, column, cell)
                    elif isinstance(cell, date | datetime):
                        sheet.write_datetime(line, column, cell, day)
                    else:
                        sheet.write_number(line, column, cell)

        yield write


def _read_jsonl(path: Path) -> Iterator[Any]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


@contextmanager
def _writing_jsonl(path: Path) -> Iterator[Write]:
    with path.open("w", encoding="utf-8") as file:

        def write(rows: Iterable[Any]) -> None:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)

        yield write


CSV = File("csv", "csv", "csv", _read_csv, _writing_csv)
XLSX = File("xlsx", "calamine", "xlsxwriter", _read_xlsx, _writing_xlsx)
JSONL = File("jsonl", "json", "json", _read_jsonl, _writing_jsonl)
