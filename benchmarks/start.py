"""How long the program takes to its first rows, and the memory it holds then."""

from __future__ import annotations

from benchmarks.bench import Bench
from benchmarks.desk import FIRST_REFERENCE
from benchmarks.figures import NO_BAR, Bar, Figure, Sample, compare
from benchmarks.program import Program


def measure(bench: Bench) -> list[Figure]:
    """From the start of the process until the first case stands on the screen."""
    return compare(
        "Start",
        "a Textual app with one line of text",
        lambda: _start(bench.tuitrack(), FIRST_REFERENCE),
        lambda: _start(bench.yardstick("bare"), "ready"),
        2 * bench.rounds,
        {
            "first rows, ms": Bar(1.25),
            "memory (PSS), MB": Bar(1.3),
            "processor time, ms": NO_BAR,
            "bytes sent": NO_BAR,
        },
    )


def _start(program: Program, text: str) -> Sample:
    with program:
        answer = program.start()
        return {
            "first rows, ms": [answer.shown_ms(text)],
            "memory (PSS), MB": [program.memory_mb()],
            "processor time, ms": [program.cpu_ms()],
            "bytes sent": [answer.size],
        }
