"""Undo and redo on a screen: of the one case it shows, or of whatever the agent changed last."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from tuitrack.domain.text import one_line
from tuitrack.tui.desk_screen import DeskScreen

if TYPE_CHECKING:
    from tuitrack.services.undo import Reversal, RunReversal

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
        undo, key = self.services.undo, self.desk.key_of(self.PLACE, "redo_change")
        self.run_command(self._reverse, undo.run_to_undo, undo.undo, "Undone", f"{key} does it again.")

    def action_redo_change(self) -> None:
        """Do again what the agent undid last."""
        undo, key = self.services.undo, self.desk.key_of(self.PLACE, "undo_change")
        self.run_command(self._reverse, undo.run_to_redo, undo.redo, "Done again", f"{key} takes it back.")

    async def _reverse(
        self,
        run_of_last: Callable[[], RunReversal | None],
        reverse: Callable[[int | None], Reversal],
        done: str,
        next_key: str,
    ) -> None:
        """Reverse the last change; outside of a case, the whole run that it belongs to."""
        with self.desk.hold_keys():
            run = await self.backstage.read(run_of_last) if self.undoes_in is None else None
            if run is None:
                reversal = await self.backstage.write(reverse, self.undoes_in)
                await self.reload(reversal_text(reversal, done, next_key, self.size.width))
                return
            over = self.reverse_run(run, next_key)
        if told := await over:
            self.say(told)

    def reverse_run(self, run: RunReversal, next_key: str) -> Awaitable[str | None]:
        """Begin to take a run back or to do it again; what is awaited tells what was done and the `next_key`."""
        from tuitrack.tui.screens.bulk import BulkScreen

        return self.desk.push_screen(BulkScreen(self.services, run.what, run, then=next_key), wait_for_dismiss=True)


def reversal_text(reversal: Reversal, done: str, next_key: str, width: int) -> str:
    """What was undone or done again on which case, the change's name cut so that the next key is still read."""
    told = f"{done}: {{}} on {reversal.case.reference}. {next_key}"
    room = max(width - len(told) + len("{}"), SHORTEST_NAME)
    return told.format(one_line(reversal.what, room))
