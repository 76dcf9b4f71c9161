"""The quality report as scripts ask for it, each time in a process of its own."""

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


def test_the_report_in_every_form_and_the_list_behind_a_number(shell: Shell, tmp_path: Path) -> None:
    taken = shell.new("--category", "=price")
    shell.new("--category", "delivery", "--channel", "letter")
    facts = json.loads(shell("report", "--period", "this month", "--json").stdout)
    price = next(row for row in facts["tables"]["category"]["rows"] if row["label"] == "=price")
    assert price["numbers"][0]["count"] == 1
    assert shell("list", price["numbers"][0]["query"]).stdout.count(taken) == 1
    assert facts["alerts"] == ["recording not told: 100 %, missed"]
    table = list(csv.DictReader(StringIO(shell("report", "--from", "today", "--csv").stdout)))
    assert {row["row"] for row in table if row["table"] == "category"} == {"'=price", "delivery"}
    assert "cases received: now 2" in shell("report", "--from", "today", "--plain").stdout
    assert "| cases received | 2 |" in shell("report", "--from", "today", "--markdown").stdout
    page = tmp_path / "report.html"
    assert shell("report", "--html", page).stdout == f"Written: {page}\n"
    assert "<svg" in page.read_text("utf-8")
    assert "there already" in shell("report", "--html", page, code=2).stderr
    shell("report", "--html", page, "--replace")
    assert shell("report").stdout.startswith("Quality report, ")


def test_a_target_is_set_and_shown(shell: Shell) -> None:
    assert shell("report", "--target", "late=5", "--target", "angry=none").stdout.splitlines() == [
        "Target: something met late, max 5 %.", "Target: customer still angry, no target.",
    ]  # fmt: skip
    assert "target max 5 %" in shell("report", "--plain").stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--month", "2026-10", "--period", "today"), "Name one period"),
        (("--to", "today"), "Name one period"),
        (("--period", "all"), "a report begins on some day"),
        (("--month", "2026-13"), "Period: "),
        (("--target", "late"), "expected such as first_response=95"),
        (("--target", "late=many"), "whole number of percent"),
        (("--target", "speed=5"), "there is no “speed”"),
    ],
)
def test_what_is_no_report(shell: Shell, arguments: tuple[str, ...], sentence: str) -> None:
    assert sentence in shell("report", *arguments, code=2).stderr
