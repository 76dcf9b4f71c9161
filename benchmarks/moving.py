"""Moving through the queue: one line, one line at the edge of what is shown, one page, and many keys in one write."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from benchmarks.bench import Bench
from benchmarks.figures import NO_BAR, Bar, Figure, Sample, compare
from benchmarks.program import Program

DOWN = b"\x1b[B"
_PAGE_DOWN = b"\x1b[6~"
_TABLE_ROWS = 10_000
_BURST = 200
_CASE = re.compile(r"C\d\d-\d{6}-\d")


def measure(bench: Bench) -> list[Figure]:
    """The queue beside Textual's own table, in which all rows lie ready."""
    return compare(
        "Moving through the queue",
        f"DataTable with {_TABLE_ROWS:,} rows",
        lambda: _move(bench.tuitrack()),
        lambda: _move(bench.yardstick("table", _TABLE_ROWS)),
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


def _move(program: Program) -> Sample:
    with program:
        program.start()
        program.press(DOWN)
        return {
            **_press(program, "down", DOWN, 10),
            **_press(program, "down at the edge", DOWN, 6, first=_go_to_edge),
            **_press(program, "page down", _PAGE_DOWN, 6),
            **_press(program, f"{_BURST} keys in one write", DOWN * _BURST, 1),
        }


def _press(
    program: Program, what: str, keys: bytes, times: int, first: Callable[[Program], object] = lambda program: None
) -> Sample:
    """Press keys so often, each time after something that is not counted."""
    last_ms, cpu_ms, size = [], [], []
    for _ in range(times):
        first(program)
        before = program.cpu_ms()
        answer = program.press(keys)
        last_ms.append(answer.last_ms)
        cpu_ms.append(program.cpu_ms() - before)
        size.append(answer.size)
    return {f"{what}, ms": last_ms, f"{what}, processor time, ms": cpu_ms, f"{what}, bytes": size}


def _go_to_edge(program: Program) -> None:
    """Go down to the last line shown; the table, which marks its cursor by colour alone, stays there once it is."""
    cases = [line for line in program.lines if _CASE.search(line)]
    marked = next((at for at, line in enumerate(cases) if line.startswith(">")), -1)
    if below := len(cases) - 1 - marked:
        program.press(DOWN * below)
