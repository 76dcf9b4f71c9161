"""The overdue queue's first page and all numbers of the overdue board, beside the best statements by hand.

Nothing waits here, so the processor's time is what they take; on a busy machine the clock would tell of others.
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
from tuitrack.domain.board import BoardBy, scale_at
from tuitrack.domain.deadlines import DueFilter
from tuitrack.domain.queue import NOT_KEPT, CaseRow, QueueQuery
from tuitrack.services.board import BoardService
from tuitrack.services.desk import Desk
from tuitrack.services.queue import PAGE_SIZE, QueueService

_BAR = Bar(2, percent=95)
_ASKED = 10
"""How often each is asked in a round."""

_NAME = "(SELECT name FROM customer WHERE customer.id = cases.customer_id)"
_ROW = ", ".join(_NAME if name == "customer_name" else name for name in CaseRow._fields if name not in NOT_KEPT)
_PAGE = f"SELECT {_ROW} FROM cases WHERE open_work = 1 AND due_key < ? ORDER BY due_key, id LIMIT {PAGE_SIZE + 1}"
_DUE = """
    SELECT {}, SUM(due_key < :now), SUM(due_key >= :now AND due_key < :midnight), SUM(due_key >= :now)
    FROM cases INDEXED BY work_due WHERE open_work = 1 AND due_key < :soon GROUP BY 1
"""
_PAUSED = """
    SELECT {}, COUNT(*)
    FROM (SELECT DISTINCT case_id FROM clock INDEXED BY clocks_paused WHERE paused_at IS NOT NULL AND met_at IS NULL)
        CROSS JOIN cases ON id = case_id WHERE open_work = 1 GROUP BY 1
"""
_BY_HAND = {
    BoardBy.KIND: "next_due_kind",
    BoardBy.OWNER: "owner",
    BoardBy.TEAM: "(SELECT team FROM agent WHERE handle = owner)",
    BoardBy.CATEGORY: "category",
    BoardBy.AGE: "(due_key >= :band1) + (due_key >= :band2) + (due_key >= :band3) + (due_key >= :band4)",
}
"""What the statements by hand group by; each grouping takes two of them."""


def measure(bench: Bench) -> list[Figure]:
    """Each many times over; both ways must find the same, or nothing is compared."""
    now = datetime.now(UTC)
    # The clock stands still, so that the same cases are overdue in both ways.
    desk = replace(open_desk(bench.big), clock=lambda: now)
    connection = connected(desk)
    try:
        return [*_pages(bench, desk, connection), *_boards(bench, desk, connection)]
    finally:
        connection.close()
        desk.store.close()


def _pages(bench: Bench, desk: Desk, connection: Any) -> list[Figure]:
    service, overdue = QueueService(desk), QueueQuery(due=DueFilter.OVERDUE)

    def ours() -> Sequence[int]:
        return [row.id for row in service.page(overdue).rows]

    def theirs() -> Sequence[int]:
        return [row[0] for row in connection.execute(_PAGE, (_ms(desk.now()),)).fetchall()][:PAGE_SIZE]

    return _compared(bench, "overdue queue, first page", ours, theirs)


def _boards(bench: Bench, desk: Desk, connection: Any) -> list[Figure]:
    service = BoardService(desk)
    *bands, now, midnight, soon = map(_ms, scale_at(desk.now()).edges)
    moments = {"now": now, "midnight": midnight, "soon": soon}
    moments |= {f"band{number}": band for number, band in enumerate(bands, 1)}

    def ours() -> Sequence[int]:
        board = service.board()
        return [_overdue(row.numbers for row in board.rows(by)) for by in BoardBy]

    def theirs() -> Sequence[int]:
        found = []
        for group in _BY_HAND.values():
            found.append(connection.execute(_DUE.format(group), moments).fetchall())
            connection.execute(_PAUSED.format(group), moments).fetchall()
        return [_overdue(row[1:] for row in rows) for rows in found]

    return _compared(bench, "overdue board, every grouping", ours, theirs)


def _overdue(numbers: Iterable[Sequence[int]]) -> int:
    """What is overdue in all groups, which tells whether both ways count the same."""
    return sum(overdue for overdue, *_ in numbers)


def _compared(
    bench: Bench, name: str, ours: Callable[[], Sequence[int]], theirs: Callable[[], Sequence[int]]
) -> list[Figure]:
    if ours() != theirs():
        raise RuntimeError(f"{name}: {ours()}, and by hand {theirs()}")
    return compare(
        "The supervisor's day, processor time in ms",
        "the same by hand through apsw",
        lambda: {name: [_ms_taken(ours) for _ in range(_ASKED)]},
        lambda: {name: [_ms_taken(theirs) for _ in range(_ASKED)]},
        bench.rounds,
        {name: _BAR},
    )


def _ms_taken(ask: Callable[[], object]) -> float:
    begun = time.process_time()
    ask()
    return (time.process_time() - begun) * 1000


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
