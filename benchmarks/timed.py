"""Work done once that takes long: how long, how much of the processor, and how much memory at the most."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.desk import AGENT
from benchmarks.figures import Sample
from benchmarks.program import CHECKOUT

_LOOKED_AT_EVERY_S = 0.02


def run_tuitrack(home: Path, *arguments: object) -> Sample:
    """A command of the program from the start of its process to the end; raises RuntimeError where it fails."""
    settings = {"TUITRACK_HOME": str(home), "TUITRACK_AGENT": AGENT, "PYTHONPATH": str(CHECKOUT), "LANG": "C.UTF-8"}
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "tuitrack", *map(str, arguments)],
        env=settings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    most_kb, pid = 0, 0
    while not pid:
        # Of the process as it is now: what rusage tells also counts what this one held when it made the other.
        most_kb = max(most_kb, _most_kb(process.pid))
        time.sleep(_LOOKED_AT_EVERY_S)
        pid, status, used = os.wait4(process.pid, os.WNOHANG)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"tuitrack {' '.join(map(str, arguments))} ended with {process.returncode}")
    return {
        "time, s": [seconds],
        "processor time, s": [used.ru_utime + used.ru_stime],
        "most memory, MB": [most_kb / 1000],
    }


def _most_kb(pid: int) -> int:
    """The most memory a process has held so far; 0 once it has ended."""
    found = re.search(r"^VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    return int(found[1]) if found else 0


class Watch:
    """A stopwatch for work in this process; use it in a `with` statement, as often as there are parts to count."""

    def __init__(self) -> None:
        self.taken = {"time, s": 0.0, "processor time, s": 0.0}
        self._begun = self._cpu_begun = 0.0

    def __enter__(self) -> Self:
        self._begun, self._cpu_begun = time.perf_counter(), time.process_time()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.taken["time, s"] += time.perf_counter() - self._begun
        self.taken["processor time, s"] += time.process_time() - self._cpu_begun
