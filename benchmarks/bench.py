"""What every measurement is given: how often, how large, and the programs to start."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.program import CHECKOUT, Program


@dataclass(frozen=True, slots=True)
class Bench:
    """One run of the benchmarks."""

    rounds: int
    cases: int
    """Cases in the database."""
    rows: int
    """Rows in the imported file."""
    home: Path
    """The folder with the database, which measurements may change."""

    def tuitrack(self) -> Program:
        """The program on the database."""
        return Program([sys.executable, "-m", "tuitrack"], {"TUITRACK_HOME": str(self.home), "TUITRACK_AGENT": AGENT})

    def yardstick(self, name: str, *arguments: object) -> Program:
        """One of the small programs to compare with."""
        script = CHECKOUT / "benchmarks" / "yardsticks" / f"{name}.py"
        return Program([sys.executable, str(script), *map(str, arguments)])


AGENT = "Benchmark Agent"
"""Whose desk it is."""
