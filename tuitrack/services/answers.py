"""Taking in what customers answered when asked about cases of ours: each answer is one more entry of its case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tuitrack.domain.imported import ImportedAnswer
from tuitrack.domain.keeping import ImportedEntry, ImportRun
from tuitrack.domain.permissions import Right
from tuitrack.domain.words import EntryKind
from tuitrack.services.changing import CaseChange
from tuitrack.services.desk import Desk
from tuitrack.services.importing import Stored
from tuitrack.services.rights import writing


class AnswerService:
    """Stores imported answers; one instance serves one run."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._seen: set[int] = set()

    def known(self, rows: Sequence[ImportedAnswer]) -> list[Stored]:
        """What would become of these answers if they were stored now."""
        with self._desk.store.reading() as reader:
            keys = reader.imported_keys([row.row_key for row in rows])
            return [self._would_be(reader, row, row.row_key in keys) for row in rows]

    def store(self, run: ImportRun, rows: Sequence[ImportedAnswer]) -> list[Stored]:
        """Add one batch in one transaction; an answer that is there already, or twice in the batch, is left alone."""
        with writing(self._desk, Right.IMPORT_CASES) as writer:
            keys = set(writer.imported_keys([row.row_key for row in rows]))
            fates = []
            for row in rows:
                fates.append(self._add(writer, run, row, row.row_key in keys))
                keys.add(row.row_key)
        return fates

    def _would_be(self, reader: Reader, row: ImportedAnswer, is_stored: bool) -> Stored:
        if reader.case_by_reference(row.reference) is None:
            return _without_case(row)
        known = is_stored or hash(row.row_key) in self._seen
        self._seen.add(hash(row.row_key))
        return Stored(row, row.reference, known)

    def _add(self, writer: Writer, run: ImportRun, row: ImportedAnswer, is_stored: bool) -> Stored:
        case = writer.case_by_reference(row.reference)
        if case is None:
            return _without_case(row)
        if not is_stored:
            change = CaseChange(self._desk, writer, case)
            text, *more = row.texts or ("",)
            change.log(EntryKind.SURVEY, row.summary, text, occurred_at=row.answered_at)
            for piece in more:
                change.log(EntryKind.NOTE, "More of the survey answer", piece, occurred_at=row.answered_at)
            told = change.write()
            writer.add(ImportedEntry(id=told.id, case_id=case.id, import_run_id=run.id, import_key=row.row_key))
        return Stored(row, row.reference, is_stored)


def _without_case(row: ImportedAnswer) -> Stored:
    return Stored(row, "", known=False, refusal=f"{row.reference}: no case has this reference.")


if TYPE_CHECKING:
    from tuitrack.services.ports import Reader, Writer
