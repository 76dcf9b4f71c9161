"""What the program costs while nobody touches it."""

from __future__ import annotations

from benchmarks.bench import Bench
from benchmarks.figures import Figure, Sample, compare
from benchmarks.program import Program

SECONDS = 5.0


def measure(bench: Bench) -> list[Figure]:
    """Processor time and bytes over some seconds without a key."""
    return compare(
        f"Idle for {SECONDS:.0f} s",
        "a Textual app with one line of text",
        lambda: _rest(bench.tuitrack()),
        lambda: _rest(bench.yardstick("bare")),
        bench.rounds,
    )


def _rest(program: Program) -> Sample:
    with program:
        program.start()
        before = program.cpu_ms()
        answer = program.watch(SECONDS)
        return {"processor time, ms": program.cpu_ms() - before, "bytes sent": answer.size}
