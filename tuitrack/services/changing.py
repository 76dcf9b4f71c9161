"""One change of a case: fields, records and timeline entries together in one transaction, under a new version."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from tuitrack.domain.case import Case, differences
from tuitrack.domain.change import Change, OfCase
from tuitrack.domain.clocks import Clock, Pause
from tuitrack.domain.deadlines import deadlines, next_due, next_kind
from tuitrack.domain.errors import Blocked, Conflict, NotAllowed, Refusal
from tuitrack.domain.feedback import CaseReading, Feedback
from tuitrack.domain.permissions import Right
from tuitrack.domain.procedure import Tick
from tuitrack.domain.status import check_move
from tuitrack.domain.timeline import Action, Call, Entry, Escalation, Promise, PublicPost, Remedy
from tuitrack.domain.words import Channel, DueKind, EntryKind, PauseReason, Status
from tuitrack.lean import replace
from tuitrack.services.desk import Desk
from tuitrack.services.rights import writing
from tuitrack.services.since import Since, shown
from tuitrack.services.ticks import tick_what_was_logged

if TYPE_CHECKING:
    from tuitrack.services.ports import Reader, Writer

T = TypeVar("T")
B = TypeVar("B", Call, Action, Promise, Remedy, Clock, Pause, Escalation, PublicPost, Feedback, CaseReading, Tick)

UNTOLD = frozenset({"resolved_at", "recurs_after"})
"""Fields that follow from others, so that the timeline need not tell of them."""
NEW_RUN = 0
"""Stands for the run that a change begins, whose number is that of the change."""

_FIELD_OF = {DueKind.RESOLVE: "resolve_by", DueKind.CONFIRM: "confirm_by"}
"""Fields of a case that show when a clock is due."""
_DUE = (Promise, Action, Clock)
"""The records that say when something is due in a case."""


class CaseChange:
    """A case being changed: set fields, add and replace records, log what happened, and leave.

    Storing is the caller's transaction; records go through here alone, so that every change can be undone.
    """

    def __init__(
        self, desk: Desk, writer: Writer, case: Case, run: int | None = None, since: Since | None = None
    ) -> None:
        """`run` is the run of changes that it belongs to; `NEW_RUN` begins one.

        `since` is what others did after the person at work had seen the case.
        """
        self.desk = desk
        self.reader: Reader = writer
        self._writer = writer
        self.before = case
        self.case = case
        self.now = desk.clock()
        self.entries: list[Entry] = []
        self.run = run
        self.since = since or Since(case)
        self._records: list[tuple[OfCase | None, OfCase | None]] = []
        self._clocks: list[Clock] | None = None

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

    def add(self, record: B) -> B:
        """Store a new record of the case and return it with its id."""
        stored = self._writer.add(record)
        self._records.append((None, stored))
        return stored

    def replace(self, old: OfCase, new: OfCase) -> None:
        """Store the new value of a record of the case; raises Conflict where others have settled it meanwhile."""
        self.since.check_record(old)
        self._writer.replace(new)
        self._records.append((old, new))

    def remove(self, record: OfCase) -> None:
        """Take away a record of the case."""
        self._writer.remove(record)
        self._records.append((record, None))

    def having(self, kind: type[T], stored: Callable[[int], list[T]]) -> list[T]:
        """The records of one kind that the case has by now; to a case just taken they came with this change alone."""
        if self.before.version:
            return stored(self.case.id)
        return [record for record in self._brought if isinstance(record, kind)]

    def store(self) -> Case:
        """Write the case under its next version with its entries, and keep what it takes to undo this.

        Raises Conflict where others gave one of its fields another value meanwhile.
        """
        changed = differences(self.before, self.case)
        self.since.check_fields(changed)
        if self.entries or not UNTOLD.issuperset(changed):
            self._note_recurrence(changed)
            self._pause_with_status()
            self.run_clocks(self.before if self.before.version else None)
            fields = differences(self.before, self.case)
            due = self._next_due() if self._moves_what_is_due else {}
            told = self._write({name: pair for name, pair in fields.items() if name in changed}, due)
            tick_what_was_logged(self, tuple(self._records))
            if self.run == NEW_RUN:
                self.run = told.id
            change = Change(
                id=told.id,
                case_id=told.case_id,
                version=told.version,
                by=self.desk.agent,
                fields=fields,
                records=tuple(self._records),
                run=self.run,
            )
            self._writer.add(change)
        return self.case

    def write(self) -> Entry:
        """Write the case under its next version with its entries; return the first, which tells what changed."""
        return self._write(differences(self.before, self.case), self._next_due())

    def _write(self, fields: Mapping[str, tuple[Any, Any]], due: Mapping[str, Any]) -> Entry:
        changes = {name: (shown(old), shown(new)) for name, (old, new) in fields.items() if name not in UNTOLD}
        self._tell_changes(changes)
        self.set(version=self.before.version + 1, touched_at=self.now, **due)
        self._writer.put_case(self.case, self.before)
        version = self.case.version
        first, *others = self.entries
        told = [replace(first, changes=changes, version=version), *(replace(one, version=version) for one in others)]
        self.entries = [self._writer.add(entry) for entry in told]
        return self.entries[0]

    def _note_recurrence(self, changed: Mapping[str, Any]) -> None:
        """Raise the alarm where the cause that was found had been corrected before the case came."""
        if changed.keys().isdisjoint(("cause", "category")):
            return
        corrected = self.reader.corrected_before(self.case) if self.case.cause else None
        self.set(recurs_after=corrected.id if corrected else None)
        if corrected is not None and corrected.id != self.before.recurs_after:
            self._tell_changes(changed)
            reference = self.reader.case(corrected.case_id).reference
            told = f"{corrected.what}, done on {corrected.done_on:%d %b %Y} for {reference}"
            self.log(EntryKind.REVIEW, "The cause came again after it was corrected", told)

    def _tell_changes(self, names: Iterable[str]) -> None:
        """Tell of fields that changed, where nothing else does."""
        if not self.entries:
            self.log(EntryKind.CHANGE, "Changed " + ", ".join(name.replace("_", " ") for name in names))

    def _pause_with_status(self) -> None:
        """Let clocks that wait for the customer stand still as long as the status says so."""
        waits, waited = (case.status is Status.WAITING for case in (self.case, self.before))
        if waits and not waited:
            self.begin_pause(PauseReason.CUSTOMER)
        elif waited and not waits:
            self.end_pauses(PauseReason.CUSTOMER)

    def begin_pause(self, reason: PauseReason, note: str = "") -> None:
        """Let the clocks stand still from now on whose rules name the reason."""
        self.add(Pause(case_id=self.case.id, reason=reason, since=self.now, note=note, by=self.desk.agent))

    def lasting_pauses(self, reason: PauseReason) -> list[Pause]:
        """The pauses of that kind that nobody has ended."""
        return [pause for pause in self.reader.pauses(self.case.id) if pause.is_open and pause.reason is reason]

    def end_pauses(self, reason: PauseReason) -> list[Pause]:
        """End what pauses of that kind last; return them as they were."""
        lasting = self.lasting_pauses(reason)
        for pause in lasting:
            self.replace(pause, replace(pause, until=self.now))
        return lasting

    def run_clocks(self, before: Case | None) -> None:
        """Let the clocks of the case take note of what made it of what it was before; None where it was just taken."""
        from tuitrack.services.clock_running import clocks_after

        clocks = self.having(Clock, self.reader.clocks)
        after = clocks_after(
            self.desk,
            self.reader,
            before,
            self.case,
            self.now,
            records=self._brought,
            entries=self.entries,
            clocks=clocks,
        )
        kept = {clock.id: clock for clock in after}
        for clock in clocks:
            if clock.id not in kept:
                self.remove(clock)
            elif kept[clock.id] != clock:
                self.replace(clock, kept[clock.id])
        self._clocks = [clock if clock.id else self.add(clock) for clock in after]
        turn = self.case.reopened_count
        shown = {_FIELD_OF[one.kind]: one.due_at for one in after if one.turn == turn and one.kind in _FIELD_OF}
        self.set(**shown)

    @property
    def _brought(self) -> list[OfCase]:
        """The records that the change brings, as they are by now."""
        latest = {(type(one), one.id): new for old, new in self._records if (one := new or old)}
        return [record for record in latest.values() if record is not None]

    @property
    def _moves_what_is_due(self) -> bool:
        """Whether records came or changed that say when something is due."""
        return any(isinstance(record, _DUE) for pair in self._records for record in pair)

    def _next_due(self) -> dict[str, Any]:
        """The fields of the case that tell what is due next."""
        promises, actions = self.having(Promise, self.reader.promises), self.having(Action, self.reader.actions)
        clocks = self.having(Clock, self.reader.clocks) if self._clocks is None else self._clocks
        known = deadlines(promises, actions, clocks)
        due = next_due(known)
        return {"next_due_at": due.due_at if due else None, "next_due_kind": next_kind(known)}


def prepare(desk: Desk) -> None:
    """Load what counts due times and the steps of cases, which the first change needs, while nobody waits for it.

    Whoever writes meanwhile would wait for the whole transaction.
    """
    import tuitrack.services.clock_running  # noqa: F401

    desk.procedures()


@contextmanager
def changing(
    desk: Desk, case_id: int, seen: int | None = None, right: Right = Right.WORK_ON_CASES
) -> Iterator[CaseChange]:
    """Change one case in one transaction, as somebody who has the right to it.

    `seen` is the version the person had before their eyes. Where others changed the case since, both changes go
    together, each on the timeline; Conflict is raised only where they do not: the same field got two values, the same
    record was settled twice, or what others did leaves no room for the change. What only adds to the timeline passes
    None, for two additions never overwrite each other.
    """
    prepare(desk)
    with writing(desk, right) as writer:
        case = writer.case(case_id)
        is_stale = seen is not None and seen != case.version
        since = Since(case, writer.entries_since(case_id, seen) if is_stale and seen is not None else ())
        change = CaseChange(desk, writer, case, since=since)
        try:
            yield change
            change.store()
        except (Conflict, Blocked, NotAllowed):
            raise
        except Refusal as refusal:
            raise (since.conflict(refusal) if since.entries else refusal) from None


def stale(writer: Writer, case: Case, seen: int) -> Conflict:
    """The refusal of a save against an older version, telling who changed what."""
    return Since(case, writer.entries_since(case.id, seen)).conflict()
