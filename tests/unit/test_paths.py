"""Where things are kept, and that asking makes nothing."""

from __future__ import annotations

from pathlib import Path

from tuitrack.paths import find_paths


def test_everything_lies_under_the_home_that_is_set(tmp_path: Path) -> None:
    home = tmp_path / "desk"
    paths = find_paths({"TUITRACK_HOME": str(home)})
    assert paths.database == home / "tuitrack.db"
    assert paths.config == home / "config.toml"
    assert paths.keys == home / "keys.toml"
    assert {paths.keys.parent, paths.backups.parent, paths.reports.parent} == {home}
    assert not home.exists()


def test_a_relative_home_is_made_absolute() -> None:
    assert find_paths({"TUITRACK_HOME": "desk"}).database == Path.cwd() / "desk" / "tuitrack.db"


def test_without_a_home_the_systems_folders_are_named_for_the_program() -> None:
    for environ in ({}, {"TUITRACK_HOME": ""}):
        paths = find_paths(environ)
        assert paths.database.is_absolute()
        assert paths.database.parent.name == "tuitrack"
        assert "tuitrack" in paths.config.parts
