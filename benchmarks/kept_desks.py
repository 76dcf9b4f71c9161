"""Desks that are built once and kept for later runs, for a large one takes many minutes; nobody writes to them."""

from __future__ import annotations

import shutil
from argparse import ArgumentParser
from pathlib import Path

from platformdirs import user_cache_path

from benchmarks.desk import fill, open_desk
from benchmarks.progress import Bar
from tuitrack.storage.schema import MIGRATIONS, newest_version

GENERATOR = 1
"""Counts the changes of what is made up, so that a desk of an earlier kind is built anew."""


def add_options(parser: ArgumentParser) -> None:
    """Let the command line say which desk, and where it is kept."""
    parser.add_argument("--cases", type=int, default=1_000_000, help="cases of the desk (%(default)s)")
    parser.add_argument(
        "--desks",
        type=Path,
        default=user_cache_path("tuitrack-benchmarks"),
        help="where desks are kept for later runs (%(default)s); a million cases take about 5 GB",
    )


def kept_desk(folder: Path, cases: int) -> Path:
    """The home folder of a desk with so many cases, built where the folder of kept desks has none that fits."""
    home = folder / f"{cases}-cases-schema-{newest_version(MIGRATIONS)}-made-{GENERATOR}"
    if not home.exists():
        building = folder / f".{home.name}.new"
        shutil.rmtree(building, ignore_errors=True)
        _build(building, cases)
        for stale in folder.glob(f"{cases}-cases-*"):
            shutil.rmtree(stale)
        building.rename(home)
    return home


def _build(home: Path, cases: int) -> None:
    desk = open_desk(home)
    try:
        with Bar(f"Building a desk of {cases:,} cases", cases) as bar:
            fill(desk, cases, bar.show)
    finally:
        desk.store.close()
