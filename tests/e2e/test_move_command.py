"""Moving a desk from the command line, to a server and on into a file."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.test_desk_commands import Shell
from tests.postgresql_server import Server


def test_a_desk_is_moved_to_a_server_and_into_a_file_and_lists_the_same(
    tmp_path: Path, postgresql_server: Server
) -> None:
    shell = Shell(tmp_path / "home")
    first = shell.new()
    shell.new("--customer-of", first)
    listed = shell("list").stdout
    file = tmp_path / "moved" / "tuitrack.db"
    with postgresql_server.database() as address:
        told = shell("move", "--to", address).stdout.splitlines()
        assert ": 2 cases, " in told[0]
        assert told[1] == f"What is in {tmp_path / 'home' / 'tuitrack.db'} stays there; work in one of them."
        there = {"TUITRACK_DATABASE": address}
        assert shell("list", environ=there).stdout == listed
        assert "holds a desk already" in shell("move", "--to", address, code=2).stderr
        back = shell("move", "--to", file, environ=there).stdout.splitlines()
    assert back[0].split("SHA-256")[1] == told[0].split("SHA-256")[1]
    assert shell("list", environ={"TUITRACK_HOME": str(file.parent)}).stdout == listed


def test_what_is_no_address_of_a_server_is_refused(tmp_path: Path) -> None:
    refused = Shell(tmp_path / "home")("move", "--to", "mysql://desk@host/complaints", code=2).stderr
    assert "must be an address such as postgresql://" in refused
