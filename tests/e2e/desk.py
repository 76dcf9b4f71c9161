"""tuitrack as a person starts it, on a home of its own, and the same database looked into through the services."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.e2e.terminal import Terminal
from tuitrack.bootstrap import open_database
from tuitrack.domain.case import Case
from tuitrack.domain.queue import QueueQuery, Sort
from tuitrack.domain.words import Role
from tuitrack.paths import find_paths
from tuitrack.services.bundle import Services
from tuitrack.services.casefile import CaseFile
from tuitrack.services.desk import Desk
from tuitrack.services.signing_in import handle_of, join
from tuitrack.settings import Settings, load
from tuitrack.storage.store import SqlStore

ROOT = Path(__file__).parents[2]
ZONE = "Europe/Zagreb"
AGENT = "Ana"
COMMAND = [sys.executable, "-m", "tuitrack"]
REFERENCE = re.compile(r"C\d\d-\d{6}-\d")
QUEUE = "Search"
"""What only the queue shows."""


def environment(home: Path, **changed: str) -> dict[str, str]:
    """The environment of a desk whose every file is under `home`."""
    own = {"TUITRACK_HOME": str(home), "TUITRACK_AGENT": AGENT, "TZ": ZONE, "LANG": "C.UTF-8", "HOME": str(home)}
    return own | {"PYTHONPATH": os.fspath(ROOT), "PATH": os.environ.get("PATH", os.defpath)} | changed


def start(home: Path, cols: int = 80, rows: int = 24, **changed: str) -> Terminal:
    """A terminal with tuitrack in it; `changed` are other variables of its environment."""
    home.mkdir(exist_ok=True)
    return Terminal(COMMAND, cols, rows, environment(home, **changed), cwd=home)


def join_desk(store: SqlStore, *names: str) -> None:
    """Let agents join who are not there yet; the one of these tests came first and administers the desk."""
    with store.reading() as reader:
        known = {agent.handle for agent in reader.agents()}
    for name in (AGENT, *names):
        if handle_of(name) not in known:
            known.add(handle_of(name))
            join(store, name, datetime.now(UTC), Role.ADMINISTRATOR if name == AGENT else Role.SUPERVISOR)


@contextmanager
def looking_in(home: Path, agent: str = AGENT, days_ago: int = 0) -> Iterator[Services]:
    """The services over the same database, as `agent`, on an earlier day where that is asked."""
    paths = find_paths({"TUITRACK_HOME": str(home)})
    with closing(open_database(paths, load(paths, {}))) as store:
        yield services_over(store, agent, days_ago)


def services_over(store: SqlStore, agent: str = AGENT, days_ago: int = 0) -> Services:
    """The same over a database that is open."""

    def clock() -> datetime:
        return datetime.now(UTC) - timedelta(days=days_ago)

    join_desk(store, agent)
    settings = Settings(agent=agent, time_zone=ZONE)
    return Services(Desk(store=store, agent=handle_of(agent), settings=settings, clock=clock))


def stored(home: Path, reference: str) -> CaseFile:
    """Everything that is stored about a case."""
    with looking_in(home) as services:
        found = services.queue.go_to(reference).case
        assert found is not None
        return services.casefile.open(found.id)


def take(services: Services, name: str, subject: str, **fields: Any) -> Case:
    """Store a case as intake does, received just now, with a date for getting back tomorrow."""
    now = services.desk.now()
    told = {"customer": {"name": name, "phones": ("091 234 5678",)}, "subject": subject, "received_at": now}
    if "no_return_reason" not in fields:
        told["return_at"] = now + timedelta(days=1)
    return services.intake.take(told | fields)


def order_by(desk: Terminal, order: Sort) -> None:
    """Go through the orders of a queue without a search to the one that is wanted."""
    orders: list[Sort] = [one for one in Sort if one not in (Sort.DUE, Sort.BEST)]
    desk.press(*"s" * ((orders.index(order) - orders.index(QueueQuery().sort)) % len(orders)))
    desk.wait_for(f"Order: {order.label}")


def quit_from_queue(desk: Terminal) -> None:
    """Leave the program by its key."""
    desk.wait_for(QUEUE)
    desk.press("q")
    assert desk.wait_exit() == 0
