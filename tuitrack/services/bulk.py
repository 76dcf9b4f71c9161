"""Changing many cases alike: a rehearsal, and the run; `undo` takes a run back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tuitrack.domain.bulk import GONE, MOVED_TO, BulkChange, Fate, news_of
from tuitrack.domain.errors import Conflict, NotFound, Refusal
from tuitrack.domain.permissions import Right
from tuitrack.domain.query.matching import tags_of
from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.text import fold
from tuitrack.services.changing import NEW_RUN, CaseChange, stale
from tuitrack.services.desk import Desk
from tuitrack.services.ports import Reader, Writer
from tuitrack.services.rights import writing
from tuitrack.services.steps import LOOKED_AT_ONCE, Steps

CHANGED_MOST = 10_000
"""How many cases can be changed at once, as many as can be marked."""


class BulkService:
    """Makes one change in many cases, each of them by the way of any change."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def change(self, values: dict[str, Any]) -> BulkChange:
        """The change that the fields of `BulkDraft` ask for; raises Refusal naming the field that does not fit."""
        from tuitrack.domain.drafts import BulkDraft, accept

        draft = accept(BulkDraft, values)
        if not any(draft.model_dump().values()):
            raise Refusal("Say what is to change.", "owner")
        if draft.owner:
            with self._desk.store.reading() as reader:
                if reader.agent(draft.owner) is None:
                    raise NotFound(f"Owner: there is no agent “{draft.owner}”.", "owner")
        if draft.status not in (None, *MOVED_TO):
            expected = ", ".join(status.label for status in MOVED_TO)
            raise Refusal(f"Status: expected {expected}; the others take steps of their own.", "status")
        added, taken = tuple(tags_of(draft.tags_added)), tuple(tags_of(draft.tags_taken))
        if both := [tag for tag in taken if fold(tag) in map(fold, added)]:
            raise Refusal(f"Tags taken away: {', '.join(both)} cannot be added too.", "tags_taken")
        return BulkChange(**draft.model_dump() | {"tags_added": added, "tags_taken": taken})

    def told(self, change: BulkChange) -> str:
        """The change on one line."""
        return change.told(self._desk.zone)

    def rehearsal(self, change: BulkChange, query: QueueQuery) -> Rehearsal:
        """What would become of the cases of a query, in its order, and of marked ones that are gone.

        Raises Refusal where it finds too many.
        """
        with self._desk.store.reading() as reader:
            found = reader.references(replace(query, me=self._desk.agent), self._desk.now(), CHANGED_MOST + 1)
        if len(found) > CHANGED_MOST:
            raise Refusal(f"No more than {CHANGED_MOST:,} cases can be changed at once; narrow the query.")
        gone = query.marked.difference(found)
        return Rehearsal(self._desk, change, [*found, *sorted(gone)])

    def run(self, change: BulkChange, rehearsed: Sequence[Fate]) -> BulkRun:
        """The change of those cases that would change in a rehearsal."""
        return BulkRun(self._desk, change, [fate for fate in rehearsed if not fate.reason])


class Rehearsal(Steps[int]):
    """Finds what would become of cases, and stores nothing."""

    doing, done, at_once = "Looking", "change", LOOKED_AT_ONCE

    def __init__(self, desk: Desk, change: BulkChange, case_ids: Sequence[int]) -> None:
        super().__init__(case_ids)
        self._desk = desk
        self._change = change

    def work(self, rows: Sequence[int]) -> list[Fate]:
        """Look at these few."""
        with self._desk.store.reading() as reader:
            return [self._fate(reader, case_id) for case_id in rows]

    def _fate(self, reader: Reader, case_id: int) -> Fate:
        try:
            case = reader.case(case_id)
        except NotFound:
            return Fate(case_id, "", 0, reason=GONE)
        fate = Fate(case_id, case.reference, case.version)
        try:
            after = self._change.of(case)
        except Refusal as refusal:
            return replace(fate, reason=refusal.sentence)
        return replace(fate, news=news_of(case, after, self._desk.zone, self._change.note))


class BulkRun(Steps[Fate]):
    """Changes cases as they were rehearsed; one that was changed since is left alone."""

    doing, done = "Changing", "changed"

    def __init__(self, desk: Desk, change: BulkChange, rehearsed: Sequence[Fate]) -> None:
        super().__init__(rehearsed)
        self._desk = desk
        self._change = change
        self._run = NEW_RUN

    def work(self, rows: Sequence[Fate]) -> list[Fate]:
        """Change these few in one transaction."""
        run, fates = self._run, []
        with writing(self._desk, Right.CHANGE_MANY) as writer:
            for row in rows:
                try:
                    run = self._make(writer, row, run)
                    fates.append(row)
                except Refusal as refusal:
                    fates.append(replace(row, reason=_reason(refusal)))
        self._run = run
        return fates

    def _make(self, writer: Writer, row: Fate, run: int) -> int:
        """Change one case; returns the run that it belongs to. Nothing is written where it is refused."""
        case = writer.case(row.case_id)
        if case.version != row.version and not self._change.only_adds:
            raise stale(writer, case, row.version)
        change = CaseChange(self._desk, writer, case, run)
        change.case = self._change.of(case)
        change.log(self._change.entry_kind, self._change.told(self._desk.zone), self._change.note)
        change.store()
        return change.run or run


def _reason(refusal: Refusal) -> str:
    """Why a case was left alone, beside its reference."""
    match refusal:
        case Conflict(changes=[*_, last]):
            return f"{last.by} changed it since it was looked at: {last.summary}."
        case NotFound():
            return GONE
        case _:
            return refusal.sentence
