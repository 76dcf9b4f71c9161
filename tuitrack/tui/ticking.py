"""Ticking a step of the procedure by its digit, on the case and on the list of its steps."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.binding import Binding

if TYPE_CHECKING:
    from tuitrack.tui.case_filling import FillingScreen

DIGITS = [Binding(str(number % 10), f"tick_number({number})", show=False) for number in range(1, 11)]
"""What 1 to 9 and 0 do: they tick the first ten steps."""


def tick_step(screen: FillingScreen, number: int) -> None:
    """Say that a step of the case was done; one that is done stays as it is, so that a key too many does no harm."""
    found = next((one for one in screen.file.steps if one.number == number), None)
    if found is None:
        screen.warn(f"There is no step {number}.")
    elif found.is_done and found.tick is not None:
        screen.say(f"{found.step.title}: it is done already, {found.tick.by} says.")
    else:
        tick = partial(screen.services.procedure.tick, screen.case_id, found.step.id)
        key = screen.desk.key_of(screen.PLACE, "undo_change")
        screen.change(tick, f"Step done: {found.step.title}. {key} takes it back.")
