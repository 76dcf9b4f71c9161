"""Writers as processes of their own: each logs calls by the real services and says outside the database how that went.

What a writer says goes through a pipe, line by line, and stays there when the writer is killed.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.e2e.desk import AGENT, looking_in, take
from tests.faults.places import whole
from tuitrack.domain.errors import StoredAlready, StoreFault, Unreachable
from tuitrack.domain.words import CallPurpose, Direction
from tuitrack.services.once import stored_once
from tuitrack.services.patience import AGAIN_AFTER_S
from tuitrack.storage.store import SqlStore

LOST_ANSWERS = 0.1
"""The share of stored calls whose answer is dropped, so that the writer tries again."""


class Said(NamedTuple):
    """One line of a writer."""

    what: str
    """`tries`, `stored`, `again` where it had been stored before, `refused`, or `dropped` for an answer not heard."""
    key: str
    ms: int
    """How long the answer took."""
    at: float
    """When that was said, by the clock that all processes have in common."""

    @property
    def is_acknowledged(self) -> bool:
        """Whether the writer knows that the call is stored."""
        return self.what in ("stored", "again")


def make_desk(home: Path, cases: int) -> None:
    """A desk with some cases."""
    with looking_in(home) as services:
        for number in range(cases):
            take(services, f"Customer {number}", f"Complaint {number}")


def forked(work: Callable[[], object]) -> int:
    """Do something in a process of its own, which has no open database of this one; returns its id."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        work()
        code = 0
    except BaseException:
        traceback.print_exc(file=sys.stderr)
    finally:
        os._exit(code)


class Writer:
    """A process that logs calls until it is ended; started again, it goes on with what it had no answer to."""

    def __init__(self, home: Path, number: int, cases: int, seed: int) -> None:
        self.number = number
        self.said: list[Said] = []
        self._home = home
        self._cases = cases
        self._random = Random(f"{seed}-{number}")
        self._unread = b""
        self.start()

    def start(self) -> None:
        """Begin, or begin again after the end."""
        self.output, into = os.pipe()
        pending = self.said[-1].key if self.said and self.said[-1].what in ("tries", "dropped") else ""
        next_one = len({one.key for one in self.said})
        seed = self._random.random()

        def work() -> None:
            os.close(self.output)
            log_calls(self._home, into, self._cases, f"{self.number}", next_one, pending, Random(seed))

        self.pid = forked(work)
        os.close(into)

    def read(self) -> int:
        """Take in what was said meanwhile; returns how many calls were acknowledged."""
        known = len(self.said)
        self._take_in()
        return sum(one.is_acknowledged for one in self.said[known:])

    def _take_in(self) -> bool:
        """Read once; returns whether there may be more."""
        self._unread += (data := os.read(self.output, 65_536))
        *lines, self._unread = self._unread.split(b"\n")
        for line in lines:
            what, key, ms, at = line.decode().split(" ")
            self.said.append(Said(what, key, int(ms), float(at)))
        return bool(data)

    def kill(self) -> None:
        """Kill it, and take in what it had still said."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        while self._take_in():
            pass
        os.close(self.output)
        self._unread = b""


def set_to_work(home: Path, writers: int, cases: int, seed: int) -> list[Writer]:
    """So many writers, each of which has begun to write."""
    at_work = [Writer(home, number, cases, seed) for number in range(writers)]
    for writer in at_work:
        while not writer.said:
            writer.read()
    return at_work


def log_calls(home: Path, output: int, cases: int, name: str, number: int, pending: str, random: Random) -> None:
    """Log calls on random cases for ever, each under a key, and say what became of each."""

    def say(what: str, ms: float = 0) -> None:
        os.write(output, f"{what} {key} {ms:.0f} {time.monotonic()}\n".encode())

    with looking_in(home) as services:
        while True:
            key, is_first_try = pending or f"{name}-{number}", not pending
            number += not pending
            pending = ""
            call = {"direction": Direction.INBOUND, "purpose": CallPurpose.UPDATE, "note": key}
            say("tries")
            began = time.perf_counter()
            try:
                with stored_once(key):
                    services.casework.log_call(random.randint(1, cases), call)
            except StoredAlready:
                say("again")
            except StoreFault as fault:
                # What was tried before may be stored, or a lost database did not say: only the next answer tells.
                is_refused = is_first_try and "nothing was stored" in fault.sentence.lower()
                pending = "" if is_refused else key
                say("refused" if is_refused else "tries")
                if isinstance(fault, Unreachable):
                    time.sleep(AGAIN_AFTER_S[0])
            else:
                if random.random() < LOST_ANSWERS:
                    pending = key
                    say("dropped")
                else:
                    say("stored", 1000 * (time.perf_counter() - began))


def heard(writers: list[Writer], random: Random) -> Iterator[Writer]:
    """Whoever has said something, one after the other; who is killed and started again is heard again."""
    while True:
        of_output = {writer.output: writer for writer in writers}
        ears = select.poll()
        for output in of_output:
            ears.register(output, select.POLLIN)
        output, event = random.choice(ears.poll())
        assert event & select.POLLIN, "a writer ended by itself"
        yield of_output[output]


def checked(home: Path, said: list[Said], cases: int) -> tuple[dict[str, object], tuple[str, ...]]:
    """What the database holds of what the writers said, as figures, and what is wrong with it."""
    last = {one.key: one for one in said}
    with looking_in(home, AGENT) as services:
        store: SqlStore = services.desk.store  # type: ignore[assignment]
        found = Counter(key for (key,) in store.db.execute_sql("SELECT key FROM receipt") if key in last)
        calls = store.db.execute_sql("SELECT body FROM entry WHERE kind = 'call' AND body != ''")
        told = Counter(body for (body,) in calls)
        versions = list(_versions(store, cases))
        by, damage = whole(store)
    acked = {key for key, one in last.items() if one.is_acknowledged}
    refused = {key for key, one in last.items() if one.what == "refused"}
    broken = {
        "lost": sum(found[key] == 0 for key in acked),
        "doubled": sum(count > 1 for count in (*found.values(), *(told[key] for key in found))),
        "torn": sum(told[key] != 1 for key in found),
        "refused but stored": sum(found[key] for key in refused),
        "out of order": sum(of_case != list(range(1, len(of_case) + 1)) for of_case in versions),
    }
    wrong = tuple(f"{name} {count}" for name, count in broken.items() if count)
    figures: dict[str, object] = {"acknowledged": len(acked), "refused": len(refused), **broken}
    return figures | {"whole by": by}, (*wrong, *damage)


def without_losses(broken: tuple[str, ...]) -> tuple[str, ...]:
    """What is wrong where the last that was acknowledged may be lost."""
    return tuple(one for one in broken if not one.startswith("lost "))


def _versions(store: SqlStore, cases: int) -> Iterator[list[int]]:
    """The versions of each case, in the order of its timeline."""
    for case_id in range(1, cases + 1):
        entries = store.db.execute_sql("SELECT version FROM entry WHERE case_id = ? ORDER BY id", (case_id,))
        yield [version for (version,), _ in groupby(entries)]
