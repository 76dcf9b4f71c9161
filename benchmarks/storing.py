"""Storing what a person did: the whole change, beside the same rows written by hand with the same durability."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

from benchmarks.bench import Bench, copy_of
from benchmarks.desk import open_desk
from benchmarks.figures import Bar, Figure, Sample, compare
from benchmarks.raw import brought, connected, rows, store_records
from tuitrack.domain.case import Case
from tuitrack.domain.words import CallPurpose, Direction
from tuitrack.services.casework import CaseworkService
from tuitrack.services.desk import Desk
from tuitrack.services.intake import IntakeService

_TIMES = 50
_CUSTOMERS = 10
CALL = {"direction": Direction.INBOUND, "purpose": CallPurpose.STATUS, "note": "Asks how things stand."}
"""A call in which the customer asks how things stand."""


def measure(bench: Bench) -> list[Figure]:
    """A call logged, and a case stored, each in one transaction with everything that makes it found and undone."""
    with copy_of(bench.small) as home:
        desk = open_desk(home)
        connection = connected(desk)
        try:
            return [*_calls(bench, desk, connection), *_cases(bench, desk, connection)]
        finally:
            connection.close()
            desk.store.close()


def _calls(bench: Bench, desk: Desk, connection: Any) -> list[Figure]:
    work = CaseworkService(desk)
    records = brought(connection, lambda: work.log_call(1, CALL))

    def by_hand(case_id: int) -> None:
        connection.execute("BEGIN IMMEDIATE")
        touched = (time.time_ns() // 1_000_000, case_id)
        connection.execute("UPDATE cases SET version = version + 1, touched_at = ? WHERE id = ?", touched)
        store_records(connection, records, case_id)
        ((words, phones),) = connection.execute("SELECT words, phones FROM case_search WHERE rowid = ?", (case_id,))
        connection.execute("DELETE FROM case_search WHERE rowid = ?", (case_id,))
        words += " asks how things stand"
        connection.execute("INSERT INTO case_search (rowid, words, phones) VALUES (?, ?, ?)", (case_id, words, phones))
        connection.execute("UPDATE news SET number = number + 1")
        connection.execute("COMMIT")

    return compare(
        "A call logged",
        "the same rows by hand through apsw",
        lambda: _each(lambda case_id: work.log_call(case_id, CALL)),
        lambda: _each(by_hand),
        bench.rounds,
        {"one, ms": Bar(3), "one, processor time, ms": Bar(3)},
    )


def _cases(bench: Bench, desk: Desk, connection: Any) -> list[Figure]:
    intake = IntakeService(desk)

    def take(number: int) -> Case:
        return intake.take(a_complaint(desk, number))

    taken: list[Case] = []
    records = brought(connection, lambda: taken.append(take(1)))
    (whole,) = rows(connection, "cases", "id = ?", taken[0].id)
    ((words, phones),) = connection.execute("SELECT words, phones FROM case_search WHERE rowid = ?", (taken[0].id,))
    numbers = count(1)

    def by_hand(number: int) -> None:
        reference = f"by-hand-{next(numbers)}"
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE counter SET last = last + 1 WHERE year = ?", (taken[0].received_at.year,))
        whole.run(connection, id=None, reference=reference, customer_id=1 + number % _CUSTOMERS)
        case_id = connection.last_insert_rowid()
        store_records(connection, records, case_id)
        connection.execute("INSERT INTO case_search (rowid, words, phones) VALUES (?, ?, ?)", (case_id, words, phones))
        connection.execute("UPDATE news SET number = number + 1")
        connection.execute("COMMIT")

    return compare(
        f"A case taken, with {sum(row.table == 'entry' for row in records)} entries, a call and a promise",
        "the same rows by hand through apsw",
        lambda: _each(take),
        lambda: _each(by_hand),
        bench.rounds,
        {"one, ms": Bar(3), "one, processor time, ms": Bar(3)},
    )


def a_complaint(desk: Desk, number: int) -> dict[str, Any]:
    """A complaint by one of the first customers, who is promised a call."""
    now = desk.clock()
    return {
        "customer_id": 1 + number % _CUSTOMERS,
        "subject": "The parcel never came",
        "words": "I have been waiting for it since the spring, and nobody can tell me where it is. " * 3,
        "received_at": now,
        "return_at": now + timedelta(days=3),
        "resolution": "Found in the depot and sent out again.",
        "owner": desk.agent,
    }


def _each(store: Callable[[int], object]) -> Sample:
    took_ms, cpu_ms = [], []
    for one in range(1, _TIMES + 1):
        begun, cpu_begun = time.perf_counter(), time.process_time()
        store(one)
        took_ms.append((time.perf_counter() - begun) * 1000)
        cpu_ms.append((time.process_time() - cpu_begun) * 1000)
    return {"one, ms": took_ms, "one, processor time, ms": cpu_ms}
