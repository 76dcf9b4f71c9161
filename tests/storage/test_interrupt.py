"""A read that nobody waits for any more is stopped, and nothing else is."""

from __future__ import annotations

import threading

import pytest

from tests.builders import a_case, a_customer
from tuitrack.domain.errors import Superseded
from tuitrack.storage.store import SqliteStore

ENDLESS = "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n) SELECT COUNT(*) FROM n"


def read_without_end(store: SqliteStore, begun: threading.Event) -> None:
    """Tell that the read has begun, and read what never ends."""
    with store.reading():
        begun.set()
        list(store.db.execute_sql(ENDLESS))


def test_a_read_is_stopped_from_another_thread_and_the_next_one_answers(sqlite_store: SqliteStore) -> None:
    reading, stopped = threading.Event(), threading.Event()

    def stop() -> None:
        assert reading.wait(10)
        while not stopped.wait(0.01):  # a read that has not begun yet has nothing to be stopped
            sqlite_store.interrupt()

    stopper = threading.Thread(target=stop)
    stopper.start()
    with pytest.raises(Superseded):
        read_without_end(sqlite_store, reading)
    stopped.set()
    stopper.join()
    with sqlite_store.reading() as reader:
        assert reader.agents() == []


def test_nothing_is_stopped_between_reads_and_in_a_write(sqlite_store: SqliteStore) -> None:
    sqlite_store.interrupt()
    with sqlite_store.writing() as writer:
        customer = writer.add(a_customer())
        sqlite_store.interrupt()
        case = writer.add(a_case(customer_id=customer.id))
    sqlite_store.interrupt()
    with sqlite_store.reading() as reader:
        assert reader.case(case.id) == case
