"""What was promised, as scripts ask for it, each time in a process of its own."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from tests.e2e.test_desk_commands import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "home")


def test_promises_are_listed_and_counted(shell: Shell) -> None:
    assert shell("promises").stderr == "No promise.\n"
    mine = shell.new("--category", "price", name="=Žana")
    shell("agent", "add", "Luka")
    shell("--as", "Luka", "new", "--name", "Ivo", "--phone", "1", "--subject", "x", "--return-at", "+9d")
    lines = shell("promises").stdout.splitlines()
    assert [line.split("  ")[2] for line in lines] == ["ana.kovac", "luka"]
    assert [line.split("  ")[1] for line in shell("promises", "--whose", "mine").stdout.splitlines()] == [mine]
    [only] = json.loads(shell("promises", "--json", "--category", "price").stdout)
    assert (only["reference"], only["standing"], only["settled_at"]) == (mine, "open", None)
    assert f"Reference: {mine}" in shell("promises", "--plain", "--limit", "1").stdout.splitlines()
    table = list(csv.DictReader(StringIO(shell("promises", "--csv", "--period", "all").stdout)))
    assert [row["customer"] for row in table] == ["'=Žana", "Ivo"]
    assert "--limit shows more" in shell("promises", "--limit", "1").stderr
    assert shell("promises", "--kept").stderr == "No promise.\n"


def test_how_many_were_kept_is_counted_by_agent_team_or_category(shell: Shell) -> None:
    shell.new()
    done = shell("promises", "--rate", "--by", "team")
    assert (done.stdout, done.stderr) == ("", "No promise was settled or overdue then.\n")
    assert json.loads(shell("promises", "--rate", "--json", "--period", "last month").stdout) == []
    names = "name,kept,broken,renegotiated,overdue,rate_percent"
    assert shell("promises", "--rate", "--by", "category", "--csv").stdout.strip() == names


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--rate", "--kept"), "--rate counts everybody’s promises"),
        (("--by", "team"), "--by goes with --rate"),
        (("--period", "soonish"), "Period:"),
    ],
)
def test_what_does_not_go_together_is_refused(shell: Shell, arguments: tuple[str, ...], sentence: str) -> None:
    assert sentence in shell("promises", *arguments, code=2).stderr
