"""One change of a case: fields, records and timeline entries together in one transaction, under a new version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from tuitrack.domain.case import Case, differences
from tuitrack.domain.deadlines import deadlines, next_due
from tuitrack.domain.errors import Conflict
from tuitrack.domain.status import check_move
from tuitrack.domain.timeline import Entry
from tuitrack.domain.words import Channel, EntryKind, Status
from tuitrack.services.desk import Desk
from tuitrack.services.ports import Writer


class CaseChange:
    """A case being changed: set fields, log what happened, and leave; storing is the caller's transaction."""

    def __init__(self, desk: Desk, writer: Writer, case: Case) -> None:
        self.desk = desk
        self.writer = writer
        self.before = case
        self.case = case
        self.now = desk.clock()
        self.entries: list[Entry] = []

    def set(self, **fields: Any) -> None:
        """Give fields of the case new values."""
        self.case = replace(self.case, **fields)

    def move(self, status: Status) -> None:
        """Move the case to a status; raises MoveRefused."""
        if status is not self.case.status:
            check_move(self.case.status, status, self.case.owner)
            self.set(status=status)

    def own(self) -> None:
        """Give a case nobody owns to the person at work, so that it can be worked on."""
        if self.case.owner is None:
            self.set(owner=self.desk.agent)
        if self.case.status is Status.NEW:
            self.move(Status.OPEN)

    def log(
        self,
        kind: EntryKind,
        summary: str,
        body: str = "",
        *,
        occurred_at: datetime | None = None,
        record_id: int | None = None,
        channel: Channel | None = None,
        public: bool = False,
        corrects: int | None = None,
        by: str = "",
    ) -> None:
        """Add an entry to the timeline."""
        self.entries.append(
            Entry(
                case_id=self.case.id,
                kind=kind,
                occurred_at=occurred_at or self.now,
                entered_at=self.now,
                by=by or self.desk.agent,
                summary=summary,
                body=body,
                channel=channel,
                public=public,
                record_id=record_id,
                corrects=corrects,
            )
        )

    def store(self) -> Case:
        """Write the case under its next version with its entries; return it as stored."""
        changes = {name: (_shown(old), _shown(new)) for name, (old, new) in self._changed().items()}
        if not changes and not self.entries:
            return self.case
        if not self.entries:
            self.log(EntryKind.CHANGE, "Changed " + ", ".join(name.replace("_", " ") for name in changes))
        clocks = deadlines(self.case, self.writer.promises(self.case.id), self.writer.actions(self.case.id))
        due = next_due(clocks)
        seen = self.before.version
        self.set(
            version=seen + 1,
            touched_at=self.now,
            next_due_at=due.due_at if due else None,
            next_due_kind=due.kind.value if due else "",
        )
        self.writer.put_case(self.case, seen)
        for number, entry in enumerate(self.entries):
            self.writer.add(replace(entry, version=seen + 1, changes=changes if number == 0 else {}))
        return self.case

    def _changed(self) -> dict[str, tuple[Any, Any]]:
        return differences(self.before, self.case)


@contextmanager
def changing(desk: Desk, case_id: int, seen: int | None = None) -> Iterator[CaseChange]:
    """Change one case in one transaction.

    `seen` is the version the person had before their eyes: where another change came since, Conflict is raised
    with what changed. What only adds to the timeline passes None, for two additions never overwrite each other.
    """
    with desk.store.writing() as writer:
        case = writer.case(case_id)
        if seen is not None and seen != case.version:
            raise stale(writer, case, seen)
        change = CaseChange(desk, writer, case)
        yield change
        change.store()


def stale(writer: Writer, case: Case, seen: int) -> Conflict:
    """The refusal of a save against an older version, telling who changed what."""
    changes = writer.entries_since(case.id, seen)
    told = "; ".join(f"{entry.by}: {entry.summary}" for entry in changes[-3:])
    return Conflict(f"{case.reference} was changed since you opened it ({told}). Look, then save again.", changes)


def _shown(value: Any) -> str:
    """A field's value as history keeps it: text that stays readable without this program."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return str(value)
