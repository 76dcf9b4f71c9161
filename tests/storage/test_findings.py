"""What a desk holds and whether it is in order is told alike on every database."""

from __future__ import annotations

import pytest

from tests.builders import NOW, a_case, a_customer, a_draft, an_agent
from tuitrack.domain.words import Role
from tuitrack.storage.store import SqlStore


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> SqlStore:
    """Each database in turn, empty."""
    found: SqlStore = request.getfixturevalue(f"{request.param}_store")
    return found


def test_a_desk_in_order_and_one_that_is_not(store: SqlStore) -> None:
    with store.writing() as writer:
        writer.add(a_case(customer_id=writer.add(a_customer()).id))
        writer.put_agent(an_agent("ana", role=Role.ADMINISTRATOR))
        writer.put_draft(a_draft(saved_at=NOW))
    found = {one.name: one for one in store.findings()}
    assert found["search index"].told == "in step with cases and customers"
    assert found["contents"].told == "1 cases, 0 timeline entries, 1 customers, 1 agents"
    assert found["agents at work"].told == "1, 1 of them administer the desk"
    assert found["SSH keys"].told == "0 bound to agents"
    assert found["drafts waiting"].told == f"1, the oldest since {NOW:%Y-%m-%d}"
    with store.writing() as writer:
        writer.put_agent(an_agent("ana", role=Role.AGENT))
    store.db.execute_sql("DELETE FROM case_search")
    wrong = {one.name: one.told for one in store.findings() if not one.is_well}
    assert "nobody can add agents" in wrong["agents at work"]
    assert "out of step: 1 cases not in it" in wrong["search index"]
