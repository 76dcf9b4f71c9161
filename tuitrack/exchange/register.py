"""Opens a register, whatever it was saved by, and hands out its rows one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from tuitrack.domain.errors import Refusal
from tuitrack.exchange.cells import RawRow, is_blank
from tuitrack.exchange.date_order import DateOrder, date_columns
from tuitrack.exchange.delimited import DelimitedSource, check_delimiter
from tuitrack.exchange.encodings import check_encoding, find_encoding
from tuitrack.exchange.header import HEADER_SEARCH_ROWS, distinct_names, find_header
from tuitrack.exchange.kinds import Kind, recognise, refused
from tuitrack.exchange.workbook import WorkbookSource
from tuitrack.lean import dataclass

SAMPLE_ROWS = 2_000
SAMPLE_CHARS = 4_000_000


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a person may state instead of having it found; an empty value means find it."""

    encoding: str = ""
    delimiter: str = ""
    header_row: int = 0
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Description:
    """How a register was understood, to be shown and changed before anything is taken from it."""

    name: str
    encoding: str
    """Empty for a workbook, as are the delimiter for a workbook and the sheets for a text."""
    delimiter: str
    header_row: int
    sheet: str
    sheets: tuple[str, ...]
    dates: tuple[tuple[str, DateOrder], ...]
    """The columns that hold dates in the sample, each with what its dates look like."""
    rows_estimate: int


class Register:
    """An open register: its column names and its rows, which may be gone through more than once."""

    def __init__(self, path: Path, source: DelimitedSource | WorkbookSource, header_row: int) -> None:
        self.path = path
        self._source = source
        found = _header(path, source, header_row)
        self.header_row = found.number
        self.header: list[str] = distinct_names(found.cells)
        self.sample: tuple[RawRow, ...] = tuple(_sample(self.rows()))
        if not self.sample:
            raise refused(path, "has no rows below the header")

    @property
    def progress(self) -> float:
        """The share of the file gone through so far, from 0 to 1."""
        return self._source.progress

    def rows(self) -> Iterator[RawRow]:
        """The rows below the header from the first on, blank ones left out, each padded to the header's width."""
        width = len(self.header)
        held: RawRow | None = None
        try:
            for record in self._source.records(width):
                if record.number <= self.header_row or (not record.trouble and is_blank(record.cells)):
                    continue
                if held:
                    yield _fitted(held, width)
                held = record
        except (OSError, UnicodeError) as error:
            raise refused(self.path, f"could not be read to its end ({error})") from error
        if held:
            yield self._last(held, width)

    def describe(self) -> Description:
        """How the file was understood."""
        source = self._source
        text = source if isinstance(source, DelimitedSource) else None
        book = source if isinstance(source, WorkbookSource) else None
        return Description(
            name=self.path.name,
            encoding=text.encoding if text else "",
            delimiter=text.delimiter if text else "",
            header_row=self.header_row,
            sheet=book.sheet if book else "",
            sheets=book.sheets if book else (),
            dates=tuple(date_columns(self.header, self.sample)),
            rows_estimate=max(1, source.rows_estimate - self.header_row),
        )

    def _last(self, row: RawRow, width: int) -> RawRow:
        """The last row; too short and without a line end it is what is left of a cut file."""
        text = isinstance(self._source, DelimitedSource)
        if text and not row.trouble and len(row.cells) < width and not self._source_ends_with_newline():
            trouble = f"the file ends in the middle of this row ({len(row.cells)} of {width} columns)"
            return RawRow(row.number, row.cells, trouble, row.notes)
        return _fitted(row, width)

    def _source_ends_with_newline(self) -> bool:
        return isinstance(self._source, DelimitedSource) and self._source.ends_with_newline


def _sample(rows: Iterator[RawRow]) -> Iterator[RawRow]:
    """The first rows, fewer where their texts are very long."""
    chars = 0
    for row in islice(rows, SAMPLE_ROWS):
        yield row
        chars += sum(len(cell) for cell in row.cells if isinstance(cell, str))
        if chars > SAMPLE_CHARS:
            return


def _fitted(row: RawRow, width: int) -> RawRow:
    """The row as wide as the header: missing cells are empty with a note, filled extra cells are a trouble."""
    if row.trouble or len(row.cells) == width:
        return row
    count = len(row.cells)
    if count < width:
        note = f"has {count} cells where the header has {width}; the missing ones are empty"
        return RawRow(row.number, row.cells + ("",) * (width - count), notes=(*row.notes, note))
    if is_blank(row.cells[width:]):
        return RawRow(row.number, row.cells[:width], notes=row.notes)
    trouble = f"has {count} cells where the header has {width}: a text holds a delimiter without quotes around it"
    return RawRow(row.number, row.cells, trouble, row.notes)


def _header(path: Path, source: DelimitedSource | WorkbookSource, wanted: int) -> RawRow:
    """The row of column names: the one asked for or the one found."""
    if wanted < 0:
        raise Refusal(f"Header row {wanted} is not a row number; expected 1 or more.", "header row")
    try:
        top = tuple(islice(source.records(), max(HEADER_SEARCH_ROWS, wanted)))
    except (OSError, UnicodeError) as error:
        raise refused(path, f"could not be read ({error})") from error
    if wanted:
        chosen = next((row for row in top if row.number == wanted), None)
        if chosen is None or is_blank(chosen.cells):
            raise refused(path, f"has no column names in row {wanted}")
        return chosen
    found = find_header(top)
    if found is None:
        raise refused(path, "has no row of column names in its first rows")
    return found


@contextmanager
def open_register(path: Path, options: ReadOptions | None = None) -> Iterator[Register]:
    """Open a file as a register; raises Refusal with one sentence for anything that is not one."""
    options = options or ReadOptions()
    kind = recognise(path)
    if kind is Kind.WORKBOOK:
        yield Register(path, WorkbookSource(path, options.sheet), options.header_row)
        return
    try:
        encoding = check_encoding(options.encoding) if options.encoding else find_encoding(path)
        source = DelimitedSource(path, encoding, check_delimiter(options.delimiter))
    except (OSError, UnicodeError) as error:
        raise refused(path, f"cannot be read ({error})") from error
    yield Register(path, source, options.header_row)
