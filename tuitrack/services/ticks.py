"""Ticks in a case that is being changed: of steps somebody settles by hand, and of those that what was logged ticks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tuitrack.domain.change import OfCase
from tuitrack.domain.errors import Refusal
from tuitrack.domain.permissions import Right
from tuitrack.domain.procedure import Standing, Tick, standing
from tuitrack.domain.ticking import told_by
from tuitrack.domain.words import EntryKind, TickState
from tuitrack.lean import replace
from tuitrack.services.rights import require

if TYPE_CHECKING:
    from tuitrack.services.changing import CaseChange


def steps_of(change: CaseChange) -> tuple[Standing, ...]:
    """The steps of the case as they stand now."""
    procedure = change.desk.procedures().of(change.case.category)
    return standing(procedure, change.having(Tick, change.reader.ticks))


def tick_by_hand(change: CaseChange, found: Standing, state: TickState, because: str = "") -> Tick:
    """Say that a step was done or skipped, with an entry of its own."""
    tick = _put(
        change,
        found,
        Tick(
            case_id=change.case.id,
            step=found.step.id,
            state=state,
            at=change.now,
            by=change.desk.agent,
            because=because,
        ),
    )
    change.log(EntryKind.STEP, f"Step {state.label}: {found.step.title}", because, record_id=tick.id)
    return tick


def skip(change: CaseChange, found: Standing, because: str) -> Tick:
    """Skip an open step; one that is mandatory for closing is skipped only by who may do that."""
    if found.step.mandatory:
        require(change.reader, change.desk, Right.OVERRIDE_STEPS)
    if not because.strip():
        raise Refusal("Because: say why the step is skipped.", "because")
    return tick_by_hand(change, found, TickState.SKIPPED, because)


def tick_what_was_logged(change: CaseChange, records: Sequence[tuple[OfCase | None, OfCase | None]]) -> None:
    """Tick the steps of which the entries of a change, stored by now, tell that they are done."""
    for entry in change.entries:
        if not (told := told_by(entry, records)):
            continue
        for found in steps_of(change):
            ticking = min(told & found.step.ticked_by, default=None)
            if ticking is not None and not found.is_done:
                done = Tick(
                    case_id=change.case.id,
                    step=found.step.id,
                    state=TickState.DONE,
                    at=entry.occurred_at,
                    by=entry.by,
                    ticked_by=ticking,
                    entry_id=entry.id,
                )
                _put(change, found, done)


def _put(change: CaseChange, found: Standing, tick: Tick) -> Tick:
    """Store a tick, in the place of an earlier one of the same step."""
    if found.tick is None:
        return change.add(tick)
    renewed = replace(tick, id=found.tick.id)
    change.replace(found.tick, renewed)
    return renewed
