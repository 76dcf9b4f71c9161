"""The quality report of a month, beside the fewest statements by hand that count the same.

By hand each part of the report is one statement over all its days; the program counts a day at a time, so that it
can tell how far it is and be stopped, and keeps every number with its query.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from benchmarks.bench import Bench
from benchmarks.desk import open_desk
from benchmarks.figures import Bar, Figure, compare
from benchmarks.raw import connected
from tuitrack.domain.quality.days import Days
from tuitrack.domain.quality.growth import PERIODS_BEFORE
from tuitrack.domain.quality.report import Report, Topic
from tuitrack.services.quality import QualityService

_BAR = Bar(2)
_PERIODS = ("last month", "last quarter")

_CLOCK = "EXISTS (SELECT 1 FROM clock WHERE case_id = t1.id AND kind = 'first_response' AND {})"
_MISSED = "(met_at > due_at OR (met_at IS NULL AND paused_at IS NULL AND due_at < :now))"
_LATE = " OR ".join(
    f"EXISTS (SELECT 1 FROM {table} WHERE case_id = t1.id AND {met} > due_at)"
    for table, met in (("clock", "met_at"), ("promise", "settled_at"), ("action", "done_at"))
)
_DAYS = "t1.resolved_at / 86400000 - t1.received_at / 86400000"
"""The office of the desk that is measured is in UTC."""
_RECEIVED = [
    "TRUE",
    f"{_DAYS} <= 0",
    "resolved_on_first_contact = 1",
    f"({_CLOCK.format('met_at <= due_at')} OR {_CLOCK.format(_MISSED)}) AND NOT {_CLOCK.format(_MISSED)}",
    "EXISTS (SELECT 1 FROM tick WHERE case_id = t1.id AND state = 'skipped')",
    "EXISTS (SELECT 1 FROM call WHERE case_id = t1.id AND recording_told = 0 AND result = 'reached')",
    "reopened_count > 0",
]
_CLOSED = [
    "TRUE",
    f"{_DAYS} <= 3",
    f"{_DAYS} <= 10",
    "customer_confirmed_on IS NOT NULL",
    _LATE,
    "still_angry = 1",
]
"""What the measures count, in the order of the report."""
_PARTS = "SELECT owner, {} FROM cases AS t1 INDEXED BY {} WHERE {} >= :since AND {} < :before GROUP BY owner"
_TRENDS = """
    SELECT category, product, cause, COUNT(*) FROM cases INDEXED BY cases_received_at_id
    WHERE received_at >= :since AND received_at < :before GROUP BY 1, 2, 3
"""
_VOLUME = "SELECT {0} / 86400000, COUNT(*) FROM cases WHERE {0} >= :since AND {0} < :before GROUP BY 1"
_PROMISES = """
    SELECT "by", COUNT(*) FILTER (WHERE outcome = 'kept'),
        COUNT(*) FILTER (WHERE outcome = 'broken' OR (outcome IS NULL AND due_at < :now))
    FROM promise WHERE due_at >= :since AND due_at < :before GROUP BY 1
"""


def measure(bench: Bench) -> list[Figure]:
    """Each a few times; both ways must count the same, or nothing is compared."""
    now = datetime.now(UTC)
    # The clock stands still, so that the same things are overdue in both ways.
    desk = replace(open_desk(bench.big), clock=lambda: now)
    connection = connected(desk)
    service = QualityService(desk)
    try:
        return [
            figure
            for period in _PERIODS
            for figure in _compared(bench, service, connection, service.days(period), f"quality report, {period}", now)
        ]
    finally:
        connection.close()
        desk.store.close()


def _compared(
    bench: Bench, service: QualityService, connection: Any, days: Days, name: str, now: datetime
) -> list[Figure]:
    def ours() -> Sequence[int]:
        return _counted(service.report(days))

    def theirs() -> Sequence[int]:
        return _by_hand(connection, days, now)

    if ours() != theirs():
        raise RuntimeError(f"{name}: {ours()}, and by hand {theirs()}")
    return compare(
        "The supervisor's day, processor time in ms",
        "the same by hand through apsw",
        lambda: {name: [_ms_taken(ours)]},
        lambda: {name: [_ms_taken(theirs)]},
        bench.rounds,
        {name: _BAR},
    )


def _counted(report: Report) -> list[int]:
    """The counts of the measures, and how many cases the trends have."""
    measures = [row.numbers[0].count or 0 for row in report.table(Topic.MEASURES).rows]
    trends = (report.table(topic).rows for topic in (Topic.CATEGORY, Topic.PRODUCT, Topic.CAUSE))
    return [*measures, *(sum(row.numbers[0].count or 0 for row in rows) for rows in trends)]


def _by_hand(connection: Any, days: Days, now: datetime) -> list[int]:
    periods = [days, *(days.earlier(times, now.date()) for times in range(1, PERIODS_BEFORE + 1))]
    moments = [_moments(period, now) for period in periods]
    trends = [connection.execute(_TRENDS, one).fetchall() for one in moments]
    counted = [
        [
            *_summed(connection.execute(_statement("received_at", _RECEIVED), one)),
            *_summed(connection.execute(_statement("closed_at", _CLOSED), one)),
            _summed(connection.execute(_PROMISES, one))[0],
        ]
        for one in moments[:2]
    ]
    for column in ("received_at", "closed_at"):
        connection.execute(_VOLUME.format(column), moments[0]).fetchall()
    return [*counted[0], *[sum(row[-1] for row in trends[0])] * 3]


def _statement(column: str, parts: Iterable[str]) -> str:
    counts = ", ".join(f"COUNT(*) FILTER (WHERE {part})" for part in parts)
    return _PARTS.format(counts, f"cases_{column}_id", column, column)


def _summed(rows: Iterable[Sequence[Any]]) -> list[int]:
    """The sums of all columns but the first."""
    columns = zip(*rows, strict=True)
    next(columns, None)
    return [sum(column) for column in columns] or [0]


def _moments(days: Days, now: datetime) -> dict[str, int]:
    since, before = days.span(UTC)
    return {"since": _ms(since), "before": _ms(before), "now": _ms(now)}


def _ms_taken(ask: Callable[[], object]) -> float:
    begun = time.process_time()
    ask()
    return (time.process_time() - begun) * 1000


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
