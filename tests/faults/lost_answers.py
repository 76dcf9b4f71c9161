"""R4: of every write the answer is lost, or the line before it, and whatever was asked for is stored once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from tests.fakes import MemoryStore
from tests.faults.told import Told
from tests.faults.writes import WAYS, Scene, Way, scene
from tuitrack.domain.errors import NotKnown, Unreachable
from tuitrack.services.bundle import Services
from tuitrack.services.patience import Patience
from tuitrack.services.ports import Reader, Store, Writer

STORED, NOT_STORED, LINE = "its answer is lost", "it is lost with its answer", "the line is lost in the middle"
FAULTS: Sequence[Sequence[str]] = ((STORED,), (NOT_STORED,), (LINE,), (STORED, LINE), (NOT_STORED, LINE, LINE))
"""What befalls one write transaction after the other."""


class LossyStore:
    """A store over a line that is lost at certain transactions."""

    def __init__(self, store: Store, faults: Sequence[str]) -> None:
        self._store = store
        self._faults = list(faults)

    def reading(self, as_of: datetime | None = None) -> AbstractContextManager[Reader]:
        """A look at the data, which goes well."""
        return self._store.reading(as_of)

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """A transaction, and what befalls it."""
        fault = self._faults.pop(0) if self._faults else ""
        try:
            with self._store.writing() as writer:
                yield writer
                if fault in (NOT_STORED, LINE):
                    raise Unreachable("It does not answer. Nothing was stored.")
        except Unreachable as lost:
            if fault == LINE:
                raise
            raise NotKnown("It was lost while it stored this.", lost.sentence) from lost
        if fault == STORED:
            raise NotKnown("It was lost while it stored this.", "Nothing was stored.")


def written(way: Way, store: Store, faults: Sequence[str] = ()) -> Scene:
    """Write in one way over a line with faults, as a screen does; returns the desk then."""
    at = scene(store)
    way.before(at)
    lossy: Any = LossyStore(store, faults)
    patience = Patience((0.0, 0.0, 0.0))
    who = Services(replace(at.world.ana.desk, store=lossy, patience=patience))
    patience.ask(lambda: way.write(who, at))
    return at


def run() -> Told:
    """Lose every write in every way, and compare the desk with one on which nothing was lost."""
    wrong, tries = [], 0
    for name, way in WAYS.items():
        expected = kept(written(way, MemoryStore()))
        for faults in FAULTS:
            tries += 1
            try:
                found = kept(written(way, MemoryStore(), faults))
            except Unreachable as lost:
                wrong.append(f"{name}, {faults}: {lost.sentence}")
                continue
            if found != expected:
                wrong.append(f"{name}, {faults}: stored otherwise")
    return Told("R4: what is lost on its way is stored once", {"writes": len(WAYS), "lost": tries}, tuple(wrong))


def kept(at: Scene) -> list[Any]:
    """All that a desk keeps, but for names that are made by chance."""
    assert isinstance(at.world.store, MemoryStore)
    data = at.world.store.data
    present = [replace(one, session="") for one in data.presences.values()]
    return [data.records, data.last_ids, data.sequences, data.agents, data.drafts, data.preferences, present, data.news]
