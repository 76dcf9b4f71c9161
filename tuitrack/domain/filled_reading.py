"""What reading the desk's phrases and its letters shares: texts with fields in braces, and their languages."""

from __future__ import annotations

import re
from typing import Any

from tuitrack.domain.filling import FIELDS, strange_braces
from tuitrack.domain.text import clean
from tuitrack.domain.written import WrittenFile

_LANGUAGE = re.compile("[a-z]{2}")


class FilledFile(WrittenFile):
    """One file of texts with fields as it is read."""

    def __init__(self, where: str, source: str = "") -> None:
        """`source` is the text of the file, by which a wrong field is told with its line."""
        super().__init__(where)
        self._source = source

    def _language(self, typed: Any, place: str) -> str:
        if not isinstance(typed, str) or not _LANGUAGE.fullmatch(typed):
            raise self._refusal(place, "a language as two small letters, such as en", typed)
        return typed

    def _text(self, typed: Any, place: str, most: int) -> str:
        """A text of several lines."""
        text = clean(typed).strip() if isinstance(typed, str) else ""
        if not text or len(text) > most:
            raise self._refusal(place, f"a text of 1 to {most} characters", typed)
        return text

    def _with_fields(self, text: str, place: str, name: str) -> str:
        """A text, refused where it asks in braces for something that no case has."""
        if strange := strange_braces(text, FIELDS):
            line = self._line_of(strange)
            where = f"{place}, line {line}, {name}" if line else f"{place}, {name}"
            raise self._refusal(where, f"in braces only {', '.join(FIELDS)}", strange)
        return text

    def _line_of(self, braces: str) -> int:
        """The first line of the file that has these braces and is no comment, counted from 1; 0 where none is seen."""
        lines = enumerate(self._source.splitlines(), 1)
        return next((number for number, line in lines if braces in line and not line.lstrip().startswith("#")), 0)
