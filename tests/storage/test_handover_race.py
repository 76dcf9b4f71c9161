"""Two answers to the same item at the same moment, over connections of their own: one counts, the other is refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier

from tests.builders import NOW
from tests.unit.services.world import World
from tuitrack.domain.errors import Refusal
from tuitrack.domain.words import EntryKind
from tuitrack.services.bundle import Services
from tuitrack.storage.store import open_store


def test_only_one_of_two_answers_is_stored(tmp_path: Path) -> None:
    path, backups = tmp_path / "d" / "t.db", tmp_path / "b"
    store = open_store(path, backups)
    with closing(store):
        world = World(store)
        case = world.take()
        case = world.ana.casework.take(case.id, case.version)
        values = {"receiver": "luka", "until": NOW + timedelta(hours=30)}
        handover = world.ana.handovers.send(values, world.ana.handovers.propose(values))
        with store.reading() as reader:
            (item,) = reader.handover_items(handover.id)
        together = Barrier(2)

        def answer(agent: str) -> str:
            with closing(open_store(path, backups)) as own:
                handovers = Services(replace(world.ana.desk, store=own, agent=agent)).handovers
                together.wait(10)
                try:
                    done = handovers.accept(item.id) if agent == "luka" else handovers.take_back(item.id)
                except Refusal as refusal:
                    return refusal.sentence
                return str(done.answer)

        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(answer, ["luka", "ana"]))
        with store.reading() as reader:
            stored = reader.handover_item(item.id).answer
            told = [entry for entry in reader.timeline(case.id, 99) if entry.kind is EntryKind.HANDOVER]
    assert sorted("already" in one for one in answers) == [False, True]
    assert str(stored) in answers
    assert len(told) == 1
