"""Takes the figures and prints them as a table."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import drivers, escape, idle, importing, moving, start, storing
from benchmarks.bench import Bench
from benchmarks.desk import fill, open_desk
from benchmarks.figures import table

MEASURES = {
    "start": start.measure,
    "drivers": drivers.measure,
    "escape": escape.measure,
    "idle": idle.measure,
    "moving": moving.measure,
    "storing": storing.measure,
    "import": importing.measure,
}


def main() -> None:
    """Take the figures that the command line names, all of them by default."""
    asked = _options()
    with tempfile.TemporaryDirectory(prefix="tuitrack-benchmarks-") as folder:
        bench = Bench(asked.rounds, asked.cases, asked.rows, Path(folder))
        _say(f"Storing {bench.cases:,} cases")
        desk = open_desk(bench.home)
        fill(desk, bench.cases)
        desk.store.close()
        figures = []
        for name in asked.measures or MEASURES:
            begun = time.monotonic()
            figures += MEASURES[name](bench)
            _say(f"{name}: {time.monotonic() - begun:.0f} s")
    print(
        f"{bench.cases:,} cases, {bench.rounds} rounds; {os.cpu_count()} processors, Python {platform.python_version()}"
    )
    print(*table(figures), sep="\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("measures", nargs="*", metavar="MEASURE", help=f"all by default: {', '.join(MEASURES)}")
    parser.add_argument("--rounds", type=int, default=5, help="how often each figure is taken (5)")
    parser.add_argument("--cases", type=int, default=10_000, help="cases in the database (10000)")
    parser.add_argument("--rows", type=int, default=20_000, help="rows of the imported file (20000)")
    asked = parser.parse_args()
    if unknown := set(asked.measures) - MEASURES.keys():
        parser.error(f"no such measure: {', '.join(sorted(unknown))}")
    return asked


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
