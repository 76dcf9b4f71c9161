"""What a case was at an earlier moment: what was entered since, taken back, the newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from tuitrack.domain.case import Case
from tuitrack.domain.change import Change, OfCase
from tuitrack.domain.spoken_time import plain_when
from tuitrack.domain.timeline import Entry
from tuitrack.domain.words import EntryKind
from tuitrack.lean import dataclass

_ADDS_ONLY = frozenset({EntryKind.SURVEY, EntryKind.UNDONE, EntryKind.REDONE})
"""Entries that may stand without a change of the case: an imported answer, and what says that it no longer counts."""


@dataclass(frozen=True, slots=True)
class Before:
    """A case as it was, but for what was due next, which follows from its records."""

    case: Case
    exchanges: tuple[tuple[OfCase | None, OfCase | None], ...]
    """Records to put in the place of others, one after the other: (as it is, as it was); None stands for none."""
    is_whole: bool
    """Whether everything that was changed since is known, so that the case was exactly so."""


def before(case: Case, earlier: Sequence[Entry], later: Sequence[Entry], changes: Mapping[int, Change]) -> Before:
    """A case as it was after its `earlier` entries and before its `later` ones.

    `changes` are those that the later entries tell of or correct, by their ids.
    """
    if not earlier:
        return Before(case, (), is_whole=False)
    last = max(earlier, key=lambda entry: entry.id)
    first_of = {entry.version: entry for entry in sorted(later, key=lambda entry: entry.id, reverse=True)}
    is_whole = first_of.keys() == set(range(last.version + 1, case.version + 1))
    fields: dict[str, Any] = {}
    exchanges: list[tuple[OfCase | None, OfCase | None]] = []
    for version in sorted(first_of, reverse=True):
        told = first_of[version]
        step = _step(told, changes)
        if step is None:
            is_whole = is_whole and told.kind in _ADDS_ONLY
            continue
        change, is_back = step
        fields |= {name: old if is_back else new for name, (old, new) in change.fields.items()}
        exchanges += [(new, old) for old, new in reversed(change.records)] if is_back else change.records
    fields |= {"version": last.version, "touched_at": last.entered_at}
    if case.import_run_id is not None and last.version == 1:
        # An import tells of what was done elsewhere, long before it was entered.
        fields["touched_at"] = fields.get("closed_at", case.closed_at) or fields.get("received_at", case.received_at)
    return Before(replace(case, **fields), tuple(exchanges), is_whole)


def then_words(moment: datetime, in_doubt: int) -> str:
    """That a list is one of the past, and where some of it is not known; `moment` is in the office's zone."""
    told = f"As it was {plain_when(moment)}."
    if in_doubt:
        cases = "1 case was" if in_doubt == 1 else f"{in_doubt:,} cases were"
        told += f" {cases} changed since in a way that was not kept: some of what they say may be of later."
    return told


def _step(entry: Entry, changes: Mapping[int, Change]) -> tuple[Change, bool] | None:
    """The change to go over, and whether back or forth; None where an entry tells of none that is known."""
    if entry.id in changes:
        return changes[entry.id], True
    if entry.kind in (EntryKind.UNDONE, EntryKind.REDONE) and (change := changes.get(entry.corrects or 0)):
        return change, entry.kind is EntryKind.REDONE
    return None
