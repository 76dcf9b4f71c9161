"""Renews the generated parts of the README and of the pages in docs/: `python docs/make_tables.py`."""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import fields
from itertools import pairwise
from pathlib import Path
from typing import get_type_hints

CHECKOUT = Path(__file__).parents[1]
sys.path.insert(0, str(CHECKOUT))

from tuitrack import settings  # noqa: E402 - the checkout has to be found first
from tuitrack.domain.permissions import Right, may  # noqa: E402
from tuitrack.domain.query.fields import Field, words_after  # noqa: E402
from tuitrack.domain.words import Role  # noqa: E402
from tuitrack.tui.commands import Command, Place, commands_of  # noqa: E402

PAGES = [CHECKOUT / "README.md", *sorted((CHECKOUT / "docs").glob("*.md"))]
"""Whatever people read about the program."""
FIGURES = CHECKOUT / "docs" / "figures.md"
"""The page with the print of the benchmarks, from which the README quotes the ratios."""


def renewed(page: str) -> str:
    """A page with everything between two marks made anew by the part that they name."""
    parts = {"keys": keys(), "rights": rights(), "settings": settings_table(), "fields": query_fields()}
    parts |= {"ratios": ratios(FIGURES)}
    parts |= {"run": needs("dependencies"), "server": needs("postgresql"), "test": needs("test")}
    for name, lines in parts.items():
        page = _filled(page, name, lines)
    # Last, for the parts bring headings along.
    return _filled(page, "contents", contents(page))


def _filled(page: str, name: str, lines: Iterable[str]) -> str:
    """A page with these lines between the two marks of this name, if it has them."""
    begin, end = f"<!-- {name}: made by docs/make_tables.py -->", f"<!-- end of {name} -->"
    before, found, rest = page.partition(begin)
    _, found_end, after = rest.partition(end)
    if found and not found_end:
        raise ValueError(f"there is no {end}")
    return f"{before}{begin}\n\n" + "\n".join(lines) + f"\n\n{end}{after}" if found else page


def contents(page: str) -> Iterator[str]:
    """One paragraph of links to the headings of a page."""
    headings = re.findall(r"^## (.+)$", without_code(page), re.MULTILINE)
    yield " ·\n".join(f"[{heading}](#{anchor(heading)})" for heading in headings)


def without_code(page: str) -> str:
    """A page without its blocks of code, in which a `#` begins no heading."""
    return re.sub(r"^```.*?^```", "", page, flags=re.MULTILINE | re.DOTALL)


def anchor(heading: str) -> str:
    """What a link to a heading names."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def keys() -> Iterator[str]:
    """One table of commands for each place."""
    for number, place in enumerate(place for place in Place if commands_of(place)):
        yield from [""] * bool(number)
        yield from (f"## {place.value}", "", f"`{place.name.lower()}` in `keys.toml`.", "")
        yield from ("| Keys | Command | What it does | Id |", "|---|---|---|---|")
        yield from map(_row, commands_of(place))


def query_fields() -> Iterator[str]:
    """One line for each field of the query language, with the words that it knows."""
    yield from ("| Field | What follows it | Words it knows |", "|---|---|---|")
    first: dict[str, Field] = {}
    for field in Field:
        known = words_after(field)
        words = ", ".join(_word(word, label) for word, label in known.items())
        # A label that only lists some of the words says nothing beside all of them.
        told = "" if field.label.split(",")[0] in known else field.label
        same = first.setdefault(words, field) if words else field
        yield f"| `{field.value}:` | {told} | {words if same is field else f'those of `{same.value}:`'} |"


def _word(word: str, label: str) -> str:
    return f"`{word}`" + f" ({label})" * (label not in ("", word))


def ratios(figures: Path) -> Iterator[str]:
    """One line for each subject of the prints of the benchmarks: every ratio, with its bar where it is held to one."""
    yield from ("| What | Beside | Ratios and their bars |", "|---|---|---|")
    prints = re.findall(r"at most\n(.*?)^```", figures.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    subject, yardstick, told = "", "", list[str]()
    for line in [*"".join(prints).splitlines(), ""]:
        if line.startswith("  "):
            told.append(_ratio(*re.split(r"\s{2,}", line.strip())))
            continue
        if told:
            yield f"| {subject} | {yardstick} | {' · '.join(told)} |"
        subject, _, yardstick = line.partition("; yardstick: ")
        told = []


_UNITS = re.compile(r"(?:, (?:ms|s|µs|MB|p\d+))+$")


def _ratio(name: str, ours: str, theirs: str, ratio: str, bar: str = "", misses: str = "") -> str:
    """One figure: its ratio and bar, with how much more it is where the bar says how much more it may be."""
    told = f"{name} {ours}" if ratio == "-" else f"{_UNITS.sub('', name)} {ratio}"
    sign = ">" if misses else "≤"
    if bar.startswith("+"):
        more = float(ours.replace(",", "")) - float(theirs.replace(",", ""))
        told = f"{told} ({more:+.2f} {sign} {bar[1:]})"
    elif bar:
        told = f"{told} {sign} {bar.removesuffix('x')}"
    return f"**{told}**" if misses else told


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
    for path in PAGES:
        path.write_text(renewed(path.read_text(encoding="utf-8")), encoding="utf-8")
