"""Lists of cases as they are typed on the command line: by query, by view, and as they were."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from tests.e2e.test_desk_commands import FORMULA, Shell
from tuitrack.bootstrap import open_desk
from tuitrack.paths import find_paths
from tuitrack.services.views import KeptFor, ViewService


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A desk with one case, and two views of it."""
    shell = Shell(tmp_path / "home")
    shell.new("--category", "price", "--priority", "urgent")
    shell("agent", "add", "Luka")
    desk = open_desk(find_paths(shell.environ), "Ana Kovač")
    views = ViewService(desk)
    views.save("My prices", "columns:owner,subject category:price", KeptFor.ONE)
    views.save("Storm", "tag:storm sort:newest", KeptFor.TEAM)
    desk.store.close()
    return shell


def test_a_view_is_listed_and_exported_by_its_name(shell: Shell, tmp_path: Path) -> None:
    listed = shell("list", "--view", "my PRICES").stdout
    assert listed == shell("list", "columns:owner,subject category:price").stdout
    assert listed.startswith("nobody  ")
    (row,) = csv.DictReader(StringIO(shell("list", "--view", "Unowned", "--csv").stdout))
    assert row["category"] == "price"
    assert shell("list", "--view", "Storm").stderr == "No case.\n"
    target = tmp_path / "prices.json"
    told = shell("export", "--view", "My prices", "--to", target).stdout
    assert told == f"Exported 1 case to {target}.\n"
    assert json.loads(target.read_text("utf-8")) == [{"owner": None, "subject": FORMULA}]


def test_the_views_are_told_with_their_queries_and_counts(shell: Shell) -> None:
    lines = shell("views").stdout.splitlines()
    assert "Open work  1  built in  open work" in lines
    assert "My prices  1  yours  columns:owner,subject category:price" in lines
    assert "Storm  0  the team’s  tag:storm sort:newest" in lines
    told = json.loads(shell("views", "--json").stdout)
    assert {"name": "Storm", "kept for": "team", "query": "tag:storm sort:newest", "cases": "0"} in told
    assert "View: Storm" in shell("views", "--plain").stdout.splitlines()
    theirs = shell("--as", "luka", "views").stdout
    assert ("My prices" in theirs, "Storm" in theirs) == (False, True)


def test_a_view_that_is_not_there_is_refused_with_those_that_are(shell: Shell) -> None:
    refused = shell("list", "--view", "Nope", code=2).stderr
    assert "none is called “Nope”. There are: Mine, Overdue," in refused
    assert "My prices, Storm." in refused
    assert "not both" in shell("list", "is:all", "--view", "Storm", code=2).stderr


def test_a_list_of_then_says_so_beside_what_it_prints(shell: Shell, tmp_path: Path) -> None:
    then = shell("list", "is:all at:2026-01-05T09:30")
    assert (then.stdout, then.stderr) == ("", "As it was Mon 5 Jan 2026, 09:30.\nNo case.\n")
    target = tmp_path / "then.csv"
    told = shell("export", "is:all at:2026-01-05T09:30", "--to", target).stdout
    assert told == f"Exported 0 cases to {target} as it was Mon 5 Jan 2026, 09:30.\n"
    now = shell("list", "at:now", "--plain")
    assert (now.stdout.startswith("Case 1\n"), now.stderr.startswith("As it was ")) == (True, True)
    assert "still to come" in shell("list", "at:tomorrow", code=2).stderr
    assert "only a list of cases" in shell("bulk", "at:yesterday", "--priority", "low", "--dry-run", code=2).stderr
