"""R15: copies made while people write hold everything that was acknowledged before, and can be put back."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random

from tests.e2e.desk import looking_in
from tests.faults.told import Told
from tests.faults.writers import Writer, checked, heard, make_desk
from tuitrack.storage.backup import back_up, restore

CASES = 20
BETWEEN = 5
"""Calls acknowledged to a writer from one copy to the next."""


def run(home: Path, *, writers: int, copies: int, seed: int = 1) -> Told:
    """Make so many copies under so many writers, then put the last one back."""
    make_desk(home, CASES)
    database, kept = home / "tuitrack.db", home.parent / "kept"
    kept.mkdir()
    random = Random(seed)
    at_work = [Writer(home, number, CASES, seed) for number in range(writers)]
    made, missing, longest, until_next = 0, 0, 0.0, BETWEEN * writers
    acked: set[str] = set()
    for writer in heard(at_work, random):
        until_next -= writer.read()
        if until_next > 0:
            continue
        acked = {one.key for writer in at_work for one in writer.said if one.what == "stored"}
        began = time.perf_counter()
        copy = kept / f"{made}.db"
        size = back_up(database, copy, lambda share: None).size
        longest, made, until_next = max(longest, time.perf_counter() - began), made + 1, BETWEEN * writers
        if made == copies:
            break
    for writer in at_work:
        writer.kill()
    waits = [one.ms for writer in at_work for one in writer.said if one.what == "stored"]
    said = [one for writer in at_work for one in writer.said]
    _, broken = checked(home, said, CASES)
    restore(database, copy, home / "backups")
    with looking_in(home) as services:
        db = services.desk.store.db  # type: ignore[attr-defined]
        found = {key for (key,) in db.execute_sql("SELECT key FROM receipt")}
    missing = len(acked - found)
    figures = {
        "copies": made,
        "size, MB": round(size / 1e6, 1),
        "longest, ms": round(1000 * longest),
        "worst wait of a writer, ms": max(waits),
        "missing after it was put back": missing,
    }
    lacks = (f"{missing} missing",) if missing else ()
    return Told(f"R15: backup under {writers} writers", figures, (*broken, *lacks))
