"""The slowest page among all conditions that the query language has words for, of open work and of all cases."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from benchmarks.bench import Bench
from benchmarks.desk import open_desk
from benchmarks.figures import Bar, Figure, figures
from tuitrack.domain.errors import Refusal
from tuitrack.domain.query.fields import Field, words_after
from tuitrack.domain.queue import QueueQuery
from tuitrack.services.queue import QueueService

_MOST_MS = 50.0
_NO_CONDITIONS = frozenset({Field.SORT, Field.COLUMNS, Field.AT})
_NUMBERS = (
    "age>10d",
    "age<1d",
    "idle>7d",
    "idle<1h",
    "turnaround<1d",
    "turnaround>30d",
    "rules:0",
    "due<3d",
    "due>30d",
)
"""Conditions that are typed with a number, for which no field has words of its own."""
_SCOPES = {"of open work": "", "of all cases": "is:all "}


def measure(bench: Bench) -> list[Figure]:
    """Each condition alone; the lines name the slowest ones."""
    now = datetime.now(UTC)
    desk = replace(open_desk(bench.big), clock=lambda: now)
    service = QueueService(desk)
    conditions = list(_conditions())
    found: list[Figure] = []
    try:
        for name, scope in _SCOPES.items():
            taken = {text: _ms_taken(service, QueueQuery(scope + text)) for text in conditions}
            slowest = max(taken, key=lambda text: taken[text])
            line = f"{name}: {slowest}"
            found += figures(
                f"The slowest page of {len(conditions)} conditions, processor time in ms",
                "what it may take",
                [({line: [taken[slowest]]}, {line: [_MOST_MS]})],
                {line: Bar(1)},
            )
    finally:
        desk.store.close()
    return found


def _conditions() -> Iterator[str]:
    for field in Field:
        if field not in _NO_CONDITIONS:
            yield from (f"{field.value}:{word}" for word in words_after(field))
    yield from _NUMBERS


def _ms_taken(service: QueueService, query: QueueQuery) -> float:
    """How long a page takes, the second time where the first was slow; 0 for what this desk knows no word for."""
    try:
        first = _ms_of_page(service, query)
    except Refusal:
        return 0.0
    return first if first <= _MOST_MS else _ms_of_page(service, query)


def _ms_of_page(service: QueueService, query: QueueQuery) -> float:
    begun = time.process_time()
    service.page(query)
    return (time.process_time() - begun) * 1000
