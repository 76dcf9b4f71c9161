"""How fast a run through many rows is, and how long it will still take."""

from __future__ import annotations

import time

from tuitrack.services.registers import Progress


class RunClock:
    """Measures the rate of a run from the moment it is made."""

    def __init__(self) -> None:
        self._started = time.monotonic()

    @property
    def seconds(self) -> float:
        """How long it has run."""
        return max(time.monotonic() - self._started, 1e-6)

    def progress(self, share: float, rows: int) -> Progress:
        """How far it is by now."""
        left = self.seconds / share * (1 - share) if share > 0 else 0.0
        return Progress(share, rows, rows / self.seconds, left)
