"""Writes the cases of a query, one case whole, or a letter to a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from tuitrack.domain.errors import Refusal
from tuitrack.domain.letters import OutgoingLetter
from tuitrack.domain.permissions import Right
from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.words import Word
from tuitrack.exchange.case_file import as_html, as_markdown
from tuitrack.exchange.case_json import file_record
from tuitrack.exchange.case_outline import outline_of
from tuitrack.exchange.case_tables import open_table
from tuitrack.exchange.kinds import shown_name
from tuitrack.exchange.letter_file import letter_bytes
from tuitrack.exchange.new_file import new_file
from tuitrack.exchange.run_clock import RunClock
from tuitrack.services.casefile import CaseFile, CaseFileService
from tuitrack.services.desk import Desk
from tuitrack.services.exports import CaseFormat, Exported, Format, LetterFormat
from tuitrack.services.queue import QueueService
from tuitrack.services.registers import Progress, never, silent
from tuitrack.services.rights import check

TELL_EVERY_CASES = 500
COUNTED_MOST = 10_000_000
"""As many as are counted for telling how far an export is."""

F = TypeVar("F", bound=Word)
_ALSO_CALLED = {"markdown": "md", "htm": "html", "ndjson": "jsonl"}


class CaseExporter:
    """Implements the port `Exporter` for one desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def cases(
        self,
        query: QueueQuery,
        path: Path,
        named: Format | None = None,
        *,
        replace: bool = False,
        on_progress: Callable[[Progress], None] = silent,
        stop: Callable[[], bool] = never,
    ) -> Exported:
        """Write every case of a queue as it stands at this moment; the file's ending says how where no format does."""
        check(self._desk, Right.EXPORT_CASES)
        chosen = named or format_of(path, Format)
        service, clock = QueueService(self._desk), RunClock()
        as_of = service.as_of(query)
        total, count = max(service.count(query, COUNTED_MOST), 1), 0
        try:
            with (
                new_file(path, replace=replace) as place,
                open_table(chosen, place, as_of or self._desk.now(), service.columns(query)) as table,
                closing(service.cases(query)) as cases,
            ):
                on_progress(clock.progress(0.0, 0))
                for case in cases:
                    table.write(case)
                    count += 1
                    if count % TELL_EVERY_CASES == 0:
                        on_progress(clock.progress(min(count / total, 1.0), count))
                        if stop():
                            raise _Stopped
        except _Stopped:
            return Exported(path, 0, stopped=True)
        return Exported(path, count, as_of)

    def case(self, case_id: int, path: Path, named: CaseFormat | None = None, *, replace: bool = False) -> Exported:
        """Write everything about one case."""
        chosen = named or format_of(path, CaseFormat)
        text = case_text(CaseFileService(self._desk).whole(case_id), chosen, self._desk.now())
        with new_file(path, replace=replace) as place:
            place.write_text(text, encoding="utf-8")
        return Exported(path, 1)

    def letter(self, letter: OutgoingLetter, path: Path, *, replace: bool = False) -> None:
        """Write a letter as the file's ending says."""
        content = letter_bytes(letter, format_of(path, LetterFormat))
        with new_file(path, replace=replace) as place:
            place.write_bytes(content)

    def close(self) -> None:
        """Let go of the database."""
        self._desk.store.close()


class _Stopped(Exception):
    """Somebody stopped the export; the file that was begun goes."""


def format_of(path: Path, formats: type[F]) -> F:
    """The format that a file's ending names; raises Refusal where it names none."""
    ending = path.suffix.lower().removeprefix(".")
    for word in formats:
        if word.value == _ALSO_CALLED.get(ending, ending):
            return word
    expected = ", ".join(f".{word.value}" for word in formats)
    raise Refusal(f"File: {shown_name(path) or path} does not end in a format; expected one of {expected}.", "path")


def case_text(file: CaseFile, chosen: CaseFormat, now: datetime) -> str:
    """A case as the text of a file; `now` is in the office's zone."""
    match chosen:
        case CaseFormat.MARKDOWN:
            return as_markdown(outline_of(file, now))
        case CaseFormat.HTML:
            return as_html(outline_of(file, now))
        case CaseFormat.JSON:
            return json.dumps(file_record(file, now), ensure_ascii=False, indent=2) + "\n"
