"""Who is in which case, as the fake and the databases keep it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.builders import NOW
from tests.storage.stirring import comes_to_stir
from tuitrack.domain.presence import LEASE, Presence
from tuitrack.services.ports import Store

ANA = Presence(session="a1", agent="ana", case_id=7, typing=False, until=NOW + LEASE)
LUKA = Presence(session="l1", agent="luka", case_id=7, typing=True, until=NOW + LEASE / 2)


def there(store: Store, after: timedelta = timedelta()) -> list[Presence]:
    """Who is somewhere at a moment."""
    with store.reading() as reader:
        return reader.presences(NOW + after)


def put(store: Store, *presences: Presence) -> None:
    """Say where sessions are."""
    for presence in presences:
        with store.writing() as writer:
            writer.put_presence(presence)


def test_somebody_is_there_until_the_lease_ends_or_they_leave(store: Store, beside: Store) -> None:
    put(store, LUKA, ANA)
    assert there(beside) == [ANA, LUKA]
    assert there(beside, LEASE / 2) == [ANA]
    assert there(beside, LEASE) == []
    with store.writing() as writer:
        writer.drop_presence("a1")
        writer.drop_presence("of nobody")
    assert there(beside) == [LUKA]


def test_a_session_is_in_one_place_and_an_agent_may_have_two(store: Store) -> None:
    elsewhere = replace(ANA, case_id=8, typing=True, until=NOW + 2 * LEASE)
    put(store, ANA, elsewhere, replace(ANA, session="a2"))
    assert there(store) == [elsewhere, replace(ANA, session="a2")]


def test_where_somebody_is_stirs_others_and_is_no_news(store: Store, beside: Store) -> None:
    known = beside.news()
    beside.stirred()
    put(store, ANA)
    assert comes_to_stir(beside)
    assert beside.news() == known
