"""Reviews by commands, each in a process of its own."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from tests.e2e.test_desk_commands import Shell
from tuitrack.bootstrap import open_desk
from tuitrack.paths import find_paths
from tuitrack.services.bundle import Services


def test_what_is_planned_and_what_came_of_it_are_listed(tmp_path: Path) -> None:
    shell = Shell(tmp_path / "home")
    assert "No review is planned." in shell("review", "list").stderr
    shell("agent", "add", "Luka", "--role", "quality")
    desk = open_desk(find_paths({"TUITRACK_HOME": str(tmp_path / "home")}), "Ana Kovač")
    reviews, today = Services(desk).reviews, desk.today()
    people = {"owner": desk.agent, "deputy": "luka"}
    plan = reviews.plan({"name": "Causes", "every": "week", "next_due": today, **people, "decisions": True})
    reviews.hold(plan.id, {"held": True, "held_on": today, "decisions": "Train\n\x1b[2Jthem."})
    desk.store.close()
    (line,) = shell("review", "list").stdout.splitlines()
    assert line.startswith("Causes: due ")
    assert line.endswith("every week, owner ana.kovac, deputy luka")
    (planned,) = json.loads(shell("review", "list", "--json").stdout)
    assert (planned["missed"], planned["next_due"]) == (0, (today + timedelta(weeks=1)).isoformat())
    told = shell("review", "results").stdout
    assert f"{today}  Causes: HELD" in told
    assert "! not checked yet" in told
    assert "  decisions: Train\n" in told
    assert "\x1b" not in told
    (result,) = json.loads(shell("review", "results", "--json").stdout)
    assert (result["name"], result["held_on"], result["checked_by"]) == ("Causes", today.isoformat(), None)
