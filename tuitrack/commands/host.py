"""What the account that owns the desk does: let agents in over SSH, copy the database, and move it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from tuitrack import bootstrap
from tuitrack.commands.output import draws, end_progress, say, write
from tuitrack.domain.errors import Refusal
from tuitrack.domain.text import counted
from tuitrack.exchange.new_file import new_file
from tuitrack.services.bundle import Services
from tuitrack.storage.backup import Backup

_PROGRAM = (sys.executable, "-I", "-X", "utf8", "-m", "tuitrack")
"""This program, as nothing in the account or the working folder can change it."""
_PATH = "/usr/local/bin:/usr/bin:/bin"


@click.group()
def ssh() -> None:
    """Let agents in over SSH, each by their own keys, without a shell."""


@ssh.command("authorized-keys")
@click.option("--to", "path", type=click.Path(path_type=Path), metavar="FILE", help="Write them to FILE instead.")
def authorized_keys(path: Path | None) -> None:
    """Print a line for each key of an active agent, for an authorized_keys file or an AuthorizedKeysCommand."""
    environment = {"HOME": os.path.expanduser("~"), "PATH": _PATH, "LANG": "C.UTF-8"}
    if home := os.environ.get("TUITRACK_HOME"):
        environment["TUITRACK_HOME"] = os.path.abspath(home)
    if database := os.environ.get("TUITRACK_DATABASE"):
        environment["TUITRACK_DATABASE"] = database
    with bootstrap.open_for_the_account() as desk:
        lines = Services(desk).keys.authorized_keys(_PROGRAM, environment)
    text = "".join(f"{line}\n" for line in lines)
    if path is None:
        write(text)
        return
    with new_file(path, replace=True) as place:
        place.write_text(text, encoding="ascii")
        place.chmod(0o644)
    say([f"{path}: {counted(len(lines), 'key')}."])


@click.command()
@click.option("--to", "path", type=click.Path(path_type=Path), metavar="FILE", help="Where to; else among the backups.")
def backup(path: Path | None) -> None:
    """Copy the whole database while people work, and prove that the copy can be read."""
    made = bootstrap.back_up(path, draws("Backing up"))
    end_progress()
    say([f"{made.path}: {_contents(made)}."])


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Ask nothing.")
def restore(file: Path, yes: bool) -> None:
    """Put the backup in FILE in the place of the database, which is kept among the backups."""
    if not yes and not sys.stdin.isatty():
        raise Refusal("Nobody can be asked here whether to put the backup in the place of the database: give --yes.")
    if not yes and not click.confirm(f"Put {file} in the place of the database?", default=False):
        return
    restored, kept = bootstrap.restore(file)
    say([f"{restored.path}: {_contents(restored)}.", *([f"What was there before is kept in {kept}."] if kept else [])])


@click.command()
@click.option("--to", "place", required=True, metavar="PLACE", help="postgresql://USER@HOST/NAME, or a file.")
def move(place: str) -> None:
    """Copy the whole desk to a server, or back into a file, and prove that every row is there.

    Nobody can store anything meanwhile. Given once more, it goes on where it was stopped.
    """
    source, target, moved = bootstrap.move(place, draws("Moving"))
    end_progress()
    rows = f"{counted(moved.rows, 'row')} compared, SHA-256 {moved.digest[:16]}"
    say(
        [f"{target}: {counted(moved.cases, 'case')}, {rows}.", f"What is in {source} stays there; work in one of them."]
    )


def _contents(made: Backup) -> str:
    return f"{counted(made.cases, 'case')}, {made.size / 1_000_000:,.1f} MB, checked"


COMMANDS = {"ssh": ssh, "backup": backup, "restore": restore, "move": move}
"""The commands by their names."""
