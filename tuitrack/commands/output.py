"""How commands talk: lines made safe, progress where somebody sees it, and Ctrl+C that ends in good order."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event
from typing import Any

import click

from tuitrack.domain.text import clean
from tuitrack.exchange.facts import Facts, as_csv, as_plain
from tuitrack.services.bulk_words import fate_line, in_order, more_line, sums
from tuitrack.services.import_words import progress_bar, progress_line
from tuitrack.services.registers import Progress
from tuitrack.services.steps import Steps, Tally


def let_everything_print() -> None:
    """Let an output of few characters print something in place of those it does not have."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


@contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
    """Let the first Ctrl+C only be noted, so that a batch is stored whole or not at all; the second one ends."""
    pressed = Event()

    def note(signum: int, frame: object) -> None:
        pressed.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield pressed.is_set
    finally:
        signal.signal(signal.SIGINT, before)


def say(lines: Iterable[str]) -> None:
    """Print lines; they hold what people typed or what stood in a file, so they are made safe first."""
    for line in lines:
        click.echo(clean(line, lines=False))


def write(text: str) -> None:
    """Print text for other programs, which is UTF-8 whatever the terminal is."""
    sys.stdout.flush()
    click.echo(text.encode("utf-8"), nl=False)


def write_json(value: Any) -> None:
    """Print a value for other programs as JSON."""
    write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def tell_facts(lines: Sequence[str], facts: Sequence[Facts], names: Sequence[str], form: str | None) -> None:
    """Print lines, or their facts in the form that was asked for."""
    match form:
        case "json":
            write_json(facts)
        case "csv":
            write(as_csv(facts, names))
        case "plain":
            for one in facts:
                say([*as_plain(one), ""])
        case _:
            say(lines)


def tells(doing: str) -> Callable[[Progress], None]:
    """Draws how far it is over the line before, where somebody can see it."""

    def told(progress: Progress) -> None:
        _draw(progress_line(doing, progress))

    return told


def draws(doing: str) -> Callable[[float], None]:
    """Draws the share that is done over the line before, where somebody can see it."""

    def drawn(share: float) -> None:
        _draw(f"{doing} {progress_bar(share)}")

    return drawn


def through(steps: Steps[Any], stop: Callable[[], bool] = lambda: False) -> Tally:
    """Go through many cases, draw how far it is, and tell what became of each."""
    tally = Tally()
    while not stop() and (some := steps.step()):
        tally.add(some)
        bar = progress_bar(min(tally.count / steps.total, 1.0) if steps.total else 1.0)
        _draw(f"{steps.doing} {bar}  {tally.count:,} of {steps.total:,}")
    end_progress()
    unnamed = [more_line(tally.unnamed)] if tally.unnamed else []
    untried = max(steps.total - tally.count, 0)
    say([*map(fate_line, in_order(tally.fates)), *unnamed, f"{sums(tally, steps.done, untried, steps.remark())}."])
    return tally


def end_progress() -> None:
    """Take away the line that told how far it is."""
    _draw("", "\r")


def _draw(line: str, then: str = "") -> None:
    """Draw over the line before, where somebody can see it."""
    if sys.stderr.isatty():
        click.echo(f"\r{line:<79.79}{then}", nl=False, err=True)
