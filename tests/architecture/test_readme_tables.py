"""The README's tables say what the program says of itself: keys, settings and dependencies."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from docs.make_tables import needs, renewed, settings_table
from tuitrack.commands import OF_THE_DESK, tuitrack
from tuitrack.settings import Settings
from tuitrack.tui.commands import COMMANDS

CHECKOUT = Path(__file__).parents[2]
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_tables_are_up_to_date() -> None:
    assert renewed(README) == README, "run docs/make_tables.py"


def test_every_command_is_in_the_key_table() -> None:
    for command in COMMANDS:
        assert f"| {command.title} | {command.help}" in README, command.id


def test_every_command_of_the_shell_has_a_row() -> None:
    first_cells = re.findall(r"^\| (`tuitrack .*?) \| ", README, re.MULTILINE)
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
