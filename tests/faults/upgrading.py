"""R16: a migration that is killed at any step, or begun by many at once, leaves the old shape or the new one whole."""

from __future__ import annotations

import os
import shutil
import signal
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

from tests.e2e.desk import looking_in, take
from tests.faults.places import opened, whole
from tests.faults.told import Told
from tests.faults.writers import forked
from tuitrack.domain.errors import StoreFault
from tuitrack.services.bundle import Services
from tuitrack.storage.schema import MIGRATIONS, newest_version

CASES = 10
HOSTS = 8
"""So many programs bring the database up to date at one moment."""
STEPS = 40
MIGRATION = f"""
import os

def up(migrator, db):
    db.execute_sql("ALTER TABLE cases ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'")
    for number in range({STEPS}):
        os.write(int(os.environ["STEPS_TO"]), b"x")
        db.execute_sql(f"CREATE TABLE step_{{number}} AS SELECT * FROM entry")
        db.execute_sql("UPDATE cases SET colour = colour || ?", (number,))
"""


def run(home: Path, *, kills: int, seed: int = 1) -> Told:
    """Kill so many programs while they bring the database up to date; one that was open before is told."""
    newer = home.parent / "migrations"
    shutil.copytree(MIGRATIONS, newer)
    (newer / f"{newest_version(MIGRATIONS) + 1:04}_slow.py").write_text(MIGRATION)
    with looking_in(home) as services:
        for number in range(CASES):
            take(services, f"Customer {number}", f"Complaint {number}")
        before = counted(services.desk.store)
    random, wrong = Random(seed), []
    for _ in range(kills):
        kill_inside(home, newer, random.randint(1, STEPS))
        with looking_in(home) as services:
            if counted(services.desk.store) != before:
                wrong.append("rows lost or torn")
    with looking_in(home) as services:
        failed = upgrade_at_once(home, newer)
        refused = is_told(services)
    if failed:
        wrong.append(f"{failed} that upgraded at once failed")
    with closing(opened(home, newer)) as store:
        if counted(store) != before:
            wrong.append("rows lost by the upgrade")
    if not refused:
        wrong.append("an old program went on")
    figures = {
        "kills inside a migration": kills,
        "upgraded at once by": HOSTS,
        "rows lost": len(wrong),
        "old program told": refused,
    }
    return Told("R16: upgrade", figures, tuple(wrong))


def kill_inside(home: Path, newer: Path, step: int) -> None:
    """Kill a program when its migration has come to a step."""
    output, into = os.pipe()
    os.environ["STEPS_TO"] = str(into)
    pid = forked(lambda: upgrade(home, newer))
    os.close(into)
    while step > 0 and (seen := os.read(output, step)):
        step -= len(seen)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(output)


def upgrade(home: Path, newer: Path) -> None:
    """Open the database with the newer program."""
    opened(home, newer).close()


def upgrade_at_once(home: Path, newer: Path) -> int:
    """Let several programs begin that at one moment; returns how many of them failed."""
    waiting, go = os.pipe()

    def begin() -> None:
        os.close(go)
        os.read(waiting, 1)
        upgrade(home, newer)

    with open(os.devnull, "wb") as unheard:
        os.environ["STEPS_TO"] = str(unheard.fileno())
        pids = [forked(begin) for _ in range(HOSTS)]
        os.close(go)
        ended = [os.waitpid(pid, 0)[1] for pid in pids]
    os.close(waiting)
    return sum(code != 0 for code in ended)


def is_told(services: Services) -> bool:
    """Whether a program that was open during the upgrade is told so when it wants to write."""
    try:
        services.casework.add_note(1, {"text": "by the old program"})
    except StoreFault as fault:
        return "by a newer tuitrack" in fault.sentence
    return False


def counted(store: Any) -> list[Any]:
    """The rows of the tables that matter, and whether the database is whole."""
    tables = ("cases", "customer", "entry", "change", "promise", "agent")
    return [*(store.db.execute_sql(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in tables), whole(store)]
