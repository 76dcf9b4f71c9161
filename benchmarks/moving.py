"""Moving through the queue: one line, one page, and a burst of keys in one write."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from statistics import median

from benchmarks.bench import Bench
from benchmarks.figures import Figure, Sample, compare
from benchmarks.program import Program

TABLE_ROWS = 10_000
_DOWN, _PAGE_DOWN = b"\x1b[B", b"\x1b[6~"
_BURST = 200


def measure(bench: Bench) -> list[Figure]:
    """The queue beside Textual's own table, in which all rows lie ready."""
    return [
        figure
        for subject, keys, times in (
            ("One line down", _DOWN, 15),
            ("One page down", _PAGE_DOWN, 8),
            (f"{_BURST} keys in one write", _DOWN * _BURST, 1),
        )
        for figure in compare(
            subject,
            f"DataTable with {TABLE_ROWS:,} rows",
            partial(_move, bench.tuitrack, keys, times),
            partial(_move, partial(bench.yardstick, "table", TABLE_ROWS), keys, times),
            bench.rounds,
        )
    ]


def _move(start: Callable[[], Program], keys: bytes, times: int) -> Sample:
    with start() as program:
        program.start()
        program.press(_DOWN)
        before = program.cpu_ms()
        answers = [program.press(keys) for _ in range(times)]
        return {
            "last byte, ms": median(answer.last_ms for answer in answers),
            "processor time, ms": (program.cpu_ms() - before) / times,
            "bytes sent": median(answer.size for answer in answers),
        }
