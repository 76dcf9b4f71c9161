"""What every measurement is given: how often, the desks to work at, and the programs to start."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.desk import AGENT, FIRST_REFERENCE
from benchmarks.kept_desks import kept_desk
from benchmarks.program import CHECKOUT, Program


@dataclass(frozen=True, slots=True)
class Bench:
    """One run of the benchmarks; nobody writes to its desks, which are home folders of the program."""

    rounds: int
    cases: int
    """Cases of the desk that is measured."""
    rows: int
    """Rows of an imported register, and cases written to files."""
    desks: Path
    """Where desks are kept."""
    few: int = 10_000
    """Cases of the desk to compare with, and to copy where something is written."""

    @property
    def big(self) -> Path:
        """The desk that is measured."""
        return kept_desk(self.desks, self.cases)

    @property
    def small(self) -> Path:
        """The desk with few cases."""
        return kept_desk(self.desks, self.few)

    def tuitrack(self, home: Path | None = None) -> Program:
        """The program at the big desk, or at another."""
        env = {"TUITRACK_HOME": str(home or self.big), "TUITRACK_AGENT": AGENT}
        return Program([sys.executable, "-m", "tuitrack"], FIRST_REFERENCE, env)

    def yardstick(self, name: str, *arguments: object) -> Program:
        """One of the small programs to compare with."""
        script = CHECKOUT / "benchmarks" / "yardsticks" / f"{name}.py"
        return Program([sys.executable, str(script), *map(str, arguments)], "ready")


@contextmanager
def copy_of(home: Path) -> Iterator[Path]:
    """A desk to write to, gone afterwards; made beside the kept one, where a file system may let both share blocks."""
    with TemporaryDirectory(prefix=".copy-", dir=home.parent) as folder:
        subprocess.run(["cp", "--recursive", "--reflink=auto", str(home), f"{folder}/home"], check=True)
        yield Path(folder, "home")
