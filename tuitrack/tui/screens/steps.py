"""The steps of a case's procedure: each with who did it, when, by what, and how it is done; all can be ticked here."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from tuitrack.domain.procedure import Standing
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.present_steps import step_blocks
from tuitrack.tui.screens.case_list import CaseListScreen
from tuitrack.tui.ticking import DIGITS, tick_step
from tuitrack.tui.widgets.block_list import BlockList, Blocks


class StepsScreen(CaseListScreen):
    """Lists the steps of a case; what is changed here is a change of the case like any other."""

    PLACE = Place.STEPS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.STEPS), *DIGITS]

    SIDE = "Steps"

    @property
    def first(self) -> str | None:
        """The first step that is open."""
        return next((found.step.id for found in self.file.steps if found.tick is None), None)

    @property
    def _marked(self) -> Standing:
        return next(found for found in self.file.steps if found.step.id == self._list.chosen)

    def blocks(self) -> Blocks:
        """The steps."""
        steps, now = self.file.steps, self.services.desk.now()
        return lambda width: step_blocks(steps, now, width)

    def action_tick_number(self, number: int) -> None:
        """Tick a step by its number."""
        tick_step(self, number)

    @on(BlockList.Chosen)
    def action_tick_marked(self) -> None:
        """Say that the marked step was done."""
        found = self._marked
        if found.number:
            tick_step(self, found.number)
        else:
            self.warn(f"{found.step.title}: this step is no longer in the procedure.")

    def action_skip_step(self) -> None:
        """Skip the marked step, with a reason."""
        from tuitrack.tui.case_forms import skip_form

        found = self._marked
        if found.tick is not None:
            self.warn(f"{found.step.title}: it is {found.tick.state.label}.")
        else:
            self.fill(partial(skip_form, step=found.step), f"Step skipped: {found.step.title}.")

    def action_open_step(self) -> None:
        """Take back that the marked step was done or skipped, with a reason."""
        from tuitrack.tui.case_forms import open_step_form

        found = self._marked
        if found.tick is None:
            self.warn(f"{found.step.title}: it is open.")
        else:
            self.fill(partial(open_step_form, step=found.step), f"Step open again: {found.step.title}.")
