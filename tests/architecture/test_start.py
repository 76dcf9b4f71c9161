"""What the program loads until its first rows are there; a list of modules is steadier than a time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tuitrack.bootstrap import open_desk
from tuitrack.paths import find_paths

START = """
import os, sys
from tuitrack.bootstrap import open_desk
from tuitrack.domain.queue import QueueQuery
from tuitrack.paths import find_paths
from tuitrack.services.bundle import Services
import tuitrack.tui.app
services = Services(open_desk(find_paths(os.environ)))
services.preferences.theme()
services.queue.page(QueueQuery())
print(*sys.modules)
"""
NOT_YET = {
    *("click", "phonenumbers", "pydantic", "psycopg", "psycopg2", "ssl", "_hashlib"),
    *("playhouse.migrations", "playhouse.migrate", "sqlite3", "tomllib"),
    *(
        f"tuitrack.domain.{name}"
        for name in ("case", "change", "dates", "keeping", "permissions", "reference", "timeline", "workload")
    ),
    *(f"tuitrack.domain.query.{name}" for name in ("complete", "describe", "parser", "why")),
    *("tuitrack.services.ports", "tuitrack.services.rights"),
    *("tuitrack.demo", "tuitrack.exchange", "tuitrack.storage.writer"),
    *(f"tuitrack.storage.tables.{name}" for name in ("changes", "desk", "handovers", "records")),
    *(
        f"tuitrack.services.{name}"
        for name in (
            "agents",
            "casefile",
            "casework",
            "ports",
            "rights",
            "bulk",
            "changing",
            "closure",
            "drafts",
            "texts",
            "undo",
        )
    ),
    *(
        f"tuitrack.tui.{name}"
        for name in ("form", "keymap", "bulk", "preview", "screens.bulk", "screens.case", "screens.help")
    ),
}
"""What a queue is shown without; each took milliseconds of every start."""


def test_the_first_rows_are_there_before_anything_else_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUITRACK_HOME", str(tmp_path))
    # Makes the database and enters the agent, which a start as nearly all are finds done.
    open_desk(find_paths(os.environ)).store.close()
    done = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert sorted(NOT_YET & set(done.stdout.split())) == []
