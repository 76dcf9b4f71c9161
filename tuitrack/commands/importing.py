"""The conversation of `tuitrack import`: show what was found, try it, ask, and take it in."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from tuitrack.bootstrap import open_for_command, registers_of
from tuitrack.commands.output import end_progress, say, stoppable, tells
from tuitrack.domain.errors import Refusal
from tuitrack.services.import_words import (
    plan_lines,
    run_line,
    summary_lines,
    undo_hint,
    undone_lines,
)
from tuitrack.services.registers import Choices, Plan, Registers, Summary


def take(file: Path, *, dry_run: bool, yes: bool, save_profile: str | None, **options: Any) -> int:
    """Import a file by the options of the command line; asks before anything is stored, unless `yes`."""
    choices = _choices(**options)
    if not dry_run and not yes and not sys.stdin.isatty():
        raise Refusal("Nobody can be asked here whether to import: give --yes, or --dry-run to look only.")
    with open_for_command() as desk:
        registers = registers_of(desk)
        plan = registers.plan(file, choices, tells("Reading"))
        end_progress()
        say(plan_lines(plan))
        _refuse_problems(plan)
        if save_profile:
            registers.save_profile(save_profile, file, choices)
            say([f"Saved as profile {save_profile}: tuitrack import FILE --profile {save_profile}"])
        if dry_run or not yes:
            tried = _run(registers, file, choices, dry_run=True)
            if dry_run or not _wanted(tried):
                return 0
        done = _run(registers, file, choices, dry_run=False)
        if done.stopped:
            say(["Stopped here. What was stored stays; importing the file again takes the rest."])
        if done.run and done.new:
            say([undo_hint(done.run)])
    return 130 if done.stopped else 0


def undo(run_id: int) -> int:
    """Take back one run."""
    with open_for_command() as desk:
        say(undone_lines(registers_of(desk).undo(run_id)))
    return 0


def list_runs() -> int:
    """Print the latest runs."""
    with open_for_command() as desk:
        runs = registers_of(desk).runs()
        say([run_line(run, desk.zone) for run in runs] or ["Nothing was imported yet."])
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
        say(["There is nothing to import."])
        return False
    if click.confirm(f"Import {tried.new:,} {tried.what}?", default=False):
        return True
    say(["Nothing was imported."])
    return False


def _run(registers: Registers, file: Path, choices: Choices, *, dry_run: bool) -> Summary:
    """Go through the file, Ctrl+C ending a real run after the batch it is in."""
    doing = "Trying" if dry_run else "Importing"
    if dry_run:
        summary = registers.take_in(file, choices, dry_run=True, on_progress=tells(doing))
    else:
        with stoppable() as stop:
            summary = registers.take_in(file, choices, dry_run=False, on_progress=tells(doing), stop=stop)
    end_progress()
    say(summary_lines(summary))
    return summary


def _refuse_problems(plan: Plan) -> None:
    if plan.problems:
        raise Refusal(f"{plan.name}: {'; '.join(plan.problems)}. Name the column: --map “Column=field”.", "mapping")
