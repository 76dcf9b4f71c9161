"""What the number of cases costs: the same things at the big desk and at a small one."""

from __future__ import annotations

from benchmarks.bench import Bench
from benchmarks.figures import Bar, Figure, Sample, compare
from benchmarks.moving import DOWN
from benchmarks.program import Program

_MOST = Bar(1.1)
_TIMES = 10


def measure(bench: Bench) -> list[Figure]:
    """Start, memory, and one line down."""
    return compare(
        f"What {bench.cases:,} cases cost",
        f"the same with {bench.few:,}",
        lambda: _use(bench.tuitrack()),
        lambda: _use(bench.tuitrack(bench.small)),
        2 * bench.rounds,
        {"first rows, ms": _MOST, "memory (PSS), MB": _MOST, "down, ms": _MOST, "down, processor time, ms": _MOST},
    )


def _use(program: Program) -> Sample:
    with program:
        ready_ms = program.ready_ms(program.start())
        memory_mb = program.memory_mb()
        before = program.cpu_ms()
        answers = [program.press(DOWN) for _ in range(_TIMES)]
        return {
            "first rows, ms": [ready_ms],
            "memory (PSS), MB": [memory_mb],
            "down, ms": [answer.last_ms for answer in answers],
            "down, processor time, ms": [(program.cpu_ms() - before) / _TIMES],
        }
