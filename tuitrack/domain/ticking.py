"""What is logged in a case and ticks steps of its procedure: the vocabulary of `ticked_by`, told by entries."""

from __future__ import annotations

from collections.abc import Sequence

from tuitrack.domain.change import OfCase
from tuitrack.domain.timeline import Call, Entry, Promise, Remedy
from tuitrack.domain.words import CallPurpose, CallResult, EntryKind, PromiseOutcome, RemedyKind, Ticking

_BY_ENTRY = {
    EntryKind.RECEIVED: Ticking.CASE_TAKEN,
    EntryKind.WORDS: Ticking.CUSTOMER_WORDS,
    EntryKind.FINDING: Ticking.FINDING,
    EntryKind.STATEMENT: Ticking.STATEMENT,
    EntryKind.LETTER: Ticking.LETTER,
    EntryKind.APOLOGY: Ticking.APOLOGY,
    EntryKind.THANKS: Ticking.THANKS,
    EntryKind.RESOLUTION: Ticking.RESOLUTION,
    EntryKind.CONFIRMATION: Ticking.CONFIRMATION,
}
_BY_CALL = {
    CallPurpose.ACKNOWLEDGE: Ticking.ACKNOWLEDGING_CALL,
    CallPurpose.FACTS: Ticking.FACTS_CALL,
    CallPurpose.UPDATE: Ticking.UPDATE_CALL,
    CallPurpose.VERIFY: Ticking.VERIFYING_CALL,
    CallPurpose.APOLOGY: Ticking.APOLOGY,
}
_RECORD_OF = {EntryKind.CALL: Call, EntryKind.PROMISE: Promise, EntryKind.REMEDY: Remedy}
"""Of what kind the record is that an entry tells of."""


def told_by(entry: Entry, records: Sequence[tuple[OfCase | None, OfCase | None]]) -> set[Ticking]:
    """What an entry logs, given the records of its change as they were and became; a correction logs nothing."""
    if entry.corrects is not None:
        return set()
    told = {_BY_ENTRY[entry.kind]} if entry.kind in _BY_ENTRY else set()
    for old, new in records:
        if new is not None and _RECORD_OF.get(entry.kind) is type(new) and new.id == entry.record_id:
            told |= _of_record(old, new)
    return told


def _of_record(old: OfCase | None, new: OfCase) -> set[Ticking]:
    match new:
        case Call(result=CallResult.REACHED, purpose=purpose) if purpose in _BY_CALL:
            return {_BY_CALL[purpose]}
        case Promise(outcome=PromiseOutcome.KEPT):
            return {Ticking.PROMISE_KEPT}
        case Remedy():
            offered = {Ticking.REMEDY_OFFERED} if old is None else set()
            answered = {Ticking.REMEDY_ANSWERED} if new.chosen is not None else set()
            sorry = {Ticking.APOLOGY} if old is None and new.kind is RemedyKind.APOLOGY else set()
            return offered | answered | sorry
        case _:
            return set()
