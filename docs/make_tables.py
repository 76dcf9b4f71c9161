"""Renews the README's tables of keys, settings and dependencies from the code: `python docs/make_tables.py`."""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import fields
from itertools import pairwise
from pathlib import Path
from typing import get_type_hints

CHECKOUT = Path(__file__).parents[1]
sys.path.insert(0, str(CHECKOUT))

from tuitrack import settings  # noqa: E402 - the checkout has to be found first
from tuitrack.domain.permissions import Right, may  # noqa: E402
from tuitrack.domain.words import Role  # noqa: E402
from tuitrack.tui.commands import Command, Place, commands_of  # noqa: E402

README = CHECKOUT / "README.md"


def renewed(readme: str) -> str:
    """The README with every generated part made anew between its two marks."""
    parts = {"keys": keys(), "rights": rights(), "settings": settings_table()}
    parts |= {"run": needs("dependencies"), "server": needs("postgresql"), "test": needs("test")}
    for name, lines in parts.items():
        begin, end = f"<!-- {name}: made by docs/make_tables.py -->", f"<!-- end of {name} -->"
        before, found, rest = readme.partition(begin)
        _, found_end, after = rest.partition(end)
        if not found or not found_end:
            raise ValueError(f"the README has no {begin} … {end}")
        readme = f"{before}{begin}\n\n" + "\n".join(lines) + f"\n\n{end}{after}"
    return readme


def keys() -> Iterator[str]:
    """One table of commands for each place."""
    for number, place in enumerate(place for place in Place if commands_of(place)):
        yield from [""] * bool(number)
        yield from (f"**{place.value}** (`{place.name.lower()}`)", "", "| Keys | Command | What it does | Id |")
        yield "|---|---|---|---|"
        yield from map(_row, commands_of(place))


def _row(command: Command) -> str:
    return f"| {_keys(command)} | {command.title} | {_what(command)} | `{command.id}` |"


def _keys(command: Command) -> str:
    return " ".join(f"`{key}`" for key in command.keys.split())


def _what(command: Command) -> str:
    return command.help + " Asks first." * command.dangerous + " `u` undoes it." * command.undoable


def rights() -> Iterator[str]:
    """One line for each right, with the roles that have it."""
    yield f"| Right | {' | '.join(role.label for role in Role)} |"
    yield "|---" * (1 + len(Role)) + "|"
    for right in Right:
        told = " | ".join("yes" if may(role, right) else "" for role in Role)
        yield f"| {right.label} | {told} |"


def settings_table() -> Iterator[str]:
    """One line for each setting: its name in the file, what it takes, its default and its meaning."""
    meanings = _docstrings(Path(settings.__file__).read_text(encoding="utf-8"), "Settings")
    kinds = get_type_hints(settings.Settings, include_extras=True)
    yield from ("| Setting | Takes | Default | Meaning |", "|---|---|---|---|")
    for field in fields(settings.Settings):
        meaning = meanings[field.name]
        # Where the system is asked, the sentence says so.
        default = "" if "by default" in meaning else f"`{json.dumps(field.default)}`"
        yield f"| `{field.name}` | {kinds[field.name].__metadata__[0].words} | {default} | {meaning} |"


def _docstrings(source: str, name: str) -> dict[str, str]:
    """The sentence under each field of a class."""
    body = next(node.body for node in ast.parse(source).body if isinstance(node, ast.ClassDef) and node.name == name)
    return {
        field.target.id: text.value.value
        for field, text in pairwise(body)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant) and isinstance(text.value.value, str)
    }


def needs(group: str) -> Iterator[str]:
    """The packages of a list in pyproject.toml, each with the comment above it."""
    project = (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")
    found = re.search(rf"^{group} = \[\n(.*?)^\]", project, re.MULTILINE | re.DOTALL)
    if not found:
        raise ValueError(f"pyproject.toml has no list {group}")
    reason = ""
    for line in map(str.strip, found[1].splitlines()):
        if line.startswith("#"):
            reason = f"{reason} {line.removeprefix('#').strip()}".strip()
        elif package := re.match(r'"([\w.-]+)', line):
            yield f"- `{package[1]}`: {reason}"
            reason = ""


if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
