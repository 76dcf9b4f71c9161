"""`python -m tests.faults`: puts every promise to the test and prints its figures; with `--long` that takes minutes.

The same promises are tried in a few seconds by `test_promises.py`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults import backups, damage, disks, editors, fuzz, lost_answers, power, rights, storm, upgrading
from tests.faults.told import Told

QUICK: Mapping[str, Callable[[Path], Told]] = {
    "R1": partial(storm.run, writers=4, seconds=1, kills=8),
    "R2": partial(power.run, notes=30, cuts=40),
    "R3": partial(editors.run, editors=4, edits=5),
    "R4": lambda home: lost_answers.run(),
    "R5": partial(disks.run, times=2),
    "R9": partial(fuzz.run, runs=1, size=400),
    "R11": lambda home: rights.run(),
    "R15": partial(backups.run, writers=2, copies=2),
    "R16": partial(upgrading.run, kills=3),
    "R19": partial(damage.run, flips=20),
}
"""What takes a few seconds each."""
LONG: Mapping[str, Callable[[Path], Told]] = {
    "R1": partial(storm.run, writers=8, seconds=60, kills=200),
    "R1 with many": partial(storm.run, writers=200, seconds=30, kills=60),
    "R2": partial(power.run, notes=150, cuts=400),
    "R2 without": partial(power.run, notes=150, cuts=400, synchronous="normal"),
    "R3": partial(editors.run, editors=8, edits=50),
    "R4": lambda home: lost_answers.run(),
    "R5": partial(disks.run, times=50),
    "R9": partial(fuzz.run, runs=200, size=2000),
    "R11": lambda home: rights.run(),
    "R15": partial(backups.run, writers=8, copies=20),
    "R16": partial(upgrading.run, kills=25),
    "R19": partial(damage.run, flips=400),
}
"""What is run before a release."""


def tried(promise: Callable[[Path], Told]) -> Told:
    """What becomes of a promise, on a desk of its own."""
    with TemporaryDirectory(prefix="tuitrack-faults-") as folder:
        home = Path(folder) / "home"
        home.mkdir(mode=0o700)
        return promise(home)


def main() -> int:
    """Try what is asked for, everything by default; returns 1 where a promise is broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--long", action="store_true", help="as before a release, which takes minutes")
    parser.add_argument("only", nargs="*", metavar="R1", help="only these promises, of " + ", ".join(LONG))
    asked = parser.parse_args()
    broken = False
    for name, promise in (LONG if asked.long else QUICK).items():
        if not asked.only or name.split()[0] in asked.only:
            told = tried(promise)
            broken = broken or bool(told.broken)
            sys.stdout.write(f"{told.line}\n")
            sys.stdout.flush()
    return int(broken)


if __name__ == "__main__":
    raise SystemExit(main())
