"""Processes that do the same to one case at the same moment: exactly one does it, and the others hear who did."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.builders import an_agent
from tests.unit.services.world import World
from tuitrack.domain.words import Outcome
from tuitrack.storage.store import open_store

CHECKOUT = Path(__file__).parents[2]
AGENTS = ("ana", "luka", "mira", "ivo")

TRY = """
import sys
from pathlib import Path
from tests.builders import an_agent
from tests.unit.services.world import World
from tuitrack.domain.errors import Conflict, NotFound
from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.words import Outcome
from tuitrack.services.bundle import Services
from tuitrack.storage.store import open_store
path, agent, seen = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
services = World(open_store(path, path.parent / "backups")).services_of(agent)
print("ready", flush=True)
sys.stdin.readline()
try:
    {what}
except (Conflict, NotFound) as refusal:
    print("no:", refusal.sentence)
else:
    print("yes")
"""

NEXT = TRY.replace("{what}", "taken = services.casework.take_next(QueueQuery())").replace('"yes"', "taken.reference")
TAKE = "services.casework.take(1, seen)"
CLOSE = 'services.closure.close(1, {"outcome": Outcome.WITHDRAWN, "closing_note": "Taken back."}, seen)'
REOPEN = 'services.closure.reopen(1, "It is back.", seen)'


def tried_at_once(script: str, path: Path, seen: int) -> list[str]:
    """What each agent's process says after all of them began in the same moment."""
    tries = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(path), agent, str(seen)],
            cwd=CHECKOUT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for agent in AGENTS
    ]
    for one in tries:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in tries:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    return [one.communicate()[0].strip() for one in tries]


def test_each_of_many_takes_another_next_case(tmp_path: Path) -> None:
    path = tmp_path / "tuitrack.db"
    with closing(open_store(path, tmp_path / "backups")) as store:
        world = World(store)
        with store.writing() as writer:
            for name in AGENTS[2:]:
                writer.put_agent(an_agent(name))
        references = [world.take().reference for _ in range(3)]
        taken = tried_at_once(NEXT, path, 0)
    *got, none_left = sorted(taken)
    assert sorted(got) == references
    assert none_left == "no: Next: every open case of this list has an owner."


@pytest.mark.parametrize("what", [TAKE, CLOSE, REOPEN], ids=["take", "close", "reopen"])
def test_exactly_one_of_many_does_it(tmp_path: Path, what: str) -> None:
    path = tmp_path / "tuitrack.db"
    with closing(open_store(path, tmp_path / "backups")) as store:
        world = World(store)
        with store.writing() as writer:
            for name in AGENTS[2:]:
                writer.put_agent(an_agent(name))
        case = world.take()
        if what is not TAKE:
            case = world.resolve(case)
        if what is REOPEN:
            note = {"outcome": Outcome.WITHDRAWN, "closing_note": "Taken back."}
            case = world.ana.closure.close(case.id, note, case.version)
        script = TRY.replace("{what}", what)
        answers = tried_at_once(script, path, case.version)
        stored = world.ana.casefile.open(case.id).case
    assert sorted(answer.partition(":")[0] for answer in answers) == ["no", "no", "no", "yes"], answers
    assert all("was changed since you opened it" in answer for answer in answers if answer != "yes")
    assert stored.version == case.version + 1
