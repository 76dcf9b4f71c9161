"""What follows in a case from an inquiry that is made or answered: its status, its pause, and what is now known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuitrack.domain.errors import Refusal
from tuitrack.domain.inquiries import INQUIRIES
from tuitrack.domain.words import ActionKind, EntryKind, PauseReason, Status

if TYPE_CHECKING:
    from tuitrack.domain.drafts.entries import ActionDraft
    from tuitrack.domain.timeline import Action
    from tuitrack.services.changing import CaseChange

_FACTS = frozenset({ActionKind.INVESTIGATION, ActionKind.INFORMATION})
"""Inquiries whose answer is a fact of the case; legal advice is none."""


def check_asked(draft: ActionDraft) -> None:
    """Refuse an inquiry that is done without an answer, and a pause that waits for nothing."""
    if draft.kind in INQUIRIES and draft.done_on is not None:
        answer = INQUIRIES[draft.kind].answer.lower()
        raise Refusal(f"Done on: leave it empty; it is done when the {answer} is written down.", "done_on")
    if draft.pause_clocks and draft.kind is not ActionKind.LEGAL:
        raise Refusal("Pause the clocks: only legal advice is waited for so.", "pause_clocks")


def check_answered(action: Action, note: str) -> None:
    """Refuse an inquiry to be done without its answer."""
    if action.is_inquiry and not note.strip():
        raise Refusal(f"{INQUIRIES[action.kind].answer}: this is needed.", "note")


def entry_kind(done: Action) -> EntryKind:
    """What the entry tells that says that an action is done."""
    return EntryKind.FINDING if done.kind in _FACTS else EntryKind.ACTION


def asked(change: CaseChange, action: Action, *, pause_clocks: bool) -> None:
    """Let an open case be under investigation, and its clocks stand still where they wait for legal advice."""
    if action.kind is ActionKind.INVESTIGATION and change.case.status is Status.OPEN and change.case.owner:
        change.move(Status.INVESTIGATING)
    if pause_clocks and not change.lasting_pauses(PauseReason.LEGAL):
        change.begin_pause(PauseReason.LEGAL, action.what)


def answered(change: CaseChange, done: Action) -> None:
    """Once nothing of the kind is open, end the investigation of the case, or its waiting for legal advice."""
    if any(one.is_open and one.kind is done.kind for one in change.reader.actions(change.case.id)):
        return
    if done.kind is ActionKind.INVESTIGATION and change.case.status is Status.INVESTIGATING:
        change.move(Status.OPEN)
    elif done.kind is ActionKind.LEGAL:
        change.end_pauses(PauseReason.LEGAL)
