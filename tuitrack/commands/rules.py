"""The command for the rules of deadlines: what is in force, what a file would mean, and how it comes in force."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tuitrack.commands.desk import at_desk
from tuitrack.commands.output import say, stoppable, through
from tuitrack.domain.errors import Refusal
from tuitrack.services.bundle import Services
from tuitrack.services.own_rules import OwnRules, as_toml
from tuitrack.services.rule_words import followed, version_line

_FILE = click.Path(path_type=Path)


@click.command()
@click.option("--check", "checked", type=_FILE, metavar="FILE", help="Those of FILE, not yet in force.")
@click.option("--take", "taken", type=_FILE, metavar="FILE", help="Put those of FILE in force.")
@click.option("--move-open/--leave-open", "move", default=None, help="Count open cases anew by them, or leave these.")
@click.option("--dry-run", is_flag=True, help="Only say what would become of each open case.")
@click.option("--toml", is_flag=True, help="As a file that --take takes.")
@click.option("--versions", is_flag=True, help="All that ever were in force, with how many open cases follow each.")
def deadlines(
    checked: Path | None, taken: Path | None, move: bool | None, dry_run: bool, toml: bool, versions: bool
) -> int:
    """List the rules of deadlines and their calendars, as they are in force now."""
    with at_desk() as services:
        rules = services.rules
        if taken is not None or move is not None:
            return _take(services, None if taken is None else rules.of_file(taken), move, dry_run=dry_run)
        if checked is not None:
            say(rules.book(rules.of_file(checked), checked.name).lines)
        elif versions:
            say(version_line(one, rules.followers(one.number), services.desk.zone) for one in rules.versions())
        elif toml:
            say(as_toml(rules.in_force().own))
        else:
            say(rules.in_force().book.lines)
    return 0


def _take(services: Services, own: OwnRules | None, move: bool | None, *, dry_run: bool) -> int:
    """Put rules in force, and count open cases anew where that is wanted; tell what became of each."""
    rules, moves = services.rules, services.rule_moves
    seen, rehearsal = rules.in_force().number, moves.rehearsal(own)
    if dry_run:
        through(rehearsal)
        return 0
    if move is None and rehearsal.total:
        if not sys.stdin.isatty():
            raise Refusal(
                f"{followed(rehearsal.total)} follow other rules, and nobody can be asked here what becomes of them: "
                "give --move-open or --leave-open, or --dry-run to look only."
            )
        through(rehearsal)
        move = click.confirm("Count them anew?", default=False)
    if own is not None:
        number = rules.put_in_force(own, seen)
        say([f"Rules {number} are in force{' already' if number == seen else ''}."])
    if not move:
        return 0
    with stoppable() as stop:
        run = moves.run(total=rules.others(rules.in_force().number))
        done = through(run, stop)
    return 130 if done.count < run.total else 0


COMMANDS = {"deadlines": deadlines}
"""The command by its name."""
