"""Remedies offered to put things right: their approval, what the customer chose among options, and their delivery."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from tuitrack.domain.errors import Refusal
from tuitrack.domain.permissions import Right
from tuitrack.domain.timeline import Remedy
from tuitrack.domain.words import Approval, EntryKind
from tuitrack.services.changing import CaseChange, changing
from tuitrack.services.desk import Desk
from tuitrack.services.offers import needs_approval
from tuitrack.services.work_items import known


class RemedyService:
    """Offers remedies and follows them to the customer, one transaction for each thing a person does."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def offer(self, case_id: int, values: dict[str, Any]) -> Remedy:
        """Record what was offered, from the fields of `RemedyDraft`; an option joins those offered but not answered."""
        from tuitrack.domain.drafts.entries import RemedyDraft

        draft = RemedyDraft.accept(values)
        today = self._desk.today()
        with changing(self._desk, case_id) as change:
            fields = draft.model_dump(exclude={"option"}) | {
                "offered_on": draft.offered_on or today,
                "currency": self._desk.settings.currency if draft.amount is not None else "",
                "option_set": _set_to_join(change.reader.remedies(case_id)) if draft.option else None,
            }
            remedy = Remedy(case_id=case_id, by=self._desk.agent, **fields)
            needs = ""
            if needs_approval(change.reader, self._desk, change.case, remedy):
                remedy, needs = replace(remedy, approval=Approval.WAITING), ", which needs approval"
            if remedy.chosen or remedy.delivered_on:
                _check_approved(remedy)
            remedy = change.add(remedy)
            offered = "Offered as an option" if draft.option else "Offered"
            change.log(EntryKind.REMEDY, f"{offered}: {remedy.summary}{needs}", record_id=remedy.id)
            if remedy.chosen or remedy.delivered_on:
                _leave_others(change, remedy)
        return remedy

    def answer_approval(
        self, case_id: int, remedy_id: int, approved: bool, reason: str = "", seen: int | None = None
    ) -> Remedy:
        """Approve an offer beyond the guide, or decline it with a reason; nobody answers an offer of their own."""
        if not approved and not reason.strip():
            raise Refusal("Reason: say why it is not approved.", "reason")
        with changing(self._desk, case_id, seen, Right.APPROVE_OFFERS) as change:
            remedy = known(change.reader.remedies(case_id), remedy_id, "Remedy")
            if remedy.approval is not Approval.WAITING:
                raise Refusal(f"Approval: “{remedy.summary}” waits for none.", "approval")
            if remedy.by == self._desk.agent:
                raise Refusal("Approval: you offered it yourself; somebody else has to approve it.", "approval")
            answer = Approval.APPROVED if approved else Approval.DECLINED
            by = self._desk.agent if approved else remedy.approved_by
            answered = replace(remedy, approval=answer, approved_by=by)
            change.replace(remedy, answered)
            verb = "Approved" if approved else "Not approved"
            change.log(EntryKind.REMEDY, f"{verb}: {remedy.summary}", reason, record_id=remedy_id)
        return answered

    def choose(self, case_id: int, remedy_id: int, chosen: bool, seen: int | None = None) -> Remedy:
        """Mark what the customer chose or declined; the other options are then not chosen."""
        with changing(self._desk, case_id, seen) as change:
            remedy = known(change.reader.remedies(case_id), remedy_id, "Remedy")
            if chosen:
                _check_approved(remedy)
            answered = replace(remedy, chosen=chosen)
            change.replace(remedy, answered)
            if chosen:
                _leave_others(change, answered)
            verb = "Chosen by the customer" if chosen else "Declined by the customer"
            change.log(EntryKind.REMEDY, f"{verb}: {remedy.summary}", record_id=remedy_id)
        return answered

    def deliver(self, case_id: int, remedy_id: int, on: date | None = None, seen: int | None = None) -> Remedy:
        """Say on which day a remedy reached the customer."""
        day = on or self._desk.today()
        if day > self._desk.today():
            raise Refusal("Delivered on: the date is in the future.", "delivered_on")
        with changing(self._desk, case_id, seen) as change:
            remedy = known(change.reader.remedies(case_id), remedy_id, "Remedy")
            _check_approved(remedy)
            delivered = replace(remedy, chosen=True, delivered_on=day)
            change.replace(remedy, delivered)
            _leave_others(change, delivered)
            change.log(EntryKind.REMEDY, f"Delivered {day:%d %b %Y}: {remedy.summary}", record_id=remedy_id)
        return delivered


def _check_approved(remedy: Remedy) -> None:
    """Refuse to go on with an offer beyond the guide to which nobody has said yes."""
    match remedy.approval:
        case Approval.WAITING:
            raise Refusal(
                f"Approval: “{remedy.summary}” is beyond the offer guide; it can be chosen or delivered "
                "once a supervisor has approved it.",
                "chosen",
            )
        case Approval.DECLINED:
            raise Refusal(f"Approval: “{remedy.summary}” was not approved; offer something else.", "chosen")


def _set_to_join(remedies: Iterable[Remedy]) -> int:
    """The number of the options to which another one belongs: a new one once the customer has chosen."""
    offered = [one for one in remedies if one.option_set is not None]
    latest = max((one.option_set or 0 for one in offered), default=1)
    return latest + any(one.chosen for one in offered if one.option_set == latest)


def _leave_others(change: CaseChange, chosen: Remedy) -> None:
    """Mark the other options as not chosen; raises Refusal where one of them was delivered already."""
    if chosen.option_set is None:
        return
    for other in change.reader.remedies(chosen.case_id):
        if other.option_set == chosen.option_set and other.id != chosen.id and other.chosen is not False:
            if other.delivered_on is not None:
                raise Refusal(f"Chosen: “{other.summary}”, another of these options, was delivered already.", "chosen")
            change.replace(other, replace(other, chosen=False))
