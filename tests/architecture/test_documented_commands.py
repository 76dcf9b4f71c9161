"""Every command line that the README and docs/ show is one that the program takes."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from docs.make_tables import CHECKOUT, PAGES
from tuitrack.commands import tuitrack

PLACEHOLDER = re.compile(r"[A-Z]+$")
ROWS = re.findall(r"^\| (`.+?) \| (.+) \|$", (CHECKOUT / "docs" / "scripts.md").read_text("utf-8"), re.MULTILINE)


def shown(page: str) -> Iterator[list[str]]:
    """The arguments of every tuitrack in the blocks and the text of a page."""
    blocks = "\n".join(re.findall(r"^```sh\n(.*?)^```", page, re.MULTILINE | re.DOTALL))
    # In the text what may be left out stands in brackets, and a line may end anywhere.
    inline = [re.sub(r"[\[\]…]", "", " ".join(text.split())) for text in re.findall(r"`(tuitrack\s[^`]*)`", page)]
    for line in [*blocks.splitlines(), *inline]:
        lexer = shlex.shlex(line, posix=True, punctuation_chars="&|<>()")
        lexer.whitespace_split = True
        words = list(lexer)
        for place, word in enumerate(words):
            if Path(word).name == "tuitrack" and (place == 0 or words[place - 1] not in {"-s", "TUITRACK_HOME"}):
                end = next((at for at, word in enumerate(words) if at > place and set(word) <= set("&|<>()")), None)
                yield words[place + 1 : end]


def take(command: click.Command, arguments: list[str]) -> None:
    """Read arguments as the command would; an unknown option, command, choice or number is a `UsageError`."""
    context = click.Context(command)
    given, left, _ = command.make_parser(context).parse_args(list(arguments))
    for parameter in command.params:
        value = given.get(parameter.name or "")
        if (
            isinstance(value, str)
            and not isinstance(parameter.type, (click.Path, click.File))
            and not PLACEHOLDER.match(value)
        ):
            parameter.type.convert(value, parameter, context)
    if isinstance(command, click.Group):
        if left:
            _, below, left = command.resolve_command(context, left)
            assert below
            take(below, left)
        return
    assert not left, f"{command.name} takes no {left}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_line_is_taken(page: Path) -> None:
    for arguments in shown(page.read_text(encoding="utf-8")):
        try:
            take(tuitrack, arguments)
        except click.UsageError as error:
            pytest.fail(f"tuitrack {shlex.join(arguments)}: {error.format_message()}")


def test_a_line_that_would_be_refused_is_found() -> None:
    page = (
        "```sh\nsudo -H tuitrack --as 'Ana' list 'is:overdue' --no-such | head\n```\nand `tuitrack [--as\nNAME] lost`"
    )
    first, second = shown(page)
    assert first == ["--as", "Ana", "list", "is:overdue", "--no-such"]
    for arguments in (first, second, ["board", "--by", "weather"], ["views", "all"]):
        with pytest.raises((click.UsageError, AssertionError)):
            take(tuitrack, arguments)


def options(command: click.Command) -> set[str]:
    """The options of a command and of those below it."""
    found = {"--help"}.union(*(parameter.opts for parameter in command.params))
    if isinstance(command, click.Group):
        found = found.union(*map(options, command.commands.values()))
    return found


@pytest.mark.parametrize(("named", "told"), ROWS, ids=[named for named, _ in ROWS])
def test_the_options_in_a_row_are_those_of_its_commands(named: str, told: str) -> None:
    known = options(tuitrack)
    for name in re.findall(r"`(?:tuitrack )?([a-z]+)", named):
        if command := tuitrack.get_command(click.Context(tuitrack), name):
            known |= options(command)
    assert set(re.findall(r"--[a-z-]+", named + told)) <= known
