"""What is kept beside the cases: half-typed forms, runs of imports, rules of deadlines, and what was not allowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from tuitrack.domain.permissions import Right
from tuitrack.lean import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an agent had typed into a form, so that the form can be offered again where it was left."""

    agent: str
    form: str
    """The form's name, with the case where it belongs to one: `intake`, `call:17`, `closure:17`."""
    values: Mapping[str, str]
    """The text of every field, as typed."""
    focus: str = ""
    """The field that had the focus."""
    cursor: int = 0
    """The place in that field, in characters from its start."""
    saved_at: datetime
    key: str | None = None
    """What the change is called that the form is to make, by which it is known when it was stored already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Something was stored under a key, by which it is known when it is asked for again."""

    key: str
    """What whoever asked for it called it."""
    at: datetime
    entry_id: int | None = None
    """The first timeline entry that tells of it; None where none does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedEntry:
    """A timeline entry that an import added to a case of ours, known so that no second run adds it again."""

    id: int
    """The id of the entry."""
    case_id: int
    import_run_id: int
    import_key: str
    """Tells the same imported row again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRun:
    """One run of an import, which can be undone as a whole."""

    id: int = 0
    file_name: str
    by: str
    started_at: datetime
    finished_at: datetime | None = None
    taken: int = 0
    changed: int = 0
    """Rows that were taken with a remark, such as a control character removed."""
    refused: int = 0
    known: int = 0
    """Rows that an earlier run had already brought."""
    undone_at: datetime | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    """How the file was read: encoding, delimiter, date order and the like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleVersion:
    """The rules of deadlines as they were in force from a moment on; a case keeps those of when it was received."""

    id: int = 0
    since: datetime
    by: str = ""
    """Who put them in force; empty where a file did that by itself."""
    text: str
    """Calendars and rules as JSON, in the shape of the file that says them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """Somebody tried what they have no right to."""

    id: int = 0
    at: datetime
    agent: str
    """The handle under which it was tried."""
    right: Right
