"""What each SQLite driver costs: importing it with Peewee and opening a database, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from importlib.util import find_spec

from benchmarks.bench import Bench
from benchmarks.figures import NO_BAR, Figure, Sample, compare

_CLASSES = {
    "apsw": ("playhouse.apsw_ext", "APSWDatabase"),
    "cysqlite": ("playhouse.cysqlite_ext", "CySqliteDatabase"),
}
_STANDARD = ("peewee", "SqliteDatabase")
_SCRIPT = """
import importlib, json, sys, time
begun = time.perf_counter()
getattr(importlib.import_module(sys.argv[1]), sys.argv[2])(":memory:").connect()
taken = time.perf_counter() - begun
with open("/proc/self/smaps_rollup") as file:
    memory = next(int(line.split()[1]) for line in file if line.startswith("Pss:"))
print(json.dumps({"import and connect, ms": taken * 1000, "memory (PSS), MB": memory / 1000}))
"""


def measure(bench: Bench) -> list[Figure]:
    """Every driver that is installed, beside Python's own."""
    installed = [name for name in _CLASSES if find_spec(name)]
    return [
        figure
        for name in installed
        for figure in compare(
            f"SQLite driver {name}",
            "Python's own sqlite3",
            partial(_load, *_CLASSES[name]),
            partial(_load, *_STANDARD),
            2 * bench.rounds,
            {"import and connect, ms": NO_BAR, "memory (PSS), MB": NO_BAR},
        )
    ]


def _load(module: str, database: str) -> Sample:
    done = subprocess.run([sys.executable, "-c", _SCRIPT, module, database], capture_output=True, text=True, check=True)
    return {name: [value] for name, value in json.loads(done.stdout).items()}
