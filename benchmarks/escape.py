"""How soon a lone Esc is answered, which a terminal program can tell from other keys only by waiting."""

from __future__ import annotations

from statistics import median

from benchmarks.bench import Bench
from benchmarks.figures import Figure, Sample, compare
from benchmarks.program import Program

_TIMES = 5


def measure(bench: Bench) -> list[Figure]:
    """Esc leaves a dialog of one line: the go-to dialog here, a plain one there."""
    return compare(
        "Lone Esc leaves a dialog",
        "a stock Textual app with a dialog",
        lambda: _leave(bench.tuitrack()),
        lambda: _leave(bench.yardstick("dialog")),
        bench.rounds,
    )


def _leave(program: Program) -> Sample:
    with program:
        program.start()
        answers = []
        for _ in range(_TIMES):
            program.press(b"g")
            answers.append(program.press(b"\x1b"))
        return {
            "first byte, ms": median(answer.first_ms for answer in answers),
            "last byte, ms": median(answer.last_ms for answer in answers),
        }
