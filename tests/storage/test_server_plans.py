"""A server that knows its tables takes the way that fits: rare words by their index, common ones as they are met."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.builders import a_case, a_customer
from tests.postgresql_server import Server
from tuitrack.domain.queue import QueueQuery
from tuitrack.storage.case_rows import ROW
from tuitrack.storage.piece import Piece
from tuitrack.storage.postgresql.store import PostgresqlStore, open_postgresql

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
CASES = 1200


@pytest.fixture(scope="module")
def full(postgresql_server: Server) -> Iterator[PostgresqlStore]:
    """Cases of which each speaks of a router, every fourth of smoke, and three of a needle; the server counted them."""
    with postgresql_server.database() as address:
        store = open_postgresql(address)
        with store.writing() as writer:
            writer.add(a_customer())
            said = ("router on fire", "router with smoke", "router", "router")
            subjects = [f"{said[n % 4]} {'needle' if n % 500 == 0 else ''}" for n in range(CASES)]
            writer.add_all(a_case(n + 1, id=n + 1, subject=subject) for n, subject in enumerate(subjects))
        for table in ("cases", "case_search"):
            store.db.execute_sql(f"ANALYZE {table}")
        yield store
        store.close()


def plan(store: PostgresqlStore, piece: Piece) -> str:
    """The steps that the server takes for a statement."""
    return "\n".join(step for (step,) in store.db.execute_sql(f"EXPLAIN {piece.sql}", piece.values))


@pytest.mark.parametrize(
    "text", ["needle", "is:all needle", "is:all nee", 'is:all "needle"', "is:all needle sort:newest"]
)
def test_rare_words_lead_to_their_cases(full: PostgresqlStore, text: str) -> None:
    with full.reading() as reader:
        steps = plan(full, reader.queue(QueueQuery(text), NOW).page(ROW, 101))
        assert len(reader.page(QueueQuery(text), NOW, 100).rows) == len(range(0, CASES, 500))
    assert "Bitmap Index Scan on case_search_found" in steps
    assert "Seq Scan" not in steps


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("router", "cases_pkey"),
        ("is:all router", "cases_pkey"),
        ("is:all smo", "cases_pkey"),
        ('is:all "router with"', "cases_pkey"),
        ("is:all router sort:newest", "cases_received_at_id"),
    ],
)
def test_common_words_are_looked_for_in_the_order_of_the_page(full: PostgresqlStore, text: str, index: str) -> None:
    with full.reading() as reader:
        steps = plan(full, reader.queue(QueueQuery(text), NOW).page(ROW, 101))
        assert len(reader.page(QueueQuery(text), NOW, 100).rows) == 100
    assert f"Backward using {index}" in steps
    assert not [one for one in ("case_search_found", "Seq Scan", "Sort") if one in steps]


@pytest.mark.parametrize(
    "text", ["router", "is:all router", "needle", "is:all needle", "smoke -needle", '"router with"']
)
def test_counts_are_the_same_whichever_way_is_taken(full: PostgresqlStore, text: str) -> None:
    words = {"router": CASES, "needle": 3, "smoke": CASES // 4, "with": CASES // 4}
    expected = min(words[number] for number in words if number in text and f"-{number}" not in text)
    with full.reading() as reader:
        counts = reader.counts(QueueQuery(text), NOW, 5000)
    assert (counts.all, counts.partial) == (expected, False)
