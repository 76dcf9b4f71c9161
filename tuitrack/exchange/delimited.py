"""Reads rows from a text register: commas, semicolons, tabs or bars, quoted texts with newlines in them."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from tuitrack.domain.errors import Refusal
from tuitrack.exchange.cells import RawRow

DELIMITERS = (",", ";", "\t", "|")
FIELD_LIMIT_CHARS = 1_000_000
LINE_LIMIT_CHARS = 4_000_000
SAMPLE_LINES = 2_000
SAMPLE_CHARS = 1_000_000
REPLACED = "\N{REPLACEMENT CHARACTER}"


class DelimitedSource:
    """A text file as rows, read from its start each time in constant memory; `progress` is in bytes."""

    def __init__(self, path: Path, encoding: str, delimiter: str = "") -> None:
        self.path = path
        self.encoding = encoding
        self.size_bytes = path.stat().st_size
        self._being_read: BinaryIO | None = None
        self.ends_with_newline = _ends_with_newline(path)
        with path.open("rb") as raw, self._text(raw) as text:
            sample = list(_sample_lines(text))
        declared = _declared_delimiter(sample)
        self.declares_delimiter = bool(declared)
        self.delimiter = delimiter or declared or find_delimiter(sample)
        self.rows_estimate = _estimate_rows(sample, self.size_bytes, self.encoding, self.delimiter)

    @property
    def progress(self) -> float:
        """The share of the file read so far, from 0 to 1."""
        reading = self._being_read
        return reading.tell() / self.size_bytes if reading and not reading.closed else 1.0

    def records(self, width: int = 0) -> Iterator[RawRow]:
        """Every row from the start of the file; `width` is the header's, to tell rows below an unclosed quote."""
        csv.field_size_limit(FIELD_LIMIT_CHARS)
        with self.path.open("rb") as raw, self._text(raw) as text:
            lines = _Lines(text)
            reader = csv.reader(lines, delimiter=self.delimiter)
            number, self._being_read = 1, raw
            if self.declares_delimiter:
                next(reader)
                number += 1
            while True:
                lines.begin_row()
                try:
                    cells = next(reader)
                except StopIteration:
                    break
                except csv.Error:
                    yield RawRow(number, (), trouble=_too_long(lines))
                else:
                    if lines.ended:
                        yield from self._below_unclosed_quote(number, lines.row_lines, width)
                        break
                    yield lines.row(number, cells)
                number += 1

    def _below_unclosed_quote(self, number: int, lines: list[str], width: int) -> Iterator[RawRow]:
        """The row whose quote never closes, refused, and the full rows it had swallowed, read plainly."""
        trouble = "a quote opens in this row and never closes; the file may have been cut"
        swallowed = []
        for offset, line in enumerate(lines[1:], start=1):
            cells = next(csv.reader([line], delimiter=self.delimiter, quoting=csv.QUOTE_NONE), [])
            if width > 1 and len(cells) == width:
                swallowed.append(RawRow(number + offset, tuple(cells), notes=("stands below an unclosed quote",)))
        lost = len(lines) - 1 - len(swallowed)
        if lost:
            trouble += f" ({lost} more lines belong to it)"
        first = next(csv.reader(lines[:1], delimiter=self.delimiter, quoting=csv.QUOTE_NONE), [])
        yield RawRow(number, tuple(first), trouble=trouble)
        yield from swallowed

    def _text(self, raw: BinaryIO) -> io.TextIOWrapper:
        return io.TextIOWrapper(raw, encoding=self.encoding, errors="replace", newline="")


class _Lines:
    """Feeds lines to the CSV reader and remembers those of the row being read."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.row_lines: list[str] = []
        self.ended = False
        self.overlong = False
        self.replaced = False

    def begin_row(self) -> None:
        """Forget the lines of the row before."""
        self.row_lines = []
        self.overlong = self.replaced = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(LINE_LIMIT_CHARS)
        if not line:
            self.ended = True
            raise StopIteration
        if len(line) >= LINE_LIMIT_CHARS:
            self.overlong = True
            while (rest := self._text.readline(LINE_LIMIT_CHARS)) and rest[-1] not in "\r\n":
                pass
        self.row_lines.append(line)
        if REPLACED in line:
            self.replaced = True
        return line

    def row(self, number: int, cells: list[str]) -> RawRow:
        """The row just read, with what its lines say about it."""
        if self.overlong:
            return RawRow(number, (), trouble=_too_long(self))
        notes: tuple[str, ...] = ()
        if self.replaced:
            notes = (f"a character could not be read and became {REPLACED}",)
        return RawRow(number, tuple(cells), notes=notes)


def _too_long(lines: _Lines) -> str:
    span = f" (it runs over {len(lines.row_lines)} lines: a quote may be missing)" if len(lines.row_lines) > 1 else ""
    return f"a text in this row is longer than {FIELD_LIMIT_CHARS:,} characters{span}"


def check_delimiter(delimiter: str) -> str:
    """The delimiter asked for; raises Refusal unless it is one of the four that are known."""
    wanted = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "bar": "|"}.get(delimiter.lower(), delimiter)
    if wanted and wanted not in DELIMITERS:
        raise Refusal(f"Delimiter {delimiter!r} is not known; expected comma, semicolon, tab or bar.", "delimiter")
    return wanted


def find_delimiter(lines: list[str]) -> str:
    """The delimiter that cuts the sample into the most even table; a comma where none does."""
    return max(DELIMITERS, key=lambda delimiter: _evenness(lines, delimiter))


def _evenness(lines: list[str], delimiter: str) -> float:
    """From 0 (one column) to 1 (many columns, every row the same width)."""
    widths = Counter(len(cells) for cells in _lenient(lines, delimiter) if cells)
    if len(lines) >= SAMPLE_LINES and widths.total() > 1:
        widths.subtract([next(reversed(widths))])
    width, rows = max(widths.items(), key=lambda item: item[1] if item[0] > 1 else 0, default=(1, 0))
    return rows / max(1, widths.total()) * (1 - 1 / width) if width > 1 else 0.0


def _lenient(lines: list[str], delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(FIELD_LIMIT_CHARS)
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            continue


def _declared_delimiter(lines: list[str]) -> str:
    """What spreadsheets write as `sep=;` in the first line, or nothing."""
    first = lines[0].strip().strip('"').lower() if lines else ""
    return first[4:] if first.startswith("sep=") and first[4:] in DELIMITERS else ""


def _sample_lines(text: io.TextIOWrapper) -> Iterator[str]:
    chars = 0
    for line in islice(iter(lambda: text.readline(LINE_LIMIT_CHARS), ""), SAMPLE_LINES):
        yield line
        chars += len(line)
        if chars > SAMPLE_CHARS:
            return


def _estimate_rows(sample: list[str], size_bytes: int, encoding: str, delimiter: str) -> int:
    sample_bytes = sum(len(line.encode(encoding, errors="replace")) for line in sample)
    rows = sum(1 for cells in _lenient(sample, delimiter) if cells)
    return round(rows * size_bytes / sample_bytes) if sample_bytes else 0


def _ends_with_newline(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 4))
        return file.read(4).rstrip(b"\x00")[-1:] in (b"\n", b"\r")
