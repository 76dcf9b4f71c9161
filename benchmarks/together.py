"""Many sessions over one database: how soon each shows what another one stores, and what it costs to have them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from benchmarks.bench import Bench, copy_of
from benchmarks.desk import FIRST_REFERENCE, open_desk
from benchmarks.figures import NO_BAR, Bar, Figure, Sample, compare, figures
from benchmarks.program import Program
from tuitrack.domain.words import Priority
from tuitrack.services.casework import CaseworkService
from tuitrack.services.desk import Desk

SESSIONS = 50
_FURTHER = 9
"""So many are started beside a first one, to see what each holds that they do not share."""
_CHANGES = 5
_WATCHED_S = 6.0
_REST_S = 10.0
_SEEN, _SHOWN, _AT_REST = "until it is seen, ms", "processor time for it, ms", "at rest, % of a processor"
MOST = {_SEEN: [1000.0], _SHOWN: [0.0], _AT_REST: [0.5]}
"""What each of the figures may be."""
BARS = {_SEEN: Bar(1.0, percent=95), _SHOWN: NO_BAR, _AT_REST: Bar(1.0)}


def measure(bench: Bench) -> list[Figure]:
    """From the end of a transaction until its case reads anew on every screen, and what a session takes meanwhile."""
    with copy_of(bench.small) as home:
        ours = seen_by_others(bench, home)
    subject = f"{SESSIONS} sessions at {bench.few:,} cases, the queue before them, and a change by another one"
    return [*figures(subject, "what it may take", [(ours, MOST)], BARS), *_memory(bench)]


def _memory(bench: Bench) -> list[Figure]:
    """What a session takes more beside others, with which it shares what the system has loaded once for all."""
    return compare(
        "A further session beside others",
        "a further Textual app with one line of text beside others",
        lambda: _further(lambda: bench.tuitrack(bench.small)),
        lambda: _further(lambda: bench.yardstick("bare")),
        1,
        {"memory (PSS), MB": Bar(1.3)},
    )


def _further(start: Callable[[], Program]) -> Sample:
    with ExitStack() as opened:
        programs = [opened.enter_context(start())]
        programs[0].start()
        alone = programs[0].memory_mb()
        for _ in range(_FURTHER):
            programs.append(opened.enter_context(start()))
            programs[-1].start()
        together = sum(program.memory_mb() for program in programs)
    return {"memory (PSS), MB": [(together - alone) / _FURTHER]}


def seen_by_others(bench: Bench, home: Path) -> Sample:
    """What many sessions at a desk take until each shows a change, and while nothing happens."""
    desk = open_desk(home)
    with ExitStack() as opened, ThreadPoolExecutor(SESSIONS) as pool:
        programs = [opened.enter_context(bench.tuitrack(home)) for _ in range(SESSIONS)]
        list(pool.map(Program.start, programs))
        at_rest = _percent(programs, pool, _REST_S)
        before = [program.cpu_ms() for program in programs]
        seen = [ms for number in range(_CHANGES) for ms in _seen_ms(desk, programs, pool, number)]
        shown = [(program.cpu_ms() - start) / _CHANGES for program, start in zip(programs, before, strict=True)]
    desk.store.close()
    return {_SEEN: seen, _AT_REST: at_rest, _SHOWN: shown}


def _percent(programs: Sequence[Program], pool: ThreadPoolExecutor, seconds: float) -> list[float]:
    """How much of a processor each program takes while nobody does anything."""
    before = [program.cpu_ms() for program in programs]
    list(pool.map(lambda program: program.watch(seconds), programs))
    spent = [program.cpu_ms() - start for program, start in zip(programs, before, strict=True)]
    return [ms / (seconds * 1000) * 100 for ms in spent]


def _seen_ms(desk: Desk, programs: Sequence[Program], pool: ThreadPoolExecutor, number: int) -> list[float]:
    """How long after a change each program shows it."""
    words = f"Change {number}"
    watching = [pool.submit(program.watch, _WATCHED_S) for program in programs]
    time.sleep(0.1)
    stored_at = _change(desk, words)
    answers = [watch.result() for watch in watching]
    return [(answer.asked_at - stored_at) * 1000 + answer.shown_ms(words) for answer in answers]


def _change(desk: Desk, words: str) -> float:
    """Give the first case another subject; returns when that was stored."""
    with desk.store.reading() as reader:
        case = reader.case_by_reference(FIRST_REFERENCE)
    assert case is not None
    values = {"subject": words, "priority": Priority.NORMAL, "likely_to_leave": False}
    CaseworkService(desk).edit(case.id, values, case.version)
    return time.perf_counter()
