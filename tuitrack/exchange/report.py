"""Writes what became of every row, as a table that a spreadsheet opens without running anything in it."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from tuitrack.domain.errors import Refusal
from tuitrack.exchange.formulas import neutral
from tuitrack.exchange.kinds import shown_name
from tuitrack.services.registers import RowOutcome

COLUMNS = ("row", "outcome", "why", "reference", "number in the old register")


class RowReport:
    """The open report; `counts` tells how many rows each outcome has so far."""

    def __init__(self, path: Path, file: TextIO) -> None:
        self.path = path
        self._writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        self._writer.writerow(COLUMNS)
        self.counts: Counter[RowOutcome] = Counter()

    def write(self, row: int, outcome: RowOutcome, why: str = "", reference: str = "", foreign_id: str = "") -> None:
        """Write one row's fate."""
        self.counts[outcome] += 1
        self._writer.writerow((row, outcome.value, *map(neutral, (why, reference, foreign_id))))


@contextmanager
def open_report(path: Path) -> Iterator[RowReport]:
    """Open a report to write rows to as they are decided; raises Refusal where the file cannot be written.

    The byte order mark lets spreadsheets read the accents.
    """
    try:
        file = path.open("w", encoding="utf-8-sig", newline="")
    except OSError as error:
        raise Refusal(f"The report {shown_name(path)} cannot be written: {error.strerror}.", "report") from error
    with file:
        yield RowReport(path, file)
