"""What the program costs while nobody touches it."""

from __future__ import annotations

from benchmarks.bench import Bench
from benchmarks.figures import Bar, Figure, Sample, compare
from benchmarks.program import Program

_SECONDS = 10.0


def measure(bench: Bench) -> list[Figure]:
    """Processor time and bytes over some seconds without a key."""
    return compare(
        f"Idle for {_SECONDS:.0f} s",
        "a Textual app with one line of text",
        lambda: _rest(bench.tuitrack()),
        lambda: _rest(bench.yardstick("bare")),
        min(bench.rounds, 3),
        {"processor time, ms": Bar(1), "bytes sent": Bar(0)},
    )


def _rest(program: Program) -> Sample:
    with program:
        program.start()
        before = program.cpu_ms()
        answer = program.watch(_SECONDS)
        return {"processor time, ms": [program.cpu_ms() - before], "bytes sent": [answer.size]}
