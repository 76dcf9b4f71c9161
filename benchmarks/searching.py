"""Typing a search: from each letter to the cases it leaves."""

from __future__ import annotations

from benchmarks.bench import Bench
from benchmarks.figures import NO_BAR, Bar, Figure, Sample, figures
from benchmarks.moving import DOWN
from benchmarks.program import Program
from benchmarks.vocabulary import ALSO_COMMON, COMMON, RARE
from tuitrack.domain.text import fold

SEARCHES = (fold(RARE), f"{fold(COMMON)} {fold(ALSO_COMMON)}")
"""What is typed."""
_ROWS = slice(2, 22)
"""Where the cases stand on the screen."""


def measure(bench: Bench) -> list[Figure]:
    """Every letter of a rare word and of two common ones that leads to cases, beside one line down."""
    return figures(
        "A letter of a search",
        "one line down",
        [typed(bench.tuitrack(), search) for _ in range(bench.rounds) for search in SEARCHES],
        {"cases shown, ms": Bar(10, percent=95), "last byte, ms": NO_BAR},
    )


def typed(program: Program, search: str) -> tuple[Sample, Sample]:
    """What every letter of a search takes, and as many lines down before it."""
    with program:
        program.start()
        moved = [program.press(DOWN).last_ms for _ in range(len(search))]
        program.press(b"/")
        letters = [program.press(letter.encode(), _understood(search[: at + 1])) for at, letter in enumerate(search)]
    shown = [answer.settled_ms(_ROWS) for answer in letters]
    return (
        {
            "cases shown, ms": [ms for ms in shown if ms is not None],
            "last byte, ms": [answer.last_ms for answer in letters],
        },
        {"cases shown, ms": moved, "last byte, ms": moved},
    )


def _understood(search: str) -> str:
    """What the screen says once all has come that a search leads to; a word is looked for from its second letter on."""
    whole, begun = search[:-1].rpartition(" ")[0], search.rpartition(" ")[2]
    if len(begun) == 1:
        return f"“{whole}”" if whole else "of 1000+: open"
    return f"“{search.strip()}{'…' if begun else ''}”"
