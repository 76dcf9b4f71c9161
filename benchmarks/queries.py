"""What the queue asks the database: first pages, next pages and searches, beside the best plan by hand.

Nothing waits here, so the processor's time is what they take; on a busy machine the clock would tell of others.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks.bench import Bench
from benchmarks.desk import open_desk
from benchmarks.figures import Bar, Figure, compare
from benchmarks.made_up import phone_of
from benchmarks.raw import connected
from benchmarks.vocabulary import ALSO_COMMON, COMMON, EVERYWHERE, RARE
from tuitrack.domain.queue import Cursor, QueueQuery
from tuitrack.domain.text import fold
from tuitrack.services.desk import Desk
from tuitrack.services.queue import PAGE_SIZE, QueueService
from tuitrack.services.views import BUILT_IN

_BAR = Bar(1, more=1, percent=95)
_ASKED_MOST = 40
"""How often each is asked in a round, where that does not take more than `_SECONDS` in all rounds together."""
_SECONDS = 10

_ROW = """
    id, reference, version, (SELECT name FROM customer WHERE customer.id = cases.customer_id), subject, kind, status,
    outcome, owner, priority, still_angry, next_due_at, next_due_kind, received_at, touched_at, closed_at,
    company_resolved_on, customer_confirmed_on
"""
_BY_DUE = f"SELECT {_ROW} FROM cases WHERE {{}} ORDER BY due_key, id LIMIT {PAGE_SIZE + 1}"
_BY_WORDS = f"""
    SELECT {_ROW} FROM case_search CROSS JOIN cases ON cases.id = case_search.rowid
    WHERE case_search MATCH :match AND {{}} ORDER BY case_search.rowid DESC LIMIT {PAGE_SIZE + 1}
"""
_BY_PHONE = f"""
    SELECT {_ROW} FROM cases WHERE customer_id IN (
        SELECT customer_id FROM phone WHERE reversed_digits >= :end AND reversed_digits < :end || ':'
    ) ORDER BY due_key, id LIMIT {PAGE_SIZE + 1}
"""
_OPEN = "open_work = 1"
_LEGAL = "kind = 'legal' AND done_on IS NULL"
_OF_VIEW = {
    "Mine": f"{_OPEN} AND owner = :me",
    "Overdue": f"{_OPEN} AND due_key < :now",
    "Due today": f"{_OPEN} AND due_key >= :now AND due_key < :midnight",
    "Unowned": f"{_OPEN} AND owner IS NULL",
    "Resolved, not confirmed": "status = 'resolved' AND customer_confirmed_on IS NULL",
    "Promises": f"{_OPEN} AND EXISTS (SELECT 1 FROM promise WHERE case_id = cases.id AND outcome IS NULL)",
    "Owner away": f"{_OPEN} AND owner IN (SELECT agent FROM absence WHERE :today BETWEEN since AND until)",
    "Legal, waiting": f"{_OPEN} AND EXISTS (SELECT 1 FROM action WHERE case_id = cases.id AND {_LEGAL})",
    "Open work": _OPEN,
    "All cases": "TRUE",
}


@dataclass(frozen=True, slots=True)
class Question:
    """The same question in two ways: as text, and as SQL of SQLite."""

    name: str
    text: str
    sql: str
    values: dict[str, Any]
    after: Cursor | None = None


def measure(bench: Bench) -> list[Figure]:
    """Every question many times over; both ways must find the same cases, or nothing is compared."""
    now = datetime.now(UTC)
    # The clock stands still, so that the same cases are overdue in both ways.
    desk = replace(open_desk(bench.big), clock=lambda: now)
    connection = connected(desk)
    service = QueueService(desk)
    try:
        return [
            figure
            for question in questions(desk, service)
            for figure in _compared(bench, question, service, connection)
        ]
    finally:
        connection.close()
        desk.store.close()


def questions(desk: Desk, service: QueueService) -> Iterator[Question]:
    """What is asked all day, of a desk in a file."""
    now = desk.now()
    midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), now.tzinfo)
    moments = {"today": now.date().isoformat(), "me": desk.agent, "now": _ms(now), "midnight": _ms(midnight)}
    for view in BUILT_IN:
        yield Question(f"view {view.name}", view.text, _BY_DUE.format(_OF_VIEW[view.name]), moments)
    for view in BUILT_IN[-2:]:
        after = service.page(QueueQuery(view.text)).after
        if after is not None:
            where = f"{_OF_VIEW[view.name]} AND (due_key, id) > (:key, :id)"
            place = {"key": after.key, "id": after.case_id}
            yield Question(f"next page of {view.name}", view.text, _BY_DUE.format(where), place, after)
    for name, words in (
        ("a rare word", RARE),
        ("a common word", COMMON),
        ("a word that is everywhere", EVERYWHERE),
        ("two common words", f"{COMMON} {ALSO_COMMON}"),
    ):
        match = {"match": f"words : ({' AND '.join(fold(word) for word in words.split())})"}
        yield Question(f"{name}, open work", f"{words} ", _BY_WORDS.format(_OPEN), match)
        yield Question(f"{name}, all cases", f"{words} is:all", _BY_WORDS.format("TRUE"), match)
    for letters in range(2, 9):
        match = {"match": f"words : ({fold(RARE)[:letters]} *)"}
        yield Question(f"{letters} letters of a word, open work", RARE[:letters], _BY_WORDS.format(_OPEN), match)
    end = phone_of(3)[-6:]
    yield Question("the last 6 digits of a phone", f"is:all phone:{end}", _BY_PHONE, {"end": end[::-1]})


def _compared(bench: Bench, question: Question, service: QueueService, connection: Any) -> list[Figure]:
    query = QueueQuery(question.text)

    def ours() -> list[int]:
        return [row.id for row in service.page(query, question.after).rows]

    def theirs() -> list[int]:
        return [row[0] for row in connection.execute(question.sql, question.values).fetchall()][:PAGE_SIZE]

    begun = time.perf_counter()
    if ours() != theirs():
        raise RuntimeError(f"{question.name}: {len(ours())} cases, and others by hand: {len(theirs())}")
    taken = time.perf_counter() - begun
    rounds = bench.rounds * min(_ASKED_MOST, max(1, int(_SECONDS / bench.rounds / taken)))
    return compare(
        f"A page of {PAGE_SIZE} cases, processor time in ms",
        "the same by hand through apsw",
        lambda: {question.name: [ms_taken(ours)]},
        lambda: {question.name: [ms_taken(theirs)]},
        rounds,
        {question.name: _BAR},
    )


def ms_taken(ask: Callable[[], object]) -> float:
    """Milliseconds of this process that something takes."""
    begun = time.process_time()
    ask()
    return (time.process_time() - begun) * 1000


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
