"""The desk on a PostgreSQL server: what is asked and stored there, beside the same by hand and the same in a file.

The processor's time, that of the program and of the server together, is what they take: on a busy machine the clock
would tell of others. Round trips come to it, each of which takes what the line to the server does.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, cast

import psycopg

from benchmarks import saving_together, together
from benchmarks.bench import Bench, copy_of
from benchmarks.desk import open_desk
from benchmarks.figures import NO_BAR, Bar, Figure, Sample, compare, figures
from benchmarks.queries import Question, questions
from benchmarks.searching import SEARCHES, typed
from benchmarks.server_desks import copy_on, home_over, kept_on, serving
from benchmarks.start import started
from benchmarks.storing import CALL, a_complaint
from benchmarks.vocabulary import ALSO_COMMON, COMMON, EVERYWHERE
from tests.postgresql_server import Server
from tests.round_trips import round_trips
from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.text import fold
from tuitrack.services.casefile import CaseFileService
from tuitrack.services.casework import CaseworkService
from tuitrack.services.desk import Desk
from tuitrack.services.intake import IntakeService
from tuitrack.services.queue import PAGE_SIZE, QueueService
from tuitrack.storage.store import SqlStore

_BY_HAND, _IN_A_FILE = "the same by hand through psycopg", "the same in a file"
_STORED_IN_A_ROUND = 20
_SPELLED = {
    "CROSS JOIN": "JOIN",
    "case_search MATCH :match": "case_search.found @@ :lexemes::tsquery",
    r"(?<!:):(\w+)": r"%(\1)s",
}
"""What SQLite is asked by hand, as PostgreSQL spells it."""
_PHRASE = """
    SELECT cases.* FROM case_search JOIN cases ON cases.id = case_search.rowid
    WHERE case_search.found @@ :lexemes::tsquery AND open_work = 1
        AND position(:phrase in ' ' || case_search.words || ' ') > 0
    ORDER BY cases.id DESC LIMIT 100
"""


class _Working:
    """The desk in this process, with the server's process behind its connection where there is one."""

    def __init__(self, desk: Desk, server_pid: int | None) -> None:
        self.desk = desk
        # How Linux numbers the clock of the processor's time of another process.
        self._clock = None if server_pid is None else (~server_pid << 3) | 2

    def ms_taken(self, work: Callable[[], object]) -> float:
        """Milliseconds of the processor that some work takes, here and there."""
        begun = self._spent_s()
        work()
        return (self._spent_s() - begun) * 1000

    def _spent_s(self) -> float:
        return time.process_time() + (0.0 if self._clock is None else time.clock_gettime(self._clock))


def measure(bench: Bench) -> list[Figure]:
    """What is asked at the desk that is measured, and what is stored at a copy of the small one."""
    with serving() as server:
        with home_over(kept_on(server, bench.big)) as there:
            asked = _asked(bench, there)
        with _small_copy(bench, server) as there:
            return [*asked, *_stored(bench, there)]


def measure_screens(bench: Bench) -> list[Figure]:
    """The start and the letters of a search at the desk that is measured, and many at copies of the small one."""
    with serving() as server:
        with home_over(kept_on(server, bench.big)) as there:
            found = list(_at_the_screens(bench, there))
        return [*found, *_by_many(bench, server)]


@contextmanager
def _small_copy(bench: Bench, server: Server) -> Iterator[Path]:
    """A home folder over a desk to write to."""
    with copy_on(server, kept_on(server, bench.small)) as address, home_over(address) as there:
        yield there


def _asked(bench: Bench, there: Path) -> list[Figure]:
    """Pages of the queue; all three ways must find the same cases."""
    now = datetime.now(UTC)
    found = []
    with ExitStack() as opened:
        # The clock stands still, so that the same cases are overdue in all ways.
        ours, file = (replace(_opened(opened, home), clock=lambda: now) for home in (there, bench.big))
        connection = opened.enter_context(psycopg.connect(_database(ours).database, autocommit=True))
        program, by_hand = _Working(ours, _backend(ours)), _Working(ours, connection.info.backend_pid)
        for question in [*questions(file, QueueService(file)), _phrase()]:
            page, run, in_file = (
                partial(_page, ours, question),
                partial(_run, connection, question),
                partial(_page, file, question),
            )
            if not page() == run() == in_file():
                raise RuntimeError(f"{question.name}: not the same cases in all ways")
            found += _compared(bench, question.name, program, page, _BY_HAND, partial(by_hand.ms_taken, run))
            found += _compared(bench, question.name, program, page, _IN_A_FILE, partial(program.ms_taken, in_file))
    return sorted(found, key=lambda figure: figure.yardstick != _BY_HAND)


def _compared(
    bench: Bench, name: str, program: _Working, page: Callable[[], object], yardstick: str, theirs: Callable[[], float]
) -> list[Figure]:
    return compare(
        f"PostgreSQL: a page of {PAGE_SIZE} cases, processor time in ms",
        yardstick,
        lambda: {name: [program.ms_taken(page)]},
        lambda: {name: [theirs()]},
        2 * bench.rounds,
        {name: NO_BAR},
    )


def _phrase() -> Question:
    """Words that follow each other, each of which is in many cases."""
    words = [fold(EVERYWHERE), fold(COMMON)]
    values = {"lexemes": " & ".join(words), "phrase": f" {' '.join(words)} "}
    return Question("a phrase of two common words, open work", f'"{EVERYWHERE} {COMMON}" ', _PHRASE, values)


