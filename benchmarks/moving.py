"""Moving through the queue: one line, one line at the edge of what is shown, one page, and many keys in one write."""

from __future__ import annotations

import re
from collections.abc import Mapping

from benchmarks.bench import Bench
from benchmarks.figures import NO_BAR, Bar, Figure, Sample, compare
from benchmarks.program import Program

DOWN = b"\x1b[B"
_PAGE_DOWN = b"\x1b[6~"
_HOME, _CTRL_HOME = b"\x1b[H", b"\x1b[1;5H"
_TABLE_ROWS = 10_000
_BURST = 200
_CASE = re.compile(r"C\d\d-\d{6}-\d")


def measure(bench: Bench) -> list[Figure]:
    """The queue beside Textual's own table, in which all rows lie ready."""
    return compare(
        "Moving through the queue",
        f"DataTable with {_TABLE_ROWS:,} rows",
        lambda: _move(bench.tuitrack(), _HOME),
        lambda: _move(bench.yardstick("table", _TABLE_ROWS), _CTRL_HOME),
        bench.rounds,
        {
            **_bars("down", Bar(0.6), Bar(0.4)),
            **_bars("down at the edge", Bar(0.35), Bar(0.4)),
            **_bars("page down", Bar(0.2), Bar(0.4)),
            **_bars(f"{_BURST} keys in one write", Bar(0.4), NO_BAR),
        },
    )


def _bars(what: str, speed: Bar, size: Bar) -> Mapping[str, Bar]:
    return {f"{what}, ms": speed, f"{what}, processor time, ms": speed, f"{what}, bytes": size}


def _move(program: Program, to_first: bytes) -> Sample:
    with program:
        program.start()
        on_screen = sum(_CASE.search(line) is not None for line in program.lines)
        to_edge = (to_first, DOWN * (on_screen - 1))
        program.press(DOWN)
        return {
            **_press(program, "down", DOWN, 10),
            **_press(program, "down at the edge", DOWN, 6, to_edge),
            **_press(program, "page down", _PAGE_DOWN, 6),
            **_press(program, f"{_BURST} keys in one write", DOWN * _BURST, 1),
        }


def _press(program: Program, what: str, keys: bytes, times: int, first: tuple[bytes, ...] = ()) -> Sample:
    """Press keys so often, each time after others that are not counted."""
    last_ms, cpu_ms, size = [], [], []
    for _ in range(times):
        for others in first:
            program.press(others)
        before = program.cpu_ms()
        answer = program.press(keys)
        last_ms.append(answer.last_ms)
        cpu_ms.append(program.cpu_ms() - before)
        size.append(answer.size)
    return {f"{what}, ms": last_ms, f"{what}, processor time, ms": cpu_ms, f"{what}, bytes": size}
