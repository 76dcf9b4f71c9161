"""The tables of the README and of docs/ say what the program says of itself."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from benchmarks.figures import HEADER, Bar, Figure, lines
from docs.make_tables import CHECKOUT, PAGES, needs, ratios, renewed, settings_table
from tuitrack.commands import OF_THE_DESK, tuitrack
from tuitrack.settings import Settings
from tuitrack.tui.commands import COMMANDS, Place, commands_of

DOCS = CHECKOUT / "docs"
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_tables_are_up_to_date(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert renewed(text) == text, "run docs/make_tables.py"


def test_every_command_is_in_the_key_table() -> None:
    page = (DOCS / "keys.md").read_text(encoding="utf-8")
    for command in COMMANDS:
        assert f"| {command.title} | {command.help}" in page, command.id


@pytest.mark.parametrize(
    ("header", "cell", "place"),
    [
        ("| In the queue | | In a case | |", 1, Place.QUEUE),
        ("| In the queue | | In a case | |", 3, Place.CASE),
        ("| Key | Shows |", 1, Place.QUEUE),
    ],
)
def test_the_keys_that_the_readme_picks_out_are_there(header: str, cell: int, place: Place) -> None:
    _, _, table = PAGES[0].read_text(encoding="utf-8").partition(f"{header}\n")
    rows = [line.split(" | ") for line in table.partition("\n\n")[0].splitlines()[1:]]
    named = {key for row in rows for key in re.findall(r"`([^`]+)`", row[cell - 1])}
    assert len(named) > 5
    commands = [*commands_of(place), *commands_of(Place.ANYWHERE)]
    assert named <= {key for command in commands for key in command.keys.split()} | set("19")


def test_every_command_of_the_shell_has_a_row() -> None:
    first_cells = re.findall(r"^\| (`tuitrack .*?) \| ", (DOCS / "scripts.md").read_text("utf-8"), re.MULTILINE)
    named = {name for cell in first_cells for name in re.findall(r"`(?:tuitrack )?([a-z]+)", cell)}
    assert set(OF_THE_DESK) | set(tuitrack.commands) <= named


def test_every_setting_has_a_line_with_its_meaning() -> None:
    _, _, *lines = settings_table()
    assert [line.split("`")[1] for line in lines] == [field.name for field in fields(Settings)]
    assert all(line.rstrip(" |").endswith(".") for line in lines)


@pytest.mark.parametrize(
    ("group", "declared"),
    [("dependencies", PROJECT["project"]["dependencies"]), ("test", PROJECT["dependency-groups"]["test"])],
)
def test_every_dependency_is_named_with_its_reason(group: str, declared: list[str]) -> None:
    lines = list(needs(group))
    assert [line.split("`")[1] for line in lines] == [Requirement(each).name for each in declared]
    assert all(re.fullmatch(r"- `[\w.-]+`: \S.*\.", line) for line in lines)


def test_every_ratio_is_quoted_with_its_bar(tmp_path: Path) -> None:
    figures = [
        Figure("Start", "bare", "first rows, ms", 3.0, 2.0, Bar(1.25)),
        Figure("Start", "bare", "bytes sent", 5.0, 0.0),
        Figure("A page", "by hand", "all cases, ms, p95", 2.5, 2.0, Bar(1, more=1)),
    ]
    page = tmp_path / "figures.md"
    page.write_text("\n".join(["```", HEADER, *lines(figures), "```"]), encoding="utf-8")
    assert list(ratios(page))[2:] == [
        "| Start | bare | **first rows 1.50 > 1.25** · bytes sent 5.00 |",
        "| A page | by hand | all cases 1.25 (+0.50 ≤ 1) |",
    ]
