"""How long the program takes to its first rows, and the memory it holds then."""

from __future__ import annotations

from benchmarks.bench import Bench
from benchmarks.figures import NO_BAR, Bar, Figure, Sample, compare
from benchmarks.program import Program


def measure(bench: Bench) -> list[Figure]:
    """From the start of the process until the first case stands on the screen."""
    return compare(
        "Start",
        "a Textual app with one line of text",
        lambda: started(bench.tuitrack()),
        lambda: started(bench.yardstick("bare")),
        2 * bench.rounds,
        {
            "first rows, ms": Bar(1.25),
            "memory (PSS), MB": Bar(1.3),
            "processor time, ms": NO_BAR,
            "bytes sent": NO_BAR,
        },
    )


def started(program: Program) -> Sample:
    """What the start of a program takes."""
    with program:
        answer = program.start()
        return {
            "first rows, ms": [program.ready_ms(answer)],
            "memory (PSS), MB": [program.memory_mb()],
            "processor time, ms": [program.cpu_ms()],
            "bytes sent": [answer.size],
        }
