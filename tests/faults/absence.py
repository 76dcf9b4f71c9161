"""R5 on a server: it stops, is killed, is another one meanwhile or is held: a sentence, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path

from tests.e2e.desk import services_over
from tests.faults.places import served
from tests.faults.told import Told
from tests.faults.writers import make_desk
from tests.postgresql_server import Server
from tuitrack.domain.errors import StoredAlready, StoreFault
from tuitrack.services.bundle import Services
from tuitrack.services.once import stored_once
from tuitrack.storage.postgresql.store import open_postgresql

WAIT_S = 0.05


@contextmanager
def stopped(server: Server) -> Iterator[None]:
    """It ends in peace, and runs again later."""
    server.stop()
    yield
    server.start()


@contextmanager
def killed(server: Server) -> Iterator[None]:
    """It is killed, and runs again later."""
    server.kill()
    yield
    server.start()


@contextmanager
def killed_before(server: Server) -> Iterator[None]:
    """It was killed and runs again, which nobody has noticed yet."""
    server.kill()
    server.start()
    yield


@contextmanager
def held(server: Server) -> Iterator[None]:
    """Another program is in the middle of a change."""
    with closing(open_postgresql(server.address())) as other, other.writing():
        yield


FAULTS: Mapping[str, tuple[Callable[[Server], AbstractContextManager[None]], str]] = {
    "stopped": (stopped, "does not answer"),
    "killed": (killed, "does not answer"),
    "killed before": (killed_before, "does not answer"),
    "held": (held, "The database is busy"),
}
"""What a write meets, and what the person is to read."""


def run(home: Path, *, times: int) -> Told:
    """Meet each fault so many times with a note, which is stored once the fault is gone."""
    told: list[str] = []
    with served(home) as server:
        make_desk(home, 1)
        with closing(open_postgresql(server.address(), busy_seconds=WAIT_S)) as store:
            services = services_over(store)
            for number in range(times * len(FAULTS)):
                fault = list(FAULTS)[number % len(FAULTS)]
                told += [f"{fault}: {sentence}" for sentence in meet(services, server, fault, number)]
            with store.reading() as reader:
                notes = [entry.body for entry in reader.timeline(1, 100_000) if entry.body.startswith("note")]
    wrong = [one for one in told if FAULTS[one.partition(":")[0]][1] not in one]
    expected = {f"note {number}" for number in range(times * len(FAULTS))}
    figures = {
        "faults met": times * len(FAULTS),
        "told by a sentence": len(told) - len(wrong),
        "text lost": len(expected - set(notes)),
        "stored twice": len(notes) - len(set(notes)),
    }
    if set(notes) != expected or len(notes) != len(expected) or len(told) != len(expected):
        wrong.append(f"{len(notes)} stored of {len(expected)}, {len(told)} told")
    return Told("R5: stopped, killed, held, PostgreSQL", figures, tuple(wrong[:1]))


def meet(services: Services, server: Server, fault: str, number: int) -> Iterator[str]:
    """Store a note under a fault, which is told of by a sentence, and again when the fault is gone."""
    brought, _ = FAULTS[fault]
    with stored_once(f"key {number}"):
        with brought(server):
            try:
                services.casework.add_note(1, {"text": f"note {number}"})
            except StoreFault as failure:
                yield failure.sentence
        with suppress(StoredAlready):
            services.casework.add_note(1, {"text": f"note {number}"})
