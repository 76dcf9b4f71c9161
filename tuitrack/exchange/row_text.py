"""The texts of one row, made safe and fitted to what a case can hold, so that nothing of the row is lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from tuitrack.domain.text import NAME_MAX, SUBJECT_MAX, TEXT_MAX, clean, one_line
from tuitrack.exchange.cells import Cell, RawRow, as_text
from tuitrack.exchange.fields import BY_KEY
from tuitrack.exchange.formulas import as_it_was

_C1_CONTROL = re.compile("[\x80-\x9f]")
_ENCODED_TWICE = re.compile("[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


class RowText:
    """Cleans the cells of a row by field; gathers `notes`, and in `tail` what is told below the details."""

    def __init__(self, row: RawRow, header: Sequence[str], positions: Mapping[str, Sequence[int]]) -> None:
        self._row = row
        self._texts = [cell.strip() if isinstance(cell, str) else as_text(cell).strip() for cell in row.cells]
        self._header = header
        self._positions = positions
        self.notes = list(row.notes)
        self.tail: list[str] = []
        self.more: list[str] = []

    def cells(self, field: str) -> list[Cell]:
        """The cells of the columns that fill a field."""
        return [self._row.cells[position] for position in self._positions.get(field, ())]

    def raw(self, field: str) -> str:
        """The cells of a field as one text, just as they stand."""
        positions = self._positions.get(field)
        if positions is None:
            return ""
        if len(positions) == 1:
            return as_it_was(self._texts[positions[0]])
        return "\n\n".join(as_it_was(text) for position in positions if (text := self._texts[position]))

    def line(self, field: str) -> str:
        """A one-line field; what does not fit is told whole below the details."""
        if field not in self._positions or not (raw := self.raw(field)):
            return ""
        if len(raw) <= NAME_MAX and raw.isascii() and raw.isprintable() and "  " not in raw:
            # Nothing to mend, to draw together or to cut: most lines, at a fifth of the cost.
            return raw
        text = " ".join(self._cleaned(raw, lines=False).split())
        if len(text) <= NAME_MAX:
            return text
        self.notes.append(f"{BY_KEY[field].title} is longer than {NAME_MAX} characters; whole in the details")
        self.tell(field)
        return one_line(text, NAME_MAX)

    def text(self, field: str) -> str:
        """A field of any length; what one entry cannot hold goes on in further ones."""
        if field not in self._positions:
            return ""
        return self._bounded(self._cleaned(self.raw(field), lines=True), BY_KEY[field].title)

    def contact(self, field: str, looks_right: Callable[[str], bool]) -> str:
        """A phone number or address by which the customer is found; anything else is told below the details."""
        text = self.line(field)
        if not text or looks_right(text):
            return text
        title = BY_KEY[field].title
        self.notes.append(f"{title} “{one_line(text, 40)}” does not look like one; kept in the details")
        self.tell(field)
        return ""

    def subject(self, category: str, sub_category: str) -> str:
        """The subject, or what the row is about in the shortest words it has; empty where it has none."""
        own = self._cleaned(self.raw("subject"), lines=False)
        if len(own) > SUBJECT_MAX:
            self.notes.append(f"subject is longer than {SUBJECT_MAX} characters; whole in the details")
            self.tell("subject")
        text = own or ": ".join(part for part in (category, sub_category) if part)
        text = text or clean(self.raw("words") or self.raw("details"), lines=False)
        return one_line(text, SUBJECT_MAX)

    def details(self, *, keep_rest: bool) -> str:
        """The details, and below them one line for everything told; with `keep_rest` also all unmapped columns."""
        if keep_rest:
            self.tell("")
        text = self._cleaned(self.raw("details"), lines=True)
        tail = "\n".join(dict.fromkeys(self.tail))
        return self._bounded(f"{text}\n\n{tail}".strip() if tail else text, "details")

    def tell(self, field: str) -> None:
        """Keep the cells of a field as they stand, below the details."""
        for position in self._positions.get(field, ()):
            text = self._cleaned(as_text(self._row.cells[position]), lines=True)
            if text:
                self.tail.append(f"{clean(self._header[position], lines=False)}: {text}")

    def _cleaned(self, raw: str, *, lines: bool) -> str:
        if raw.isprintable():
            # Nothing to mend or to replace: most text, at a tenth of the cost.
            return clean(raw).strip()
        if _C1_CONTROL.search(raw):
            raw = self._decoded_again(raw)
        text = clean(raw, lines=lines).strip()
        if text.count("\ufffd") > raw.count("\ufffd"):
            self.notes.append("control characters were replaced")
        return text

    def _decoded_again(self, raw: str) -> str:
        """Mend characters that some program encoded twice: only such text has C1 controls after Latin letters."""
        mended = _ENCODED_TWICE.sub(lambda found: found[0].encode("latin-1").decode("utf-8", "replace"), raw)
        if mended != raw:
            self.notes.append("characters that had been encoded twice were mended")
        return mended

    def _bounded(self, text: str, title: str) -> str:
        if len(text) > TEXT_MAX:
            pieces = [text[start : start + TEXT_MAX] for start in range(TEXT_MAX, len(text), TEXT_MAX)]
            self.more += pieces
            self.notes.append(f"{title} is longer than {TEXT_MAX:,} characters; it goes on in {len(pieces)} notes")
        return text[:TEXT_MAX]
