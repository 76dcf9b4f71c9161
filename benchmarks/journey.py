"""A walk through a large desk in a terminal, each screen with the time it took: `python -m benchmarks.journey`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from benchmarks.bench import Bench, copy_of
from benchmarks.kept_desks import add_options, kept_desk
from benchmarks.vocabulary import COMMON

_STEPS = (
    ("A query and Enter, in one write", f"/is:overdue {COMMON}\r".encode(), f"“{COMMON}…”"),
    ("A page down", b"\x1b[6~", ""),
    ("Enter opens the case", b"\r", "Timeline:"),
    ("A note, opened, written and saved in one write", b"nAsked the depot to look for it.\x13", "Note stored."),
    ("The note undone", b"u", "Undone: Note on"),
    ("Back to the list", b"q", f"“{COMMON}…”"),
)
"""What is done, the keys for it, and what stands on the screen when it is."""


def main() -> None:
    """Walk at a copy of the desk, for a note that is undone stays in the timeline."""
    parser = ArgumentParser(prog="python -m benchmarks.journey", description=__doc__)
    add_options(parser)
    asked = parser.parse_args()
    with copy_of(kept_desk(asked.desks, asked.cases)) as home:
        _walk(Bench(1, asked.cases, 0, asked.desks), home)


def _walk(bench: Bench, home: Path) -> None:
    with bench.tuitrack(home) as program:
        shown_ms = program.ready_ms(program.start())
        _print(f"The queue of {bench.cases:,} cases", shown_ms, program.lines)
        for title, keys, shows in _STEPS:
            answer = program.press(keys, shows)
            _print(title, answer.last_ms, program.lines)


def _print(title: str, ms: float, lines: tuple[str, ...]) -> None:
    print(f"{title}: {ms:.0f} ms", *(f"| {line}".rstrip() for line in lines), "", sep="\n")


if __name__ == "__main__":
    main()
