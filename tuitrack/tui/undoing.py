"""Undo and redo on a screen: of the one case it shows, or of whatever the agent changed last."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from tuitrack.domain.text import one_line
from tuitrack.tui.desk_screen import DeskScreen

if TYPE_CHECKING:
    from tuitrack.services.undo import Reversal

R = TypeVar("R")

SHORTEST_NAME = 12
"""Letters of a change's name that are told even where there is no room."""


class UndoingScreen(DeskScreen[R]):
    """A screen on which the agent's last change is taken back and done again."""

    @property
    def undoes_in(self) -> int | None:
        """The case in which changes are undone, None for any."""
        return None

    async def reload(self, told: str = "") -> None:
        """Read and show everything again, then tell what was done."""
        raise NotImplementedError

    def action_undo_change(self) -> None:
        """Take back what the agent changed last."""
        key = self.desk.key_of(self.PLACE, "redo_change")
        self.run_command(self._reverse, self.services.undo.undo, "Undone", f"{key} does it again.")

    def action_redo_change(self) -> None:
        """Do again what the agent undid last."""
        key = self.desk.key_of(self.PLACE, "undo_change")
        self.run_command(self._reverse, self.services.undo.redo, "Done again", f"{key} takes it back.")

    async def _reverse(self, reverse: Callable[[int | None], Reversal], done: str, next_key: str) -> None:
        with self.desk.hold_keys():
            reversal = await self.backstage.write(reverse, self.undoes_in)
            await self.reload(reversal_text(reversal, done, next_key, self.size.width))


def reversal_text(reversal: Reversal, done: str, next_key: str, width: int) -> str:
    """What was undone or done again on which case, the change's name cut so that the next key is still read."""
    told = f"{done}: {{}} on {reversal.case.reference}. {next_key}"
    room = max(width - len(told) + len("{}"), SHORTEST_NAME)
    return told.format(one_line(reversal.what, room))
