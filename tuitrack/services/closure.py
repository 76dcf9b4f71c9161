"""Closing a case step by step: each step is stored when it is left, and the last one closes or names what blocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from tuitrack.domain.case import Case
from tuitrack.domain.closure import (
    WITHOUT_RESOLUTION,
    Blocker,
    ClosingFacts,
    blockers,
    check_confirmed_on,
    check_resolved_on,
)
from tuitrack.domain.errors import Blocked, NotFound, Refusal
from tuitrack.domain.telling import check_told
from tuitrack.domain.words import SEEDED_CAUSES, CallResult, EntryKind, Mood, Outcome, Status
from tuitrack.services.casefile import read_file
from tuitrack.services.changing import CaseChange, changing
from tuitrack.services.desk import Desk
from tuitrack.services.ticks import skip

if TYPE_CHECKING:
    from tuitrack.domain.drafts.closing import ConfirmationDraft, DecisionDraft


class ClosureService:
    """Resolves, confirms, closes and reopens cases."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def causes(self) -> list[str]:
        """Root causes to offer: the desk's own by use, then the seeded ones."""
        with self._desk.store.reading() as reader:
            used = reader.values_used("cause", 50)
        return [*used, *(cause for cause in SEEDED_CAUSES if cause not in used)]

    def save_resolution(self, case_id: int, values: dict[str, Any], seen: int) -> Case:
        """Store what was done and the company's date; the case becomes resolved once both are there."""
        from tuitrack.domain.drafts.closing import ResolutionDraft

        draft = ResolutionDraft.accept(values)
        today = self._desk.today()
        with changing(self._desk, case_id, seen) as change:
            self._check_open(change)
            earlier = change.case.company_resolved_on
            fields = change.since.meant(draft.model_dump(exclude={"changed_because"}))
            day = fields["company_resolved_on"]
            if day is not None:
                check_resolved_on(day, self._desk.day_of(change.case.received_at), today)
            if earlier is not None and day != earlier and not draft.changed_because:
                raise Refusal(
                    f"Company resolved on: it was set to {earlier:%d %b %Y}; state why it changes.",
                    "changed_because",
                )
            change.set(resolution=fields["resolution"], help_offered=fields["help_offered"])
            if day is not None and not change.case.resolution:
                raise Refusal("Resolution: say what was done.", "resolution")
            if day != earlier:
                self._resolve(change, day, draft.changed_because)
        return change.case

    def _resolve(self, change: CaseChange, day: date | None, because: str) -> None:
        """Set the company's date with everything that hangs on it."""
        if day is None:
            raise Refusal(
                "Company resolved on: the date cannot be taken away; reopen the case instead.",
                "company_resolved_on",
            )
        change.own()
        if change.case.status is not Status.RESOLVED:
            change.move(Status.RESOLVED)
        change.set(
            company_resolved_on=day,
            company_resolved_by=self._desk.agent,
            resolved_at=min(change.now, self._desk.end_of(day)),
        )
        why = f" ({because})" if because else ""
        change.log(
            EntryKind.RESOLUTION,
            f"Company considers it resolved on {day:%d %b %Y}{why}",
            change.case.resolution,
        )

    def save_decision(self, case_id: int, values: dict[str, Any], seen: int) -> Case:
        """Store whether the complaint was justified and what the customer was told."""
        from tuitrack.domain.drafts.closing import DecisionDraft

        draft = DecisionDraft.accept(values)
        with changing(self._desk, case_id, seen) as change:
            self._check_open(change)
            told_on = self._told_on(change, draft)
            decided_on = draft.decided_on or change.case.decided_on
            check_told(decided_on, told_on, self._desk.today())
            if draft.justified is None:
                decided_on = None
            elif decided_on is None:
                decided_on = told_on or self._desk.today()
            decision = draft.model_dump(exclude={"customer_told_on", "told_call_id"}) | {"decided_on": decided_on}
            change.set(**change.since.meant(decision))
            if change.case != change.before and draft.justified is not None:
                change.log(EntryKind.DECISION, f"Justified: {draft.justified.label}", draft.explanation)
            change.set(**change.since.meant({"customer_told_on": told_on, "told_call_id": draft.told_call_id}))
            if told_on is not None and told_on != change.before.customer_told_on:
                change.log(EntryKind.DECISION, f"Customer told of the decision on {told_on:%d %b %Y}")
        return change.case

    def _told_on(self, change: CaseChange, draft: DecisionDraft) -> date | None:
        """The day on which the customer heard the decision, which is that of the call where one is named."""
        if draft.told_call_id is None:
            return draft.customer_told_on
        call = next((one for one in change.reader.calls(change.case.id) if one.id == draft.told_call_id), None)
        if call is None:
            raise NotFound("Told in the call: the case has no such call.", "told_call_id")
        if call.result is not CallResult.REACHED:
            raise Refusal("Told in the call: the customer was not reached in it.", "told_call_id")
        day = self._desk.day_of(call.at)
        if draft.customer_told_on not in (None, day):
            raise Refusal(
                f"Customer told on: the call was on {day:%d %b %Y}; leave the day or the call empty.",
                "customer_told_on",
            )
        return day

    def save_cause(self, case_id: int, values: dict[str, Any], seen: int) -> Case:
        """Store why it happened, and why there is no process action where there is none."""
        from tuitrack.domain.drafts.closing import CauseDraft

        draft = CauseDraft.accept(values)
        with changing(self._desk, case_id, seen) as change:
            self._check_open(change)
            change.set(**change.since.meant(draft.model_dump()))
            if change.case != change.before and draft.cause:
                change.log(EntryKind.DECISION, f"Root cause: {draft.cause}", draft.factors)
        return change.case

    def save_confirmation(self, case_id: int, values: dict[str, Any], seen: int) -> Case:
        """Store the customer's own word with the call that proves it, or why there is none."""
        from tuitrack.domain.drafts.closing import ConfirmationDraft

        draft = ConfirmationDraft.accept(values)
        with changing(self._desk, case_id, seen) as change:
            self._check_open(change)
            if draft.customer_confirmed_on is not None:
                self._check_confirmation(change, draft)
            fields = change.since.meant(draft.model_dump())
            fields["still_angry"] = draft.still_angry or draft.mood is Mood.ANGRY
            fields["confirmation_asked_by"] = draft.confirmation_asked_by or (
                self._desk.agent if draft.customer_confirmed_on else None
            )
            change.set(**fields)
            if draft.customer_confirmed_on != change.before.customer_confirmed_on and draft.customer_confirmed_on:
                mood = f", {draft.mood.label}" if draft.mood else ""
                change.log(
                    EntryKind.CONFIRMATION,
                    f"Customer confirmed on {draft.customer_confirmed_on:%d %b %Y}{mood}",
                    draft.confirmed_early_because,
                    record_id=draft.confirming_call_id,
                )
        return change.case

    def _check_confirmation(self, change: CaseChange, draft: ConfirmationDraft) -> None:
        assert draft.customer_confirmed_on is not None
        check_confirmed_on(
            draft.customer_confirmed_on,
            change.case.company_resolved_on,
            self._desk.today(),
            draft.confirmed_early_because,
        )
        if draft.confirming_call_id is None:
            raise Refusal("Proof: name the call in which the customer confirmed it.", "confirming_call_id")
        calls = {call.id: call for call in change.reader.calls(change.case.id)}
        call = calls.get(draft.confirming_call_id)
        if call is None:
            raise NotFound("Proof: the case has no such call.", "confirming_call_id")
        if call.result is not CallResult.REACHED:
            raise Refusal("Proof: the customer was not reached in that call.", "confirming_call_id")
        day = self._desk.day_of(call.at)
        if day < draft.customer_confirmed_on:
            raise Refusal(
                f"Proof: that call was on {day:%d %b %Y}, before the customer's date; name the one that proves it.",
                "confirming_call_id",
            )

    def blockers(self, case_id: int, outcome: Outcome, values: dict[str, Any] | None = None) -> list[Blocker]:
        """What stands in the way of closing with that outcome, given the review step's fields so far."""
        from tuitrack.domain.drafts.closing import CloseDraft

        draft = CloseDraft.accept({**(values or {}), "outcome": outcome})
        with self._desk.store.reading() as reader:
            facts = read_file(reader, case_id, self._desk).closing_facts
        return _blockers(facts, draft.model_dump())

    def close(self, case_id: int, values: dict[str, Any], seen: int) -> Case:
        """Close a case from the fields of `CloseDraft`; raises Blocked with every reason why it cannot close yet."""
        from tuitrack.domain.drafts.closing import CloseDraft

        draft = CloseDraft.accept(values)
        with changing(self._desk, case_id, seen) as change:
            self._check_open(change)
            change.since.check_nothing()
            facts = read_file(change.reader, case_id, self._desk).closing_facts
            if found := _blockers(facts, draft.model_dump()):
                raise Blocked(f"The case cannot close yet: {found[0].sentence}", found)
            change.own()
            change.move(Status.CLOSED)
            change.set(**draft.model_dump(exclude={"steps_because"}), closed_at=change.now, closed_by=self._desk.agent)
            change.log(EntryKind.CLOSED, f"Closed: {draft.outcome.label}", draft.closing_note)
            if draft.outcome not in WITHOUT_RESOLUTION:
                for step in facts.steps:
                    if step.is_wanted:
                        skip(change, step, draft.steps_because)
        return change.case

    def reopen(self, case_id: int, reason: str, seen: int) -> Case:
        """Open a closed or resolved case again with a reason; what was decided before stays in the timeline."""
        if not reason.strip():
            raise Refusal("Reason: say why the case is opened again.", "reason")
        with changing(self._desk, case_id, seen) as change:
            if change.case.status not in (Status.CLOSED, Status.RESOLVED):
                raise Refusal("Reopen: the case is not closed.", "status")
            change.set(owner=change.case.owner or self._desk.agent)
            change.move(Status.OPEN)
            change.set(
                company_resolved_on=None,
                company_resolved_by=None,
                resolved_at=None,
                confirm_by=None,
                customer_confirmed_on=None,
                confirming_call_id=None,
                confirmation_asked_by=None,
                confirmed_early_because="",
                unconfirmed_because="",
                mood=None,
                satisfied_with_measures=None,
                satisfied_with_work=None,
                outcome=None,
                closed_at=None,
                closed_by=None,
                reopened_count=change.case.reopened_count + 1,
            )
            change.log(EntryKind.REOPENED, "Reopened", reason)
        return change.case

    def _check_open(self, change: CaseChange) -> None:
        if not change.case.is_open:
            raise Refusal("The case is closed; reopen it with a reason first.", "status")


def _blockers(facts: ClosingFacts, review: dict[str, Any]) -> list[Blocker]:
    """The blockers as they are with the review step's fields in place."""
    outcome = review["outcome"]
    case = replace(facts.case, closing_note=review["closing_note"], duplicate_of=review["duplicate_of"])
    return blockers(replace(facts, case=case, steps_because=review["steps_because"]), outcome)
