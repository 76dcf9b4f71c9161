"""The rooms keep apart: by the import contracts, and by what is really loaded when a room is imported."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
SERVER = CHECKOUT / "tuitrack" / "storage" / "postgresql"
SCREENS = {"textual", "rich"}
DATABASE = {"peewee", "playhouse", "apsw", "cysqlite", "psycopg"}
LATE = {"pydantic", "click", "holidays"}

STRANGERS = {
    "domain": SCREENS | DATABASE | LATE | {"platformdirs"},
    "services": SCREENS | DATABASE | LATE | {"platformdirs"},
    "exchange": SCREENS | DATABASE | LATE,
    "demo": SCREENS | DATABASE | LATE,
    "storage": SCREENS | LATE | {"cysqlite", "psycopg"},
    "storage/postgresql": SCREENS | LATE | {"cysqlite", "sqlite3"},
    "tui": DATABASE | LATE,
    "lean.py": SCREENS | DATABASE | LATE,
    "paths.py": SCREENS | DATABASE | LATE | {"platformdirs"},
    "settings.py": SCREENS | DATABASE | LATE,
    "terminal_check.py": SCREENS | DATABASE | LATE,
    "bootstrap.py": SCREENS | LATE,
    "health.py": SCREENS | LATE,
    "cli.py": SCREENS | DATABASE | LATE,
    "commands": SCREENS | {"pydantic"},
    "commands/__init__.py": SCREENS | DATABASE | {"pydantic"},
    "commands/output.py": SCREENS | DATABASE | {"pydantic"},
}
"""What may not be loaded by importing every module of a room."""

DRAFTS = CHECKOUT / "tuitrack" / "domain" / "drafts"
"""What loads Pydantic, and is loaded when something is saved."""


def modules_of(room: str) -> list[str]:
    place = CHECKOUT / "tuitrack" / room
    files = [place] if place.is_file() else sorted(place.rglob("*.py"))
    # What is loaded for a desk on a server alone is watched by itself.
    files = [file for file in files if file.is_relative_to(SERVER) <= place.is_relative_to(SERVER)]
    files = [file for file in files if not file.is_relative_to(DRAFTS)]
    names = [".".join(file.relative_to(CHECKOUT).with_suffix("").parts) for file in files]
    return [name.removesuffix(".__init__") for name in names]


def test_the_import_contracts_hold() -> None:
    linter = Path(sysconfig.get_path("scripts")) / "lint-imports"
    done = subprocess.run([linter, "--no-cache"], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("room", STRANGERS)
def test_importing_a_room_loads_no_stranger(room: str) -> None:
    modules = modules_of(room)
    assert modules
    script = (
        f"import importlib, sys; [importlib.import_module(name) for name in {modules!r}]; "
        f"print(*sorted({STRANGERS[room]!r} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("", "")


def test_every_room_is_watched() -> None:
    rooms = {place.name for place in (CHECKOUT / "tuitrack").iterdir()}
    assert rooms - {"__init__.py", "__main__.py", "__pycache__", "py.typed"} == {
        room.partition("/")[0] for room in STRANGERS
    }
