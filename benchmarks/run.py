"""Takes the figures and prints them as a table, each part as soon as it is there."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time

from benchmarks import (
    board,
    conditions,
    deadlines,
    drivers,
    exporting,
    growth,
    idle,
    importing,
    moving,
    opening,
    postgresql,
    queries,
    reporting,
    saving_together,
    searching,
    start,
    storing,
    together,
)
from benchmarks.bench import Bench
from benchmarks.figures import HEADER, lines
from benchmarks.kept_desks import add_options

MEASURES = {
    "start": start.measure,
    "growth": growth.measure,
    "moving": moving.measure,
    "opening": opening.measure,
    "idle": idle.measure,
    "queries": queries.measure,
    "conditions": conditions.measure,
    "board": board.measure,
    "reporting": reporting.measure,
    "searching": searching.measure,
    "storing": storing.measure,
    "together": together.measure,
    "saving": saving_together.measure,
    "importing": importing.measure,
    "exporting": exporting.measure,
    "deadlines": deadlines.measure,
    "drivers": drivers.measure,
    "postgresql": postgresql.measure,
    "postgresql-screens": postgresql.measure_screens,
}


def main() -> None:
    """Take the figures that the command line names, all of them by default."""
    asked = _options()
    bench = Bench(asked.rounds, asked.cases, asked.rows, asked.desks)
    processors, version = os.cpu_count(), platform.python_version()
    print(f"{bench.cases:,} cases, {bench.rounds} rounds; {processors} processors, Python {version}", HEADER, sep="\n")
    for name in asked.measures or MEASURES:
        begun = time.monotonic()
        print(*lines(MEASURES[name](bench)), sep="\n", flush=True)
        print(f"{name}: {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("measures", nargs="*", metavar="MEASURE", help=f"all by default: {', '.join(MEASURES)}")
    parser.add_argument("--rounds", type=int, default=5, help="how often each figure is taken (%(default)s)")
    parser.add_argument("--rows", type=int, default=100_000, help="rows imported, and cases exported (%(default)s)")
    add_options(parser)
    asked = parser.parse_args()
    if unknown := set(asked.measures) - MEASURES.keys():
        parser.error(f"no such measure: {', '.join(sorted(unknown))}")
    return asked
