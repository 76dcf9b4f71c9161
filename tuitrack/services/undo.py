"""Taking back what one did last, and doing it again: each a signed entry of its own, for history is never rewritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from tuitrack.domain.bulk import GONE, Fate, news_of
from tuitrack.domain.case import Case
from tuitrack.domain.change import Change, OfCase
from tuitrack.domain.errors import NotFound, Refusal
from tuitrack.domain.permissions import Right
from tuitrack.domain.timeline import Entry
from tuitrack.domain.words import EntryKind
from tuitrack.lean import dataclass
from tuitrack.services.changing import CaseChange
from tuitrack.services.desk import Desk
from tuitrack.services.rights import writing
from tuitrack.services.steps import Steps

_COMPARED = 50
"""Changes of a run that are compared to find out whether one name is that of all: owners who share cases take turns."""


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

    def run_to_undo(self) -> RunReversal | None:
        """What would take back the run that the agent made last, as one step; None where another change came last."""
        return self._run_of_last(EntryKind.UNDONE)

    def run_to_redo(self) -> RunReversal | None:
        """What would do the run again that the agent undid last; None where another change was undone last."""
        return self._run_of_last(EntryKind.REDONE)

    def undo(self, case_id: int | None = None) -> Reversal:
        """Take back what the agent did last, in one case or anywhere; raises Refusal where somebody came after it.

        A change of a run stands alone from then on.
        """
        with writing(self._desk, Right.WORK_ON_CASES) as writer:
            change = self._to_undo(writer, case_id)
            return self._make(writer, replace(change, run=None), EntryKind.UNDONE)

    def redo(self, case_id: int | None = None) -> Reversal:
        """Do again what the agent undid last, in one case or anywhere; raises Refusal where somebody came after it.

        A change of a run stands alone from then on.
        """
        with writing(self._desk, Right.WORK_ON_CASES) as writer:
            change = self._to_redo(writer, case_id)
            return self._make(writer, replace(change, run=None), EntryKind.REDONE)

    def reverse_of_run(self, writer: Writer, change_id: int, case: Case, kind: EntryKind) -> Case:
        """Take back or do again the change of a run in one case, in the caller's transaction.

        Raises Refusal where the case was changed since, whoever did that.
        """
        change = (self._to_undo if kind is EntryKind.UNDONE else self._to_redo)(writer, case.id)
        if change.id != change_id:
            later = writer.entry(change.undone_by or change.id)
            raise _came_after(kind.label, case, writer.entry(change_id), later)
        return self._make(writer, change, kind).case

    def _run_of_last(self, kind: EntryKind) -> RunReversal | None:
        undone = kind is EntryKind.REDONE
        with self._desk.store.reading() as reader:
            change = reader.last_change(by=self._desk.agent, undone=undone)
            if change is None or change.run is None:
                return None
            what, cases = reader.entry(change.id).summary, reader.run_cases(change.run, undone=undone)
            if any(reader.entry(one).summary != what for one in islice(cases, _COMPARED)):
                what = "several changes made at once"
            return RunReversal(self._desk, self, kind, what, cases)

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

    def _make(self, writer: Writer, change: Change, kind: EntryKind) -> Reversal:
        """Put fields and records in place with the entry that tells of it, in the caller's transaction."""
        undoing = kind is EntryKind.UNDONE
        what = writer.entry(change.id).summary
        reversal = CaseChange(self._desk, writer, writer.case(change.case_id))
        for old, new in reversed(change.records) if undoing else change.records:
            _exchange(writer, *((new, old) if undoing else (old, new)))
        reversal.set(**{name: old if undoing else new for name, (old, new) in change.fields.items()})
        reversal.log(kind, f"{kind.label.capitalize()}: {what}", corrects=change.id)
        reversal.run_clocks(reversal.case)
        told = reversal.write()
        writer.replace(replace(change, undone_by=told.id if undoing else None))
        return Reversal(reversal.case, what)


class RunReversal(Steps[tuple[int, int]]):
    """Takes a run back or does it again, case by case; one that was changed since is left alone."""

    def __init__(self, desk: Desk, undo: UndoService, kind: EntryKind, what: str, cases: Mapping[int, int]) -> None:
        """`what` names the run; `cases` are its changes, each with its case."""
        super().__init__(cases.items(), len(cases))
        self.what = what
        self.doing, self.done = "Undoing" if kind is EntryKind.UNDONE else "Doing again", kind.label
        self._desk = desk
        self._undo = undo
        self._kind = kind

    def work(self, rows: Sequence[tuple[int, int]]) -> list[Fate]:
        """Take these few back, or do them again, in one transaction."""
        with writing(self._desk, Right.CHANGE_MANY) as writer:
            return [self._fate(writer, change_id, case_id) for change_id, case_id in rows]

    def _fate(self, writer: Writer, change_id: int, case_id: int) -> Fate:
        try:
            case = writer.case(case_id)
        except NotFound:
            return Fate(case_id, "", 0, reason=GONE)
        fate = Fate(case_id, case.reference, case.version)
        try:
            reversed_ = self._undo.reverse_of_run(writer, change_id, case, self._kind)
        except Refusal as refusal:
            return replace(fate, reason=refusal.sentence)
        return replace(fate, news=news_of(case, reversed_, self._desk.zone))


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


if TYPE_CHECKING:
    from tuitrack.services.ports import Reader, Writer
