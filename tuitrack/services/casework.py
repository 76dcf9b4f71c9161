"""Working on a case: calls, notes, corrections, what it says, its status and who owns it.

What only adds to a case (a call, a note, a correction) is never refused because somebody else added something
meanwhile; what replaces a value names the version it has seen.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from tuitrack.domain.case import Case
from tuitrack.domain.clocks import PAUSED_BY_HAND
from tuitrack.domain.closure import check_resolved_on
from tuitrack.domain.deadlines import Resumed, deadlines, of_clock
from tuitrack.domain.errors import NotFound, Refusal
from tuitrack.domain.permissions import Right
from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.spoken_time import say_span
from tuitrack.domain.timeline import Call
from tuitrack.domain.words import (
    NOTE_KINDS,
    CallPurpose,
    CallResult,
    Channel,
    Direction,
    EntryKind,
    PauseReason,
    Priority,
    Status,
)
from tuitrack.domain.working import given_to, moved_to, require_reason
from tuitrack.services.agents import away_sentence, new_owner
from tuitrack.services.changing import CaseChange, changing
from tuitrack.services.desk import Desk
from tuitrack.services.rights import writing


class CaseworkService:
    """Changes cases, one transaction for each thing a person does."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def log_call(self, case_id: int, values: dict[str, Any]) -> Call:
        """Log a call from the fields of `CallDraft`."""
        from tuitrack.domain.drafts.entries import CallDraft

        draft = CallDraft.accept(values)
        self._not_future(draft.at, "at", "Call")
        with changing(self._desk, case_id) as change:
            call = change.add(
                Call(
                    case_id=case_id,
                    direction=draft.direction,
                    purpose=draft.purpose,
                    result=draft.result,
                    recording_told=draft.recording_told,
                    reference_given=draft.reference_given,
                    at=draft.at or change.now,
                    by=self._desk.agent,
                )
            )
            if draft.to_clarify is not None:
                change.set(to_clarify=draft.to_clarify)
            change.log(
                EntryKind.CALL,
                call.summary + ("" if self._knows_recording(call) else ", not told about recording"),
                draft.note,
                occurred_at=call.at,
                record_id=call.id,
                channel=Channel.PHONE,
            )
            if draft.suggestion:
                change.log(EntryKind.SUGGESTION, "Suggestion", draft.suggestion, occurred_at=call.at)
        return call

    def log_status_check(self, case_id: int) -> Call:
        """Log that the customer called to ask how things stand, and was told."""
        told = {
            "direction": Direction.INBOUND,
            "purpose": CallPurpose.STATUS,
            "recording_told": self._desk.settings.recording_announced,
            "note": "Told how the case stands.",
        }
        return self.log_call(case_id, told)

    def _knows_recording(self, call: Call) -> bool:
        """Whether whoever was reached heard that calls are recorded, from us or from the exchange itself."""
        heard = call.recording_told or self._desk.settings.recording_announced
        return heard or call.result is not CallResult.REACHED

    def add_note(self, case_id: int, values: dict[str, Any]) -> None:
        """Write something down from the fields of `NoteDraft`."""
        from tuitrack.domain.drafts.entries import NoteDraft

        draft = NoteDraft.accept(values)
        self._not_future(draft.occurred_at, "occurred_at", "Happened")
        if draft.kind not in NOTE_KINDS:
            raise Refusal("Kind: expected " + ", ".join(kind.label for kind in NOTE_KINDS) + ".", "kind")
        with changing(self._desk, case_id) as change:
            change.log(
                draft.kind,
                f"{draft.kind.label.capitalize()}{f' by {draft.by}' if draft.by else ''}",
                draft.text,
                occurred_at=draft.occurred_at,
                channel=draft.channel,
                public=draft.public,
            )

    def correct(self, case_id: int, entry_id: int, text: str) -> None:
        """Add a correction that points at an entry; the entry itself stays as it was."""
        from tuitrack.domain.drafts.entries import NoteDraft

        draft = NoteDraft.accept({"text": text})
        with changing(self._desk, case_id) as change:
            entry = change.reader.entry(entry_id)
            if entry.case_id != case_id:
                raise NotFound("Correction: that entry belongs to another case.", "text")
            change.log(entry.kind, f"Correction: {entry.summary}", draft.text, corrects=entry.id)

    def keep_untaken(self, case_id: int, texts: Mapping[str, str]) -> None:
        """Keep on the timeline what was typed into fields, by their titles, and gave way to what others typed there."""
        with changing(self._desk, case_id) as change:
            for title, text in texts.items():
                change.log(EntryKind.NOTE, f"Typed at the same time and not taken: {title}", text)

    def edit(self, case_id: int, values: dict[str, Any], seen: int) -> Case:
        """Correct fields of a case from `ChangesDraft`; old and new values stay in the timeline."""
        from tuitrack.domain.drafts.cases import ChangesDraft

        draft = ChangesDraft.accept(values)
        fields = draft.model_dump(include=draft.model_fields_set)
        if draft.amount_asked is not None:
            fields["currency"] = self._desk.settings.currency
        self._not_future(draft.received_at, "received_at", "Received")
        if draft.occurred_on is not None and draft.occurred_on > self._desk.today():
            raise Refusal("Happened on: the date is in the future; give when it happened.", "occurred_on")
        with changing(self._desk, case_id, seen) as change:
            change.set(**change.since.meant(fields))
            resolved = change.case.company_resolved_on
            if resolved is not None:
                check_resolved_on(resolved, self._desk.day_of(change.case.received_at), self._desk.today())
        return change.case

    def assign(self, case_id: int, owner: str | None, seen: int, reason: str = "") -> Case:
        """Give a case to an agent, or to nobody; a colleague's only with the reason why."""
        with changing(self._desk, case_id, seen) as change:
            if owner != change.case.owner:
                # Whoever is second to take it is told of the first, and not asked for a reason.
                change.since.check_fields({"owner"})
            require_reason(change.case, owner, self._desk.agent, reason)
            if owner is not None:
                new_owner(change.reader, owner)
            change.case = given_to(change.case, owner)
            change.log(EntryKind.STATUS, f"Owner: {owner or 'nobody'}", reason)
        return change.case

    def away(self, owner: str | None) -> str:
        """Says of an owner who is away until when; empty where they are not."""
        if owner is None:
            return ""
        with self._desk.store.reading() as reader:
            return away_sentence(reader, owner, self._desk.today())

    def take(self, case_id: int, seen: int, reason: str = "") -> Case:
        """Become the owner of a case."""
        return self.assign(case_id, self._desk.agent, seen, reason)

    def take_next(self, query: QueueQuery) -> Case:
        """Become the owner of the first open case of a queue that has none; raises NotFound where there is none.

        It is found and taken in one transaction, so that of two who take the next one each gets another.
        """
        from tuitrack.services.queue import QueueService

        queue = QueueService(self._desk)
        if queue.as_of(query) is not None:
            raise Refusal("Next: nothing is taken from a list of the past.", "query")
        unowned = queue.narrowed(query, "is:open", "owner:none")
        with writing(self._desk, Right.WORK_ON_CASES) as writer:
            page = writer.page(replace(unowned, me=self._desk.agent), self._desk.now(), 1)
            if not page.rows:
                raise NotFound("Next: every open case of this list has an owner.", "query")
            change = CaseChange(self._desk, writer, writer.case(page.rows[0].id))
            change.case = given_to(change.case, self._desk.agent)
            change.log(EntryKind.STATUS, f"Owner: {self._desk.agent}")
            return change.store()

    def move(self, case_id: int, status: Status, seen: int, reason: str = "") -> Case:
        """Move a case to another working status; resolving and closing have steps of their own."""
        with changing(self._desk, case_id, seen) as change:
            if change.case.owner is None and status is not Status.NEW:
                change.set(owner=self._desk.agent)
            change.case = moved_to(change.case, status)
            change.log(EntryKind.STATUS, f"Status: {status.label}", reason)
        return change.case

    def pause(self, case_id: int, values: dict[str, Any], seen: int) -> Case:
        """Let the clocks stand still whose rules name the reason, from the fields of `PauseDraft`."""
        from tuitrack.domain.drafts.entries import PauseDraft

        draft = PauseDraft.accept(values)
        if draft.reason not in PAUSED_BY_HAND:
            raise Refusal("Reason: a case that waits for the customer has the status that says so.", "reason")
        with changing(self._desk, case_id, seen) as change:
            if not change.case.is_open:
                raise Refusal("Pause: the case is closed; nothing runs in it.", "reason")
            if change.lasting_pauses(draft.reason):
                raise Refusal(f"Reason: the case is paused for {draft.reason.label} already.", "reason")
            change.begin_pause(draft.reason, draft.note)
            change.log(EntryKind.STATUS, f"Paused: {draft.reason.label}", draft.note)
        return change.case

    def resume(self, case_id: int, seen: int) -> Case:
        """Let the clocks go on; only what waits for the customer waits for as long as the status says so."""
        with changing(self._desk, case_id, seen) as change:
            ended = [one for reason in PAUSED_BY_HAND for one in change.end_pauses(reason)]
            if not ended:
                raise Refusal("Pause: the case is not paused.", "reason")
            told = ", ".join(pause.reason.label for pause in ended)
            change.log(EntryKind.STATUS, f"No longer paused: {told}")
        return change.case

    def due_once_resumed(self, case_id: int, ended: Collection[PauseReason] = PAUSED_BY_HAND) -> list[Resumed]:
        """What is not met yet, as it would be due if these pauses ended now, the next first; nothing is stored."""
        from tuitrack.services.clock_running import clocks_after

        now = self._desk.clock()
        with self._desk.store.reading() as reader:
            case = reader.case(case_id)
            pauses = [
                replace(pause, until=now) if pause.is_open and pause.reason in ended else pause
                for pause in reader.pauses(case_id)
            ]
            promises, actions, clocks = reader.promises(case_id), reader.actions(case_id), reader.clocks(case_id)
            resumed = clocks_after(self._desk, reader, case, case, now, clocks=clocks, pauses=pauses)
        overdue = {(due.kind, due.record_id) for due in deadlines(promises, actions, clocks) if due.is_overdue(now)}
        found = deadlines(promises, actions, resumed)
        return [Resumed(due, (due.kind, due.record_id) in overdue) for due in found if due.met_at is None]

    def explain_late(self, case_id: int, values: dict[str, Any], seen: int) -> Case:
        """Say why a clock was missed, from the fields of `LateDraft`; how late it was stays as it is."""
        from tuitrack.domain.drafts.entries import LateDraft

        draft = LateDraft.accept(values)
        with changing(self._desk, case_id, seen) as change:
            clock = next((one for one in change.reader.clocks(case_id) if one.id == draft.clock), None)
            late = None if clock is None else of_clock(clock).late_by(change.now)
            if clock is None or late is None:
                raise Refusal("Clock: it is not late.", "clock")
            change.replace(clock, replace(clock, late_because=draft.because))
            change.log(EntryKind.STATUS, f"Late by {say_span(late)}: {clock.kind.label}", draft.because)
        return change.case

    def toggle_urgent(self, case_id: int, seen: int) -> Case:
        """Mark a case urgent, or take the mark away."""
        with changing(self._desk, case_id, seen) as change:
            urgent = change.case.priority is not Priority.URGENT
            change.set(priority=Priority.URGENT if urgent else Priority.NORMAL)
            change.log(EntryKind.STATUS, f"Priority: {change.case.priority.label}")
        return change.case

    def _not_future(self, moment: datetime | None, field: str, title: str) -> None:
        if moment is not None and moment > self._desk.clock():
            raise Refusal(f"{title}: the moment is in the future; give when it happened.", field)