def _page(desk: Desk, question: Question) -> list[int]:
    return [row.id for row in QueueService(desk).page(QueueQuery(question.text), question.after).rows]


def _run(connection: psycopg.Connection[Any], question: Question) -> list[int]:
    sql = question.sql
    for pattern, replacement in _SPELLED.items():
        sql = re.sub(pattern, replacement, sql)
    values = dict(question.values)
    if "match" in values:
        # As FTS5 is asked: words : (a AND b), or words : (a *).
        words = values["match"].removeprefix("words : (").removesuffix(")")
        values["lexemes"] = words.replace(" AND ", " & ").replace(" *", ":*")
    return [row[0] for row in connection.execute(sql, values).fetchall()][:PAGE_SIZE]


def _at_the_screens(bench: Bench, there: Path) -> Iterator[Figure]:
    """The start, and every letter of a search, beside the same at a file."""
    yield from compare(
        "PostgreSQL: start",
        _IN_A_FILE,
        lambda: started(bench.tuitrack(there)),
        lambda: started(bench.tuitrack()),
        bench.rounds,
        {"first rows, ms": Bar(1.5), "processor time, ms": NO_BAR, "memory (PSS), MB": NO_BAR},
    )
    for search in SEARCHES:
        yield from compare(
            f"PostgreSQL: a letter of “{search}”",
            _IN_A_FILE,
            lambda search=search: typed(bench.tuitrack(there), search)[0],  # type: ignore[misc]
            lambda search=search: typed(bench.tuitrack(), search)[0],  # type: ignore[misc]
            bench.rounds,
            {"cases shown, ms": Bar(percent=95), "last byte, ms": NO_BAR},
        )


def _stored(bench: Bench, there: Path) -> Iterator[Figure]:
    """A call logged and a case taken beside the same in a file, and how often the server is waited for."""
    with copy_of(bench.small) as here, ExitStack() as opened:
        desk, file = _opened(opened, there), _opened(opened, here)
        program = _Working(desk, _backend(desk))
        for name in _work_of(desk):
            yield from compare(
                "PostgreSQL: stored",
                _IN_A_FILE,
                partial(_each, program, desk, name),
                partial(_each, _Working(file, None), file, name),
                bench.rounds,
                {f"{name}, ms": NO_BAR, f"{name}, processor time, ms": NO_BAR},
            )
        yield from _trips(desk)


def _work_of(desk: Desk) -> Mapping[str, Callable[[int], object]]:
    return {
        "a call logged": lambda number: CaseworkService(desk).log_call(number, CALL),
        "a case taken": lambda number: IntakeService(desk).take(a_complaint(desk, number)),
    }


def _each(program: _Working, desk: Desk, name: str) -> Sample:
    took_ms, cpu_ms = [], []
    for number in range(1, _STORED_IN_A_ROUND + 1):
        begun = time.perf_counter()
        cpu_ms.append(program.ms_taken(partial(_work_of(desk)[name], number)))
        took_ms.append((time.perf_counter() - begun) * 1000)
    return {f"{name}, ms": took_ms, f"{name}, processor time, ms": cpu_ms}


def _trips(desk: Desk) -> list[Figure]:
    """How often the server is waited for, when it was waited for before and the program knows what lasts."""
    queue, of_search = QueueService(desk), QueueQuery(f"{COMMON} {ALSO_COMMON} ")
    work: dict[str, Callable[[], object]] = {
        "a page of open work": lambda: queue.page(QueueQuery()),
        "its counts": lambda: queue.counts(QueueQuery()),
        "a page of a search": lambda: queue.page(of_search),
        "its counts, by a search": lambda: queue.counts(of_search),
        "a case opened": lambda: CaseFileService(desk).glance(1),
        **{name: partial(store, 1) for name, store in _work_of(desk).items()},
    }
    for once in work.values():
        once()
    trips = {name: float(round_trips(_database(desk), one)) for name, one in work.items()}
    samples = [({name: [count]}, {name: [1.0]}) for name, count in trips.items()]
    subject = "PostgreSQL: round trips to the server"
    return [figure for one in samples for figure in figures(subject, "one", [one], dict.fromkeys(one[0], NO_BAR))]


def _by_many(bench: Bench, server: Server) -> Iterator[Figure]:
    """A change seen by others, and a save while they work, each session with a connection of its own."""
    with _small_copy(bench, server) as there:
        seen = together.seen_by_others(bench, there)
    subject = f"PostgreSQL: {together.SESSIONS} sessions, and a change by another one"
    yield from figures(subject, "what it may take", [(seen, together.MOST)], together.BARS)
    sessions, every_s = saving_together.SESSIONS, saving_together.EVERY_S
    with _small_copy(bench, server) as there:
        ours = saving_together.work_together(there, sessions, every_s, 1)
    with _small_copy(bench, server) as there:
        theirs = saving_together.work_together(there, 1, every_s / sessions, 2)
    subject = f"PostgreSQL: {sessions} sessions, each logging a call every {every_s:.0f} s and refreshing"
    yield from figures(subject, "one session alone", [(ours, theirs)], saving_together.BARS)


def _opened(opened: ExitStack, home: Path) -> Desk:
    desk = open_desk(home)
    opened.callback(desk.store.close)
    return desk


def _database(desk: Desk) -> Any:
    return cast(SqlStore, desk.store).db


def _backend(desk: Desk) -> int:
    ((pid,),) = _database(desk).execute_sql("SELECT pg_backend_pid()")
    return int(pid)
