"""What the next shift has, as it is typed in a shell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.test_desk_commands import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "home")


def test_what_is_due_and_whom_to_call_is_told_to_people_and_scripts(shell: Shell) -> None:
    mine = shell.new("--owner", "ana.kovac", subject="Router")
    nobodys = shell.new(subject="Bill")
    shell("call", mine, "--direction", "out", "--purpose", "update", "--result", "voicemail")
    told = shell("handover", "--until", "+4d").stdout.splitlines()
    assert told[0].startswith("Until ")
    assert told[0].endswith(": 3")
    assert told[1].startswith(f"{mine}  call back  since ")
    assert told[2].startswith(f"{mine}  promise  due ")
    assert told[2].endswith("get back to the customer  Žana Ćuk  owner ana.kovac")
    assert told[3].startswith(f"{nobodys}  promise  due ")
    assert told[3].endswith("owner nobody")
    assert told[4:] == ["Half-typed forms: 0"]
    record = json.loads(shell("handover", "--until", "+4d", "--all", "--json").stdout)
    assert {one["reference"] for one in record["items"]} == {mine, nobodys}
    assert [one["kind"] for one in record["items"]].count("promise") == 2
    assert (record["half_typed"], record["unanswered"]) == (0, {})
    plain = shell("handover", "--until", "+1d", "--team", "--plain").stdout.splitlines()
    assert plain[1:4] == ["Item 1", "Kind: call back", "What: update, voicemail"]


def test_a_moment_that_is_none_is_refused(shell: Shell) -> None:
    assert "“soon” is not a date" in shell("handover", "--until", "soon", code=2).stderr
