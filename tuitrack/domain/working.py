"""What becomes of a case that is given to somebody or moved to another working status."""

from __future__ import annotations

from dataclasses import replace

from tuitrack.domain.case import Case
from tuitrack.domain.errors import Refusal
from tuitrack.domain.status import check_move
from tuitrack.domain.words import Status


def require_reason(case: Case, owner: str | None, giver: str, reason: str) -> None:
    """Raise Refusal where somebody takes a case from the colleague who owns it and does not say why."""
    if case.owner not in (None, giver, owner) and not reason.strip():
        raise Refusal(f"Because: {case.owner} owns {case.reference}; say why it goes to somebody else.", "reason")


def given_to(case: Case, owner: str | None) -> Case:
    """The case with another owner, or with none; a new one that somebody owns is open."""
    owned = replace(case, owner=owner)
    return moved_to(owned, Status.OPEN) if owner is not None and case.status is Status.NEW else owned


def moved_to(case: Case, status: Status) -> Case:
    """The case in another working status; raises Refusal where it takes steps of its own, or is no allowed move."""
    if status in (Status.RESOLVED, Status.CLOSED):
        raise Refusal(f"Status: a case becomes {status.label} through the closing steps.", "status")
    if not case.is_open:
        raise Refusal("Status: a closed case is reopened with a reason.", "status")
    if status is case.status:
        return case
    check_move(case.status, status, case.owner)
    moved = replace(case, status=status)
    if case.status is Status.RESOLVED:
        return replace(moved, confirm_by=None, resolved_at=None, company_resolved_on=None, company_resolved_by=None)
    return moved
