"""A form whose save leads to a screen, and that stays below it until what was begun there is done."""

from __future__ import annotations

from typing import Any

from tuitrack.tui.desk_screen import DeskScreen
from tuitrack.tui.form import FormScreen


class FormBelow(FormScreen[Any]):
    """Its save makes the screen; it keeps all that was typed until that screen answers, and then answers the same."""

    async def leave_with(self, saved: DeskScreen[str | None]) -> None:
        """Show the screen."""
        await self.app.push_screen(saved, self._leave_once_done)

    async def _leave_once_done(self, told: str | None) -> None:
        if told is not None:
            await super().leave_with(told)
