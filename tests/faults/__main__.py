"""`python -m tests.faults`: puts every promise to the test and prints its figures; with `--long` that takes minutes.

What holds for a desk in a file is tried for one on a server too, and what only a server may do to it besides.
The same promises are tried in a few seconds by `test_promises.py`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults import (
    absence,
    backups,
    crash,
    damage,
    disks,
    editors,
    failover,
    fuzz,
    lost_answers,
    power,
    rights,
    storm,
    upgrading,
)
from tests.faults.places import on_a_server, through_a_pooler
from tests.faults.told import Told

TEN_MINUTES_OF_200 = 12_000
"""So many calls are logged by 200 agents in ten minutes, where each logs one every ten seconds."""
QUICK: Mapping[str, Callable[[Path], Told]] = {
    "R1": partial(storm.run, writers=4, calls=60, kills=8),
    "R1 on a server": on_a_server(partial(storm.run, writers=4, calls=60, kills=8)),
    "R2": partial(power.run, notes=30, cuts=40),
    "R2 on a server": partial(crash.run, writers=4, kills=3),
    "R3": partial(editors.run, editors=4, edits=5),
    "R3 on a server": on_a_server(partial(editors.run, editors=4, edits=5)),
    "R4": lambda home: lost_answers.run(),
    "R5": partial(disks.run, times=2),
    "R5 on a server": partial(absence.run, times=1),
    "R9": partial(fuzz.run, runs=1, size=400),
    "R11": lambda home: rights.run(),
    "R15": partial(backups.run, writers=2, copies=2),
    "R16": partial(upgrading.run, kills=3),
    "R16 on a server": on_a_server(partial(upgrading.run, kills=3)),
    "R18": partial(failover.run, writers=4, times=1),
    "R19": partial(damage.run, flips=20),
}
"""What takes a few seconds each."""
LONG: Mapping[str, Callable[[Path], Told]] = {
    "R1": partial(storm.run, writers=8, calls=4_000, kills=500),
    "R1 on a server": on_a_server(partial(storm.run, writers=8, calls=4_000, kills=200)),
    "R1 with many": partial(storm.run, writers=200, calls=TEN_MINUTES_OF_200, kills=60),
    "R1 with many on a server": on_a_server(
        partial(storm.run, writers=200, calls=TEN_MINUTES_OF_200, kills=60), max_connections="250"
    ),
    "R1 through a pooler": through_a_pooler(partial(storm.run, writers=20, calls=600, kills=30), connections=4),
    "R2": partial(power.run, notes=150, cuts=400),
    "R2 without": partial(power.run, notes=150, cuts=400, synchronous="normal"),
    "R2 on a server": partial(crash.run, writers=8, kills=100),
    "R2 on a server without": partial(crash.run, writers=8, kills=20, synchronous_commit="off"),
    "R3": partial(editors.run, editors=8, edits=50),
    "R3 on a server": on_a_server(partial(editors.run, editors=8, edits=50)),
    "R3 through a pooler": through_a_pooler(partial(editors.run, editors=8, edits=10), connections=4),
    "R4": lambda home: lost_answers.run(),
    "R5": partial(disks.run, times=50),
    "R5 on a server": partial(absence.run, times=25),
    "R9": partial(fuzz.run, runs=200, size=2000),
    "R11": lambda home: rights.run(),
    "R15": partial(backups.run, writers=8, copies=20),
    "R16": partial(upgrading.run, kills=25),
    "R16 on a server": on_a_server(partial(upgrading.run, kills=25)),
    "R18": partial(failover.run, writers=8, times=20),
    "R18 without waiting": partial(failover.run, writers=8, times=20, is_synchronous=False, is_behind=False),
    "R18 without waiting, behind": partial(failover.run, writers=8, times=5, is_synchronous=False),
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
        if not asked.only or {name, name.split()[0]} & {*asked.only}:
            told = tried(promise)
            broken = broken or bool(told.broken)
            sys.stdout.write(f"{told.line}\n")
            sys.stdout.flush()
    return int(broken)


if __name__ == "__main__":
    raise SystemExit(main())
