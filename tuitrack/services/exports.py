"""What the writing of cases and letters to files is asked, and tells: the port behind commands and screens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.spoken_time import plain_when
from tuitrack.domain.text import counted
from tuitrack.domain.words import Word
from tuitrack.lean import dataclass
from tuitrack.services.registers import Progress, never, silent

if TYPE_CHECKING:
    from tuitrack.domain.letters import OutgoingLetter


class Format(Word):
    """How a list of cases is written; the word is the ending of the file."""

    CSV = "csv", "CSV table"
    XLSX = "xlsx", "XLSX workbook"
    JSON = "json", "JSON array"
    JSONL = "jsonl", "JSON lines"


class CaseFormat(Word):
    """How one case is written; the word is the ending of the file."""

    MARKDOWN = "md", "Markdown"
    HTML = "html", "web page"
    JSON = "json", "JSON"


class LetterFormat(Word):
    """How a letter is written; the word is the ending of the file."""

    TEXT = "txt", "plain text"
    EMAIL = "eml", "e-mail"
    PAGE = "html", "page to print"


@dataclass(frozen=True, slots=True)
class Exported:
    """What became of an export."""

    path: Path
    cases: int
    as_of: datetime | None = None
    """The moment at which the cases stood so, in the office's zone; None is now."""
    stopped: bool = False
    """Whether somebody stopped it, so that no file was left."""

    @property
    def sentence(self) -> str:
        """What to tell the person."""
        if self.stopped:
            return "Export stopped; no file was left."
        then = f" as it was {plain_when(self.as_of)}" if self.as_of else ""
        return f"Exported {counted(self.cases, 'case')} to {self.path}{then}."


class Exporter(Protocol):
    """Writes cases and letters to files; everything that a person can cause to fail is a Refusal.

    A file is whole or not there. A file that is there already is replaced only where that is asked for.
    """

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
        ...

    def case(self, case_id: int, path: Path, named: CaseFormat | None = None, *, replace: bool = False) -> Exported:
        """Write everything about one case."""
        ...

    def letter(self, letter: OutgoingLetter, path: Path, *, replace: bool = False) -> None:
        """Write a letter as the file's ending says."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...
