"""A server is waited for a fixed number of times: over a line of two milliseconds every further time would be felt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.builders import a_case, a_customer, an_agent
from tests.round_trips import round_trips
from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.words import CallPurpose, Direction, Priority, Role
from tuitrack.services.casefile import CaseFileService
from tuitrack.services.casework import CaseworkService
from tuitrack.services.desk import Desk
from tuitrack.services.intake import IntakeService
from tuitrack.services.queue import QueueService
from tuitrack.settings import Settings
from tuitrack.storage.postgresql.store import PostgresqlStore

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def desk(postgresql_store: PostgresqlStore) -> Desk:
    """The desk of an agent with two cases of one customer."""
    agent = an_agent("Ana", role=Role.ADMINISTRATOR)
    with postgresql_store.writing() as writer:
        writer.put_agent(agent)
        customer = writer.add(a_customer(phones=("091 234 5678",)))
        writer.add_all(a_case(900 + n, customer.id, id=n, owner=agent.handle) for n in (1, 2))
    return Desk(postgresql_store, agent.handle, Settings(agent="Ana"), lambda: NOW)


def view(desk: Desk) -> None:
    QueueService(desk).page(QueueQuery())


def counts(desk: Desk) -> None:
    QueueService(desk).counts(QueueQuery())


def search(desk: Desk) -> None:
    QueueService(desk).page(QueueQuery("router"))


def counts_of_a_search(desk: Desk) -> None:
    QueueService(desk).counts(QueueQuery("router"))


def opening(desk: Desk) -> None:
    CaseFileService(desk).glance(1)


def news(desk: Desk) -> None:
    desk.store.news()


def call(desk: Desk) -> None:
    asked = {"direction": Direction.INBOUND, "purpose": CallPurpose.STATUS, "note": "Asks how things stand."}
    CaseworkService(desk).log_call(1, asked)


def edit(desk: Desk) -> None:
    values = {"subject": "Another subject", "priority": Priority.NORMAL, "likely_to_leave": False}
    CaseworkService(desk).edit(2, values, 1)


def intake(desk: Desk) -> None:
    complaint = {"customer_id": 1, "subject": "The parcel never came", "words": "It never came.", "received_at": NOW}
    IntakeService(desk).take(complaint | {"return_at": NOW + timedelta(days=3), "owner": desk.agent})


MOST = {view: 5, counts: 7, search: 6, counts_of_a_search: 4, opening: 9, news: 3, call: 10, edit: 10, intake: 16}


@pytest.mark.parametrize(("work", "most"), MOST.items(), ids=[work.__name__ for work in MOST])
def test_a_server_is_waited_for_no_more_often(
    desk: Desk, postgresql_store: PostgresqlStore, work: Callable[[Desk], None], most: int
) -> None:
    assert round_trips(postgresql_store.db, lambda: work(desk)) <= most
