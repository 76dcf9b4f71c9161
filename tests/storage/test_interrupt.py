"""A read that nobody waits for any more is stopped, and nothing else is."""

from __future__ import annotations

import threading

import pytest

from tests.builders import a_case, a_customer
from tuitrack.domain.errors import Superseded
from tuitrack.storage.store import SqlStore


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> SqlStore:
    """Each database in turn."""
    found: SqlStore = request.getfixturevalue(f"{request.param}_store")
    return found


ENDLESS = "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n) SELECT COUNT(*) FROM n"


def read_without_end(store: SqlStore, begun: threading.Event) -> None:
    """Tell that the read has begun, and read what never ends."""
    with store.reading():
        begun.set()
        list(store.db.execute_sql(ENDLESS))


def test_a_read_is_stopped_from_another_thread_and_the_next_one_answers(database: SqlStore) -> None:
    reading, stopped = threading.Event(), threading.Event()

    def stop() -> None:
        assert reading.wait(10)
        while not stopped.wait(0.01):  # a read that has not begun yet has nothing to be stopped
            database.interrupt()

    stopper = threading.Thread(target=stop)
    stopper.start()
    with pytest.raises(Superseded):
        read_without_end(database, reading)
    stopped.set()
    stopper.join()
    with database.reading() as reader:
        assert reader.agents() == []


def test_nothing_is_stopped_between_reads_and_in_a_write(database: SqlStore) -> None:
    database.interrupt()
    with database.writing() as writer:
        customer = writer.add(a_customer())
        database.interrupt()
        case = writer.add(a_case(customer_id=customer.id))
    database.interrupt()
    with database.reading() as reader:
        assert reader.case(case.id) == case
