"""Agents and their absences from the command line, each command in a process of its own."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.e2e.desk import looking_in
from tests.e2e.test_desk_commands import Shell


def test_agents_are_added_changed_and_listed(tmp_path: Path) -> None:
    shell = Shell(tmp_path / "home")
    added = shell("agent", "add", "Bo Perić", "--team", "North", "--language", "hr, en", "--role", "supervisor")
    assert added.stdout == "Bo Perić joins as bo.peric, supervisor.\n"
    shell("agent", "add", "Cy\x1b[31m", "--team", "north")
    assert shell("agent", "team", "ana.kovac", "South").stdout == ("Ana Kovač: ana.kovac, administrator, team South.\n")
    shell("agent", "role", "bo.peric", "agent")
    shell("agent", "disable", "cy.31m")
    assert shell("agent", "list").stdout.splitlines() == [
        "ana.kovac  Ana Kovač  administrator  South",
        "bo.peric  Bo Perić  agent  North  hr, en",
        "cy.31m  Cy\ufffd[31m  agent  North  not active",
    ]
    shell("agent", "enable", "cy.31m")
    (found,) = json.loads(shell("agent", "list", "--team", "South", "--json").stdout)
    assert (found["handle"], found["role"], found["absences"]) == ("ana.kovac", "administrator", [])
    plain = shell("agent", "list", "--team", "North", "--plain").stdout
    assert "Name: Bo Perić\nRole: agent\nTeam: North\nLanguages: hr, en\nActive: yes\n\n" in plain


def test_an_absence_is_entered_shown_and_taken_back(tmp_path: Path) -> None:
    shell = Shell(tmp_path / "home")
    shell("agent", "add", "Bo")
    reference = shell.new("--owner", "bo")
    told = shell("agent", "absent", "bo", "--until", "+3d", "--reason", "ill", "--deputy", "ana.kovac").stdout
    assert told.startswith("Bo is away from ")
    assert told.endswith("ana.kovac looks after their cases.\n")
    assert reference in shell("list", "is:absent").stdout
    assert "away from" in shell("agent", "list").stdout
    assert shell("agent", "absent", "bo", "--back").stdout.startswith("The absence of bo from ")
    assert shell("list", "is:absent").stderr == "No case.\n"
    assert shell("agent", "absent", "bo", "--back", code=2).stderr == "tuitrack: Agent: Bo is not away.\n"


def test_the_cases_of_whoever_is_away_are_shared_out(tmp_path: Path) -> None:
    shell = Shell(tmp_path / "home")
    for name in ("Bo", "Cy"):
        shell("agent", "add", name, "--team", "North")
    references = [shell.new("--owner", "bo") for _ in range(2)]
    shell("agent", "absent", "bo", "--until", "+1d")
    bulk = ("bulk", "is:absent", "--owner", "balance: least open of North", "--note", "Bo is ill.")
    told = shell(*bulk, "--dry-run").stdout
    assert all(f"{reference}  Žana Ćuk" in told for reference in references)
    assert told.count("owner: bo → cy; note: Bo is ill.") == 2
    shell(*bulk, "--yes")
    assert shell("list", "owner:cy").stdout.count("C") >= 2
    assert "bo is away until" in shell("bulk", "owner:cy", "--owner", "bo", "--dry-run").stderr


def test_who_may_not_is_refused_with_a_sentence(tmp_path: Path) -> None:
    shell = Shell(tmp_path / "home")
    shell("agent", "add", "Bo")
    refused = shell("--as", "Bo", "agent", "role", "bo", "administrator", code=2).stderr
    assert "Bo may not add and change agents: only administrator may." in refused
    told = shell("agent", "denials").stdout
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d  bo  add and change agents\n", told)
    shell("--as", "Bo", "agent", "absent", "bo", "--until", "fri")
    assert (
        "may not enter an absence"
        in shell("--as", "Bo", "agent", "absent", "ana.kovac", "--until", "fri", code=2).stderr
    )


def test_supervisors_list_what_is_half_typed_but_not_what_stands_in_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    shell = Shell(home)
    reference = shell.new()
    shell("agent", "add", "Bo")
    with looking_in(home, "Bo") as services:
        services.drafts.keep("call_in:1", {"note": "a secret"})
    told = shell("agent", "drafts").stdout
    assert re.fullmatch(rf"\d{{4}}-\d\d-\d\d \d\d:\d\d  bo  a call  {re.escape(reference)}\n", told)
    assert "may not see what others left half typed" in shell("--as", "Bo", "agent", "drafts", code=2).stderr
