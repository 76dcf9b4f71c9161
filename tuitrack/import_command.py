"""The conversation of `tuitrack import`: show what was found, try it, ask, and take it in."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import click

from tuitrack.bootstrap import open_desk, registers_of
from tuitrack.domain.errors import Refusal
from tuitrack.domain.text import clean
from tuitrack.paths import find_paths
from tuitrack.services.desk import Desk
from tuitrack.services.import_words import (
    plan_lines,
    progress_line,
    run_line,
    summary_lines,
    undo_hint,
    undone_lines,
)
from tuitrack.services.registers import Choices, Plan, Progress, Registers, Summary


def take(file: Path, *, dry_run: bool, yes: bool, save_profile: str | None, **options: Any) -> int:
    """Import a file by the options of the command line; asks before anything is stored, unless `yes`."""
    choices = _choices(**options)
    if not dry_run and not yes and not sys.stdin.isatty():
        raise Refusal("Nobody can be asked here whether to import: give --yes, or --dry-run to look only.")
    with _desk() as desk:
        registers = registers_of(desk)
        plan = registers.plan(file, choices, _told("Reading"))
        _end_progress()
        _say(plan_lines(plan))
        _refuse_problems(plan)
        if save_profile:
            registers.save_profile(save_profile, file, choices)
            _say([f"Saved as profile {save_profile}: tuitrack import FILE --profile {save_profile}"])
        if dry_run or not yes:
            tried = _run(registers, file, choices, dry_run=True)
            if dry_run or not _wanted(tried):
                return 0
        done = _run(registers, file, choices, dry_run=False)
        if done.stopped:
            _say(["Stopped here. What was stored stays; importing the file again takes the rest."])
        if done.run and done.new:
            _say([undo_hint(done.run)])
    return 130 if done.stopped else 0


def undo(run_id: int) -> int:
    """Take back one run."""
    with _desk() as desk:
        _say(undone_lines(registers_of(desk).undo(run_id)))
    return 0


def list_runs() -> int:
    """Print the latest runs."""
    with _desk() as desk:
        runs = registers_of(desk).runs()
        _say([run_line(run, desk.zone) for run in runs] or ["Nothing was imported yet."])
    return 0


def _choices(
    *, columns: Sequence[str], words: Sequence[str], no_rest: bool, header_row: int | None, **options: str | None
) -> Choices:
    """The options that say how to read the file; what was not given is found."""
    return Choices(
        columns=_column_choices(columns),
        words=_word_choices(words),
        keep_rest=not no_rest,
        header_row=header_row or 0,
        **{name: value or "" for name, value in options.items()},
    )


def _column_choices(given: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """`Column=field` as typed, in pairs; the last `=` counts, for a column's name may have one."""
    pairs = []
    for text in given:
        column, equals, field = text.rpartition("=")
        if not equals or not column:
            raise Refusal(f"--map {text!r} has no column; expected “Column=field”, or “Column=” to leave it out.")
        pairs.append((column.strip(), field.strip()))
    return tuple(pairs)


def _word_choices(given: Iterable[str]) -> tuple[tuple[str, str, str], ...]:
    """`field:their word=our word` as typed, in threes."""
    threes = []
    for text in given:
        left, equals, ours = text.rpartition("=")
        field, colon, theirs = left.partition(":")
        if not equals or not colon or not theirs.strip():
            raise Refusal(f"--word {text!r} cannot be read; expected “status:their word=our word”.")
        threes.append((field.strip(), theirs.strip(), ours.strip()))
    return tuple(threes)


def _wanted(tried: Summary) -> bool:
    if not tried.new:
        _say(["There is nothing to import."])
        return False
    if click.confirm(f"Import {tried.new:,} cases?", default=False):
        return True
    _say(["Nothing was imported."])
    return False


def _run(registers: Registers, file: Path, choices: Choices, *, dry_run: bool) -> Summary:
    """Go through the file, Ctrl+C ending a real run after the batch it is in."""
    doing = "Trying" if dry_run else "Importing"
    if dry_run:
        summary = registers.take_in(file, choices, dry_run=True, on_progress=_told(doing))
    else:
        with stoppable() as stop:
            summary = registers.take_in(file, choices, dry_run=False, on_progress=_told(doing), stop=stop)
    _end_progress()
    _say(summary_lines(summary))
    return summary


@contextmanager
def _desk() -> Iterator[Desk]:
    """The desk, on an output that can print whatever a file holds."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    desk = open_desk(find_paths(os.environ))
    try:
        yield desk
    finally:
        desk.store.close()


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


def _refuse_problems(plan: Plan) -> None:
    if plan.problems:
        raise Refusal(f"{plan.name}: {'; '.join(plan.problems)}. Name the column: --map “Column=field”.", "mapping")


def _say(lines: Iterable[str]) -> None:
    """Print lines; names of columns and words come from a file, so they are made safe first."""
    for line in lines:
        click.echo(clean(line, lines=False))


def _told(doing: str) -> Callable[[Progress], None]:
    """Draws how far it is over the line before, where somebody can see it."""

    def told(progress: Progress) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{progress_line(doing, progress):<79.79}", nl=False, err=True)

    return told


def _end_progress() -> None:
    if sys.stderr.isatty():
        click.echo("\r" + " " * 79 + "\r", nl=False, err=True)
