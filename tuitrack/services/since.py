"""What others made of a case since somebody saw it: what goes together with their change, and what does not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from tuitrack.domain.case import Case
from tuitrack.domain.change import OfCase
from tuitrack.domain.errors import Conflict, Contested, Refusal, Settled
from tuitrack.domain.timeline import Action, Entry, Escalation, Promise, PublicPost, Remedy
from tuitrack.domain.words import EntryKind

_TOLD_AS: Mapping[type[OfCase], EntryKind] = {
    Action: EntryKind.ACTION,
    Promise: EntryKind.PROMISE,
    Remedy: EntryKind.REMEDY,
    Escalation: EntryKind.ESCALATION,
    PublicPost: EntryKind.PUBLISHED,
}
"""How the timeline tells what became of a record that somebody settles."""


class Since:
    """The changes of a case that came after the version which a person had before their eyes."""

    def __init__(self, case: Case, entries: Sequence[Entry] = ()) -> None:
        """`case` is as it is stored now; `entries` are what came since, oldest first."""
        self.entries = tuple(entries)
        self._case = case
        self._was: dict[str, str] = {}
        self._told: dict[str, Entry] = {}
        for entry in entries:
            for name, (old, _) in entry.changes.items():
                self._was.setdefault(name, old)
                self._told[name] = entry

    def meant(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The values of a form: what stands there as it was seen was not touched, and stays what others made of it.

        Raises Conflict where others made something else of what was touched.
        """
        meant = {
            name: getattr(self._case, name) if self._was.get(name) == shown(value) else value
            for name, value in fields.items()
        }
        self.check_fields(name for name, value in meant.items() if value != getattr(self._case, name, value))
        return meant

    @property
    def theirs(self) -> dict[str, Any]:
        """The fields that are no longer as they were seen, with their values."""
        values = {name: getattr(self._case, name) for name in self._was}
        return {name: value for name, value in values.items() if shown(value) != self._was[name]}

    def check_fields(self, names: Iterable[str]) -> None:
        """Raise Conflict where one of these fields, which are to change, was changed by others to something else."""
        theirs = self.theirs
        if contested := [self._contested(name, theirs[name]) for name in names if name in theirs]:
            raise self.conflict(contested=contested)

    def check_record(self, record: OfCase) -> None:
        """Raise Conflict where others said already what became of a record."""
        kind = _TOLD_AS.get(type(record))
        if any((entry.kind, entry.record_id) == (kind, record.id) for entry in self.entries):
            raise self.conflict()

    def check_nothing(self) -> None:
        """Raise Conflict where anything came since, for what is decided by all that a case says."""
        if self.entries:
            raise self.conflict()

    def conflict(self, refusal: Refusal | None = None, contested: Sequence[Contested] = ()) -> Conflict:
        """The refusal of a change that does not go together with what others did, telling who did what."""
        told = "; ".join(f"{entry.by}: {entry.summary}" for entry in self.entries[-3:])
        what = f"{refusal.sentence} " if refusal else ""
        is_settled = isinstance(refusal, Settled)
        advice = "What you typed is not stored yet." if is_settled else "Look, then save again."
        sentence = f"{what}{self._case.reference} was changed since you opened it ({told}). {advice}"
        return Conflict(
            sentence,
            self.entries,
            theirs=self.theirs,
            contested=contested,
            field=refusal.field if refusal else "",
            case_id=self._case.id,
            is_settled=is_settled,
        )

    def _contested(self, name: str, value: Any) -> Contested:
        entry = self._told[name]
        return Contested(name, value, entry.by, entry.entered_at)


def shown(value: Any) -> str:
    """A field's value as history keeps it: text that stays readable without this program."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return str(value)
