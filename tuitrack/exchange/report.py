"""Writes what became of every row, as a table that a spreadsheet opens without running anything in it."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from tuitrack.domain.errors import Refusal
from tuitrack.domain.text import clean
from tuitrack.exchange.kinds import shown_name
from tuitrack.services.registers import RowOutcome

_BLANKS = (
    " \t\r\n\x0b\x0c\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b"
    "\u202f\u205f\u3000\ufeff"
)
"""What spreadsheets skip before they look for a formula."""
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
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
        self._writer.writerow(neutral(text) for text in (str(row), outcome.value, why, reference, foreign_id))


def neutral(text: str) -> str:
    """Text that no spreadsheet takes for a formula: control characters gone, an apostrophe before a risky start."""
    cleaned = clean(text)
    risky = any(each.lstrip(_BLANKS).startswith(_FORMULA_STARTS) for each in (text, cleaned))
    return "'" + cleaned if risky or text.startswith(_FORMULA_STARTS) else cleaned


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
