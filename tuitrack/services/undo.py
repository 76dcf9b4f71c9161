"""Taking back what one did last, and doing it again: each a signed entry of its own, for history is never rewritten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tuitrack.domain.case import Case
from tuitrack.domain.change import Change, OfCase
from tuitrack.domain.errors import Refusal
from tuitrack.domain.timeline import Entry
from tuitrack.domain.words import EntryKind
from tuitrack.services.changing import CaseChange
from tuitrack.services.desk import Desk
from tuitrack.services.ports import Reader, Writer


@dataclass(frozen=True, slots=True)
class Reversal:
    """A change that can be undone or done again, or was."""

    case: Case
    what: str
    """The change by the summary of its entry."""


class UndoService:
    """Undoes the latest change of the agent at work, the one before it next, as long as nobody else changed the case.

    What a change brought (a call, an action, a promise, a remedy) leaves the case, so that it is neither open nor
    counted; its entry stays on the timeline, and so does everything written in it.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def last(self, case_id: int | None = None) -> Reversal:
        """What would be undone, in one case or anywhere; raises Refusal where nothing can be."""
        with self._desk.store.reading() as reader:
            change = self._to_undo(reader, case_id)
            return Reversal(reader.case(change.case_id), reader.entry(change.id).summary)

    def undo(self, case_id: int | None = None) -> Reversal:
        """Take back what the agent did last, in one case or anywhere; raises Refusal where somebody came after it."""
        with self._desk.store.writing() as writer:
            change = self._to_undo(writer, case_id)
            before = {name: old for name, (old, _) in change.fields.items()}
            records = ((new, old) for old, new in reversed(change.records))
            return self._make(writer, change, before, records, EntryKind.UNDONE)

    def redo(self, case_id: int | None = None) -> Reversal:
        """Do again what the agent undid last, in one case or anywhere; raises Refusal where somebody came after it."""
        with self._desk.store.writing() as writer:
            change = self._to_redo(writer, case_id)
            after = {name: new for name, (_, new) in change.fields.items()}
            return self._make(writer, change, after, change.records, EntryKind.REDONE)

    def _to_undo(self, reader: Reader, case_id: int | None) -> Change:
        change = reader.last_change(case_id=case_id, by=self._desk.agent)
        if change is None:
            raise Refusal("Nothing to undo: you changed nothing here.")
        entry, case = reader.entry(change.id), reader.case(change.case_id)
        latest = reader.last_change(case_id=change.case_id)
        if latest is not None and latest.id != change.id:
            raise _came_after("undone", case, entry, reader.entry(latest.id))
        if change.is_taking:
            raise Refusal(f"Not undone: the customer was told {case.reference}, so the case stays.")
        return change

    def _to_redo(self, reader: Reader, case_id: int | None) -> Change:
        change = reader.last_change(case_id=case_id, by=self._desk.agent, undone=True)
        if change is None or change.undone_by is None:
            raise Refusal("Nothing to do again: you have undone nothing here.")
        entry, case = reader.entry(change.id), reader.case(change.case_id)
        latest = reader.last_change(case_id=change.case_id)
        if latest is not None and latest.id > change.undone_by:
            raise _came_after("done again", case, entry, reader.entry(latest.id))
        last_undone = reader.last_change(case_id=change.case_id, undone=True)
        if last_undone is not None and last_undone.undone_by != change.undone_by:
            raise _came_after("done again", case, entry, reader.entry(last_undone.undone_by or 0))
        return change

    def _make(
        self,
        writer: Writer,
        change: Change,
        fields: dict[str, object],
        records: Iterable[tuple[OfCase | None, OfCase | None]],
        kind: EntryKind,
    ) -> Reversal:
        """Put fields and records in place with the entry that tells of it, in the caller's transaction."""
        what = writer.entry(change.id).summary
        reversal = CaseChange(self._desk, writer, writer.case(change.case_id))
        for now, then in records:
            _exchange(writer, now, then)
        reversal.set(**fields)
        reversal.log(kind, f"{kind.label.capitalize()}: {what}", corrects=change.id)
        reversal.run_clocks(reversal.case)
        told = reversal.write()
        writer.replace(replace(change, undone_by=told.id if kind is EntryKind.UNDONE else None))
        return Reversal(reversal.case, what)


def _exchange(writer: Writer, now: OfCase | None, then: OfCase | None) -> None:
    """Put one record in the place of another; None is none."""
    if now is None:
        if then is not None:
            writer.add_all([then])
    elif then is None:
        writer.remove(now)
    else:
        writer.replace(then)


def _came_after(what: str, case: Case, entry: Entry, later: Entry) -> Refusal:
    """Why a change is not undone or done again: the case was changed after it."""
    return Refusal(f"Not {what}: {later.by} changed {case.reference} after “{entry.summary}”: {later.summary}.")
