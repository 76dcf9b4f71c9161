"""Many sessions that log a call every few seconds and look at the queue as it changes, beside one session alone."""

from __future__ import annotations

import time
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier, Lock
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.bench import Bench, copy_of
from benchmarks.desk import open_desk
from benchmarks.figures import NO_BAR, Bar, Figure, Sample, figures
from tuitrack.domain.errors import TuitrackError
from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.words import CallPurpose, Direction
from tuitrack.services.casework import CaseworkService
from tuitrack.services.queue import QueueService

SESSIONS = 50
EVERY_S = 10.0
"""How long a session works between two calls."""
ROUND_S = 20.0
_CASES = 1000
_MARK = "said together"
_LOOKS_EVERY_S = 1.0
_SAVED, _SLOWEST, _ERRORS, _LOST = "one save, ms", "the slowest in a hundred, ms", "errors", "lost"
BARS = {_SAVED: NO_BAR, _SLOWEST: Bar(3, percent=99), _ERRORS: Bar(1), _LOST: Bar(1)}
"""What each of the figures may be beside one session alone."""
_CALL = {"direction": Direction.INBOUND, "purpose": CallPurpose.STATUS}


def measure(bench: Bench) -> list[Figure]:
    """What a save takes in each session, and whether every one was stored; the sessions are processes of their own."""
    subject = f"{SESSIONS} sessions, each logging a call every {EVERY_S:.0f} s and refreshing"
    samples = []
    for number in range(bench.rounds):
        with copy_of(bench.small) as home:
            ours = work_together(home, SESSIONS, EVERY_S, number)
        with copy_of(bench.small) as home:
            # As many saves in all, so that a percentile of them means as much.
            theirs = work_together(home, 1, EVERY_S / SESSIONS, number)
        samples.append((ours, theirs))
    return figures(subject, "one session alone", samples, BARS)


def work_together(home: Path, sessions: int, every_s: float, seed: int) -> Sample:
    """Let so many sessions work for a round, which begins when all are there."""
    import tuitrack.domain.drafts.entries  # noqa: F401 - once for all sessions, which are made of this process

    forking = get_context("fork")
    together, turn, answers = forking.Barrier(sessions), forking.Lock(), forking.SimpleQueue()
    names = [f"{seed}-{number}" for number in range(sessions)]
    at_work = [forking.Process(target=_work, args=(home, every_s, name, together, turn, answers)) for name in names]
    for one in at_work:
        one.start()
    told: list[tuple[list[float], int]] = [answers.get() for _ in at_work]
    for one in at_work:
        one.join()
    saved = [ms for one, _ in told for ms in one]
    return {
        _SAVED: saved,
        _SLOWEST: saved,
        _ERRORS: [sum(errors for _, errors in told)],
        _LOST: [_lost(home, len(saved))],
    }


def _work(home: Path, every_s: float, name: str, together: Barrier, turn: Lock, answers: SimpleQueue[Any]) -> None:
    """One session: calls at moments by chance, so many apart on average, and the queue whenever something changed."""
    saved: list[float] = []
    random, errors = Random(name), 0
    desk = open_desk(home)
    casework, queue = CaseworkService(desk), QueueService(desk)
    # The first of each loads what all later ones use, as it does once in a shift, and nowhere 50 times at one moment.
    with turn:
        queue.page(QueueQuery())
        casework.log_call(1, _CALL)
    together.wait()
    begun = time.monotonic()
    next_call, next_look, seen = random.uniform(0, every_s), 0.0, desk.store.news()
    while (now := time.monotonic() - begun) < ROUND_S:
        if now >= next_call:
            started = time.perf_counter()
            try:
                casework.log_call(random.randint(1, _CASES), _CALL | {"note": _MARK})
                saved.append(1000 * (time.perf_counter() - started))
            except TuitrackError:
                errors += 1
            next_call += random.uniform(0.5, 1.5) * every_s
        elif now >= next_look:
            if desk.store.stirred() and (news := desk.store.news()) != seen:
                seen = news
                queue.page(QueueQuery())
            next_look = now + _LOOKS_EVERY_S
        else:
            time.sleep(max(0.0, min(next_call, next_look) - now))
    desk.store.close()
    answers.put((saved, errors))


def _lost(home: Path, saved: int) -> int:
    """How many calls are not there of those that were said to be stored."""
    desk = open_desk(home)
    with desk.store.reading() as reader:
        entries = (entry for case_id in range(1, _CASES + 1) for entry in reader.timeline(case_id, 1000))
        stored = sum(entry.body == _MARK for entry in entries)
    desk.store.close()
    return saved - stored
