"""What is open in a case until it is settled: actions asked for and promises made.

A new one is never refused because somebody else added something meanwhile; what settles one may name the version of
the case it has seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from tuitrack.domain.errors import NotFound, Refusal, Settled
from tuitrack.domain.inquiries import asked_words, done_words
from tuitrack.domain.timeline import Action, Promise, Remedy
from tuitrack.domain.words import CallResult, EntryKind, PromiseOutcome, Status
from tuitrack.lean import dataclass
from tuitrack.services import inquiries
from tuitrack.services.changing import CaseChange, changing
from tuitrack.services.desk import Desk

Known = TypeVar("Known", Action, Promise, Remedy)


@dataclass(frozen=True, slots=True)
class Anew:
    """What was agreed in place of a promise: when it is due now, and how the customer heard of it."""

    due_at: datetime
    call_id: int | None = None
    """The call in which the customer was told."""
    untold_because: str = ""
    """Why there was no such call."""


class WorkItemService:
    """Adds and settles actions and promises, one transaction for each thing a person does."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add_action(self, case_id: int, values: dict[str, Any]) -> Action:
        """Ask for an action from the fields of `ActionDraft`."""
        from tuitrack.domain.drafts.entries import ActionDraft

        draft = ActionDraft.accept(values)
        today = self._desk.today()
        requested = draft.requested_on or today
        _check_done_on(draft.done_on, requested, today)
        inquiries.check_asked(draft)
        with changing(self._desk, case_id) as change:
            if change.case.status is Status.NEW:
                change.own()
            action = change.add(
                Action(
                    case_id=case_id,
                    track=draft.track,
                    kind=draft.kind,
                    what=draft.what,
                    assignee=draft.assignee or self._desk.agent,
                    requested_on=requested,
                    due_at=draft.due_at,
                    done_on=draft.done_on,
                    done_at=change.now if draft.done_on else None,
                    by=self._desk.agent,
                )
            )
            change.log(EntryKind.ACTION, asked_words(action), record_id=action.id)
            inquiries.asked(change, action, pause_clocks=draft.pause_clocks)
        return action

    def complete_action(
        self,
        case_id: int,
        action_id: int,
        done_on: date | None = None,
        note: str = "",
        seen: int | None = None,
    ) -> Action:
        """Say that an action was done, on a day that may be earlier than today; an inquiry's note is its answer."""
        today = self._desk.today()
        day = done_on or today
        with changing(self._desk, case_id, seen) as change:
            action = known(change.reader.actions(case_id), action_id, "Action")
            if not action.is_open:
                raise Settled(f"Action: “{action.what}” was already done on {action.done_on:%d %b %Y}.", "action")
            _check_done_on(day, action.requested_on, today)
            inquiries.check_answered(action, note)
            done = replace(action, done_on=day, done_at=change.now, done_note=note)
            change.replace(action, done)
            change.log(inquiries.entry_kind(done), done_words(done), note, record_id=action_id)
            inquiries.answered(change, done)
        return done

    def add_promise(self, case_id: int, values: dict[str, Any]) -> Promise:
        """Record a promise from the fields of `PromiseDraft`; the last call with the customer is taken as its proof."""
        from tuitrack.domain.drafts.entries import PromiseDraft

        draft = PromiseDraft.accept(values)
        with changing(self._desk, case_id) as change:
            return self._promise(
                change,
                Promise(
                    case_id=case_id,
                    what=draft.what,
                    to=draft.to or change.reader.customer(change.case.customer_id).name,
                    by=draft.by or self._desk.agent,
                    call_id=draft.call_id or next(reversed(_calls_reached(change)), None),
                    made_at=change.now,
                    due_at=draft.due_at,
                ),
            )

    def settle_promise(
        self,
        case_id: int,
        promise_id: int,
        outcome: PromiseOutcome,
        note: str = "",
        anew: Anew | None = None,
        seen: int | None = None,
    ) -> Promise:
        """Say what became of a promise; a renegotiated one needs a reason and what was agreed, and is replaced."""
        if outcome is not PromiseOutcome.KEPT and not note.strip():
            raise Refusal(f"Reason: say why the promise was {outcome.label}.", "note")
        if outcome is not PromiseOutcome.RENEGOTIATED and anew is not None:
            raise Refusal("New date: only a promise that is renegotiated has one.", "new_due_at")
        if outcome is PromiseOutcome.RENEGOTIATED and anew is None:
            raise Refusal("New date: give what was agreed with the customer.", "new_due_at")
        with changing(self._desk, case_id, seen) as change:
            promise = known(change.reader.promises(case_id), promise_id, "Promise")
            if promise.outcome is not None:
                raise Settled(f"Promise: “{promise.what}” is already {promise.outcome.label}.", "promise")
            settled = replace(
                promise,
                outcome=outcome,
                settled_at=change.now,
                settled_by=self._desk.agent,
                settled_note=note,
            )
            change.replace(promise, settled)
            change.log(EntryKind.PROMISE, f"Promise {outcome.label}: {promise.what}", note, record_id=promise_id)
            return settled if anew is None else self._agree_anew(change, promise, anew)

    def _agree_anew(self, change: CaseChange, promise: Promise, anew: Anew) -> Promise:
        """Put another promise in the place of one, as the customer was told."""
        called_at = _calls_reached(change).get(anew.call_id or 0)
        if called_at is None and not anew.untold_because.strip():
            raise Refusal(
                "Told in the call: pick the one in which the customer heard of it, or say why there was none.",
                "call_id",
            )
        if called_at is not None and anew.untold_because.strip():
            raise Refusal("In no call, because: a call is picked above; leave one of them empty.", "untold_because")
        if called_at is None:
            told = f"The customer was told in no call: {anew.untold_because.strip()}"
        else:
            told = f"The customer was told in the call of {called_at.astimezone(self._desk.zone):%d %b %Y %H:%M}."
        successor = Promise(
            case_id=promise.case_id,
            what=promise.what,
            to=promise.to,
            by=promise.by,
            call_id=anew.call_id if called_at is not None else None,
            made_at=change.now,
            due_at=anew.due_at,
            renegotiates=promise.id,
        )
        return self._promise(change, successor, told, field="new_due_at")

    def _promise(self, change: CaseChange, promise: Promise, told: str = "", *, field: str = "due_at") -> Promise:
        """Record a promise, which must be due later; `told` says more about it, `field` is where its time was typed."""
        if promise.due_at <= change.now:
            raise Refusal("Due: the moment has passed; promise one to come.", field)
        made = change.add(promise)
        due = made.due_at.astimezone(self._desk.zone)
        change.log(EntryKind.PROMISE, f"Promised for {due:%d %b %Y %H:%M}: {made.what}", told, record_id=made.id)
        return made


def _check_done_on(done_on: date | None, requested_on: date, today: date) -> None:
    """Refuse a completion in the future or before its request."""
    if requested_on > today:
        raise Refusal("Requested on: the date is in the future.", "requested_on")
    if done_on is not None and done_on > today:
        raise Refusal("Done on: the date is in the future; give the day on which it was done.", "done_on")
    if done_on is not None and done_on < requested_on:
        raise Refusal(f"Done on: it was requested on {requested_on:%d %b %Y}; it cannot be done earlier.", "done_on")


def _calls_reached(change: CaseChange) -> dict[int, datetime]:
    """When the calls were in which desk and customer spoke, by their ids."""
    return {call.id: call.at for call in change.reader.calls(change.case.id) if call.result is CallResult.REACHED}


def known(records: Sequence[Known], record_id: int, title: str) -> Known:
    """The record of a case with that id; raises NotFound."""
    for record in records:
        if record.id == record_id:
            return record
    raise NotFound(f"{title}: the case has no such {title.lower()}.")
