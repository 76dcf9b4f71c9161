"""Lines of plain text laid out to a width in terminal cells, as the line-by-line widgets draw them."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from rich.cells import cell_len, chop_cells, set_cell_size

from tuitrack.lean import dataclass


class Tone(StrEnum):
    """How a line speaks; the sheets give each tone its look, and no meaning hangs on the look alone."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class Line:
    """One drawn line; its text is never read as markup."""

    text: str
    tone: Tone = Tone.PLAIN


def wrap(text: str, width: int) -> Iterator[str]:
    """Lay text out in lines of at most `width` cells, line by line as asked; long words are broken."""
    for paragraph in text.split("\n"):
        yield from _wrap_paragraph(paragraph, max(width, 2))


def wrapped(text: str, width: int, tone: Tone = Tone.PLAIN, indent: int = 0) -> list[Line]:
    """All of a text as lines of one tone, each moved right by `indent` cells."""
    return [Line(" " * indent + part, tone) for part in wrap(text, width - indent)]


def cut(text: str, width: int) -> str:
    """One line of at most `width` cells, ending in an ellipsis where it was cut."""
    line = " ".join(text[: 4 * max(width, 1)].split())
    if cell_len(line) <= width and len(text) <= 4 * max(width, 1):
        return line
    return set_cell_size(line, max(width - 1, 0)).rstrip() + "…"


def beside(left: list[Line], right: list[Line], width: int) -> list[Line]:
    """Two texts in columns; both must be laid out to at most `column_width(width)`."""
    column = column_width(width)
    height = max(len(left), len(right))
    left = left + [Line("")] * (height - len(left))
    right = right + [Line("")] * (height - len(right))
    return [Line(f"{set_cell_size(a.text, column)} │ {b.text}", a.tone) for a, b in zip(left, right, strict=True)]


def column_width(width: int) -> int:
    """The cells of one of two columns with a rule between them."""
    return (width - 3) // 2


def _wrap_paragraph(paragraph: str, width: int) -> Iterator[str]:
    if cell_len(paragraph) <= width:
        yield paragraph
        return
    line, used = "", 0
    for word in paragraph.split(" "):
        size = cell_len(word)
        if line and used + 1 + size <= width:
            line, used = f"{line} {word}", used + 1 + size
            continue
        if line:
            yield line
        if size <= width:
            line, used = word, size
            continue
        *whole, line = chop_cells(word, width)
        yield from whole
        used = cell_len(line)
    yield line
