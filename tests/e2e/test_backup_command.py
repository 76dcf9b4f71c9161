"""Backing up and putting back from the command line."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.test_desk_commands import Shell


def test_a_backup_is_made_and_put_back(tmp_path: Path) -> None:
    shell = Shell(tmp_path / "home")
    first = shell.new()
    backup = tmp_path / "backup.db"
    assert shell("backup", "--to", backup).stdout.startswith(f"{backup}: 1 case, ")
    shell.new("--customer-of", first)
    assert "give --yes" in shell("restore", backup, code=2).stderr
    told = shell("restore", backup, "--yes").stdout.splitlines()
    assert told[1].startswith("What was there before is kept in ")
    assert len(shell("list").stdout.splitlines()) == 1
    assert "There is no file" in shell("restore", tmp_path / "none.db", "--yes", code=2).stderr
