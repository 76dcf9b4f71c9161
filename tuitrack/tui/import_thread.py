"""The thread on which registers are read and stored."""

from __future__ import annotations

from collections.abc import Callable

from tuitrack.domain.errors import Refusal
from tuitrack.services.registers import Progress, Registers
from tuitrack.tui.side_thread import SideThread


class ImportThread(SideThread[Registers]):
    """Reading, which can end at once, and storing, which ends after a batch."""

    def __init__(self, opened: Callable[[], Registers]) -> None:
        super().__init__(opened, "import")

    def hear_reading(self, progress: Progress) -> None:
        """Take down how far it is while nothing is stored yet, so that reading can end at once."""
        self.hear(progress)
        if self.is_stopped():
            raise Refusal("Import: reading was stopped; press Enter on the file's name to read it again.")
