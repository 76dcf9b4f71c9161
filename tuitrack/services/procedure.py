"""The steps of the procedure in a case, by hand: done, skipped with a reason, open again with a reason."""

from __future__ import annotations

from pathlib import Path

from tuitrack.domain.errors import NotFound, Refusal
from tuitrack.domain.procedure import ProcedureBook, Standing, Tick
from tuitrack.domain.words import EntryKind, TickState
from tuitrack.services.changing import CaseChange, changing
from tuitrack.services.desk import Desk
from tuitrack.services.procedure_file import own_procedures
from tuitrack.services.ticks import skip, steps_of, tick_by_hand


class ProcedureService:
    """Ticks steps; what is logged in a case ticks its steps without that."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def book(self) -> ProcedureBook:
        """The procedures in force."""
        return self._desk.procedures()

    def read(self, path: Path) -> ProcedureBook:
        """The procedures of a file that is not in force; raises Refusal for whatever is wrong with it."""
        book = own_procedures(path)
        if book is None:
            raise Refusal(f"File: {path} is not there.", "path")
        return book

    def tick(self, case_id: int, step_id: str) -> Tick:
        """Say that a step was done; a skipped one can be done after all."""
        with changing(self._desk, case_id) as change:
            found = self._standing(change, step_id)
            if found.is_done:
                raise Refusal(f"{found.step.title}: it is done already.", "step")
            return tick_by_hand(change, found, TickState.DONE)

    def skip(self, case_id: int, step_id: str, because: str) -> Tick:
        """Say why a step is left out; one that is mandatory for closing is skipped only by who may do that."""
        with changing(self._desk, case_id) as change:
            found = self._standing(change, step_id)
            if found.tick is not None:
                raise Refusal(f"{found.step.title}: it is {found.tick.state.label} already.", "step")
            return skip(change, found, because)

    def open_again(self, case_id: int, step_id: str, because: str) -> None:
        """Take a step back that was ticked or skipped by mistake; the timeline keeps both."""
        if not because.strip():
            raise Refusal("Because: say why the step is open again.", "because")
        with changing(self._desk, case_id) as change:
            found = self._standing(change, step_id)
            if found.tick is None:
                raise Refusal(f"{found.step.title}: it is open.", "step")
            change.remove(found.tick)
            change.log(EntryKind.STEP, f"Step open again: {found.step.title}", because)

    def _standing(self, change: CaseChange, step_id: str) -> Standing:
        """The step of the case with that key word; raises NotFound."""
        steps = steps_of(change)
        for found in steps:
            if found.step.id == step_id:
                return found
        known = ", ".join(found.step.id for found in steps)
        raise NotFound(f"Step: this case has no step “{step_id}”; it has {known}.", "step")
