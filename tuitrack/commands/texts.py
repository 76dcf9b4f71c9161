"""The texts of the desk for scripts and screen readers: bring one in, list them, read one, see who has read it."""

from __future__ import annotations

from pathlib import Path

import click

from tuitrack.commands.desk import at_desk
from tuitrack.commands.output import say
from tuitrack.services.text_words import brought_line, reader_lines, valid_text, version_line


@click.group()
def text() -> None:
    """Bring in, list and read the procedure and policy texts."""


@text.command()
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--from", "since", required=True, metavar="DATE", help="The day from which it is in force.")
def take(name: str, file: Path, since: str) -> None:
    """Bring FILE in as the next version of the text NAME."""
    with at_desk() as services:
        valid_from = services.desk.read_moment(since, field="from").date()
        taken = services.texts.take(name, file, valid_from)
        say([f"Brought in: {taken.title}, {valid_text(taken)}."])


@text.command("list")
def list_texts() -> None:
    """List every version of every text, the newest first."""
    with at_desk() as services:
        say(version_line(one, services.desk.zone) for one in services.texts.all())


@text.command()
@click.argument("name")
@click.option("--version", "number", type=click.IntRange(min=0), metavar="N", help="By default the one in force.")
@click.option("--readers", is_flag=True, help="List who has read it and who has not.")
def show(name: str, number: int | None, readers: bool) -> None:
    """Print the text NAME."""
    with at_desk() as services:
        version = services.texts.version(name, number)
        if readers:
            say(reader_lines(version, services.desk.zone))
        else:
            say([version.text.title, brought_line(version.text, services.desk.zone), ""])
            say(version.text.text.split("\n"))


COMMANDS = {"text": text}
"""The command by its name."""
