"""The texts of the desk by commands, each in a process of its own."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.test_desk_commands import Shell


def test_a_text_is_brought_in_listed_and_shown(tmp_path: Path) -> None:
    shell = Shell(tmp_path / "home")
    file = tmp_path / "policy.md"
    file.write_text("# Policy\n\nWe \x1b[2Jlisten.\n[b]x[/b]\n")
    assert shell("text", "list").stdout.startswith("procedure, version 0; as shipped")
    told = shell("text", "take", "policy", file, "--from", "2026-01-05").stdout
    assert told == "Brought in: policy, version 1, valid from Mon 5 Jan 2026.\n"
    first = shell("text", "list").stdout.splitlines()[0]
    assert first == "policy, version 1; valid from Mon 5 Jan 2026; in force; not read by you; 0 of 1 have read it"
    shown = shell("text", "show", "policy").stdout.splitlines()
    assert shown[0] == "policy, version 1"
    assert shown[3:] == ["# Policy", "", "We \ufffd[2Jlisten.", "[b]x[/b]"]
    assert shell("text", "show", "policy", "--readers").stdout == "not read  Ana Kovač\n"
    assert "the newest is version 1" in shell("text", "show", "policy", "--version", "2", code=2).stderr


def test_an_agent_may_not_bring_one_in(tmp_path: Path) -> None:
    shell = Shell(tmp_path / "home")
    file = tmp_path / "policy.md"
    file.write_text("Listen.")
    shell("agent", "add", "Luka")
    refused = shell("--as", "Luka", "text", "take", "policy", file, "--from", "today", code=2).stderr
    assert "Luka may not bring in texts of the desk" in refused
    assert "--from" in shell("text", "take", "policy", file, code=2).stderr
