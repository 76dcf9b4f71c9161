"""A desk with as many cases as wanted, stored straight through the port, for making each by hand takes too long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.made_up import BEGINNING, KINDS, MadeUp, colleagues
from tuitrack.bootstrap import open_database
from tuitrack.domain.reference import Reference
from tuitrack.paths import find_paths
from tuitrack.services.desk import Desk
from tuitrack.services.signing_in import sign_in
from tuitrack.settings import Settings, load

AGENT = "Benchmark Agent"
"""Whose desk it is."""
FIRST_REFERENCE = str(Reference("C", BEGINNING.year, 1))
"""What stands in the first row of the queue, however many cases there are."""
_COLLEAGUES = 39
_AT_ONCE = 2_000


def open_desk(folder: Path) -> Desk:
    """The desk over the database of a home folder, made where there is none, or over that which its settings name."""
    environ = {"TUITRACK_HOME": str(folder), "TUITRACK_AGENT": AGENT}
    paths = find_paths(environ)
    store = open_database(paths, load(paths, environ))
    agent = sign_in(store, AGENT, datetime.now(UTC))
    return Desk(store, agent.handle, Settings(agent=AGENT), lambda: datetime.now(UTC))


def fill(desk: Desk, cases: int, on_progress: Callable[[int], None] = lambda done: None) -> None:
    """Store that many cases at an empty desk, in memory that does not grow; `on_progress` hears how many there are."""
    others = colleagues(_COLLEAGUES)
    made_up = MadeUp(cases, [desk.agent, *(agent.handle for agent in others)], desk.clock())
    with desk.store.writing() as writer:
        for agent in others:
            writer.put_agent(agent)
    for first in range(1, cases + 1, _AT_ONCE):
        numbers = range(first, min(first + _AT_ONCE, cases + 1))
        with desk.store.writing() as writer:
            records = list(made_up.records(writer, numbers))
            for kind in KINDS:
                writer.add_all(record for record in records if isinstance(record, kind))
        on_progress(numbers[-1])
