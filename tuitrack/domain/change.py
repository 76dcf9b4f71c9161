"""One change of a case as a value that can be taken back: what its fields and records were, and what they became."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from tuitrack.domain.clocks import Clock, Pause
from tuitrack.domain.feedback import CaseReading, Feedback
from tuitrack.domain.handover import HandoverItem
from tuitrack.domain.procedure import Tick
from tuitrack.domain.samples import Audit
from tuitrack.domain.timeline import Action, Call, Entry, Escalation, Promise, PublicPost, Remedy
from tuitrack.domain.words import EntryKind
from tuitrack.lean import dataclass

OfCase = (
    Call
    | Action
    | Promise
    | Remedy
    | Clock
    | Pause
    | Escalation
    | PublicPost
    | Feedback
    | CaseReading
    | Audit
    | HandoverItem
    | Tick
)
"""The records of a case that a change can bring or replace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one agent changed in one case at once."""

    id: int
    """The id of the first timeline entry that tells of it."""
    case_id: int
    version: int
    """The version of the case after it; 1 is the taking of the case itself."""
    by: str
    fields: Mapping[str, tuple[Any, Any]]
    """Fields of the case that changed: name to (old, new)."""
    records: tuple[tuple[OfCase | None, OfCase | None], ...] = ()
    """Records (as they were, as they became); None stands where there was none."""
    undone_by: int | None = None
    """The id of the entry that took it back, None while it stands."""
    run: int | None = None
    """The id of the first change of the run with which it was made in many cases; None where it stands alone."""

    @property
    def is_taking(self) -> bool:
        """Whether it is the one with which the case was taken."""
        return self.version == 1


def noted(entries: Iterable[Entry], kind: EntryKind) -> list[Entry]:
    """What was noted of a kind and stands, in the order given: not taken back, and as it was corrected last."""
    told = list(entries)
    undone = entries_undone(told)
    standing = [entry for entry in told if entry.kind is kind and entry.id not in undone]
    first: dict[int, int] = {}
    texts = {}
    for entry in sorted(standing, key=lambda entry: entry.id):
        first[entry.id] = first.get(entry.corrects, entry.corrects) if entry.corrects else entry.id
        texts[first[entry.id]] = entry.body
    return [replace(entry, body=texts[entry.id]) for entry in standing if entry.corrects is None]


def entries_undone(entries: Iterable[Entry]) -> dict[int, Entry]:
    """The entries whose change was taken back and not done again: id to the entry that took it back."""
    told = sorted(entries, key=lambda entry: entry.id)
    version_of = {entry.id: entry.version for entry in told}
    taken_back: dict[int, Entry] = {}
    for entry in told:
        if entry.kind is EntryKind.UNDONE and entry.corrects in version_of:
            taken_back[version_of[entry.corrects]] = entry
        elif entry.kind is EntryKind.REDONE and entry.corrects in version_of:
            taken_back.pop(version_of[entry.corrects], None)
    return {entry.id: taken_back[entry.version] for entry in told if entry.version in taken_back}
