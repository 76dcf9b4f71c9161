"""A query at the desk: who asks is `me`, it is told in words, completed from what is in use, and explained."""

from __future__ import annotations

import pytest

from tests.builders import an_entry
from tests.unit.services.world import World
from tuitrack.domain.errors import QueryRefused
from tuitrack.domain.queue import QueueQuery


def test_me_is_the_agent_at_the_desk(world: World) -> None:
    case = world.take()
    of_ana, of_luka = QueueQuery("owner:ana"), QueueQuery("owner:luka")
    assert world.ana.queue.page(QueueQuery("is:mine")) == world.luka.queue.page(of_ana)
    assert world.luka.queue.page(QueueQuery("is:mine")) == world.ana.queue.page(of_luka)
    assert world.luka.queue.count(QueueQuery("owner:me"), 9) == world.ana.queue.count(of_luka, 9)
    assert [found.case.id for found in world.ana.queue.cases(QueueQuery("internet"))] == [case.id]
    assert world.ana.queue.counts(QueueQuery("inter drops")).all == 0
    assert world.ana.queue.counts(QueueQuery("drops inter")).all == 1


def test_a_query_is_told_in_words_or_refused(world: World) -> None:
    assert world.ana.queue.understood(QueueQuery("owner:me due:today")) == "open, of Ana Kovač, due today"
    assert world.ana.queue.understood(QueueQuery("kov", owner="luka")) == "open, of Luka, “kov…”"
    with pytest.raises(QueryRefused):
        world.ana.queue.understood(QueueQuery("due:never"))


def test_the_order_of_a_query_is_told_as_it_is_had(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    best = QueueQuery("sort:best internet ")
    for _ in range(2):
        world.take()
    assert world.ana.queue.understood(best) == "open, “internet”, best match"
    monkeypatch.setattr("tests.fakes.BEST_AMONG_MOST", 1)
    assert world.ana.queue.understood(best) == "open, “internet”, too many hits for best match: newest first"
    assert world.ana.queue.told(best).counts.all == world.ana.queue.told(best).of_all == 2


def test_values_in_use_complete_a_query_with_their_numbers(world: World) -> None:
    for category in ("price", "price", "privacy"):
        world.take(category=category, tags="vip, gold")
    offered = [(one.text, one.count) for one in world.ana.queue.complete("category:pri", 12)]
    assert offered == [("price", 2), ("privacy", 1)]
    assert [(one.text, one.count) for one in world.ana.queue.complete("tag:g", 5)] == [("gold", 3)]
    assert ("luka", "Luka") in [(one.text, one.title) for one in world.ana.queue.complete("owner:", 6)]


def test_why_a_case_was_found(world: World) -> None:
    case, other = world.take(), world.take(subject="Bill is wrong")
    with world.store.writing() as writer:
        writer.add(an_entry(other.id, body="Her internet is fine"))
    found = world.ana.queue.why([case.id, other.id], QueueQuery("internet"))
    assert {case_id: (one.title, one.text[slice(*one.marks[0])]) for case_id, one in found.items()} == {
        case.id: ("subject", "Internet"),
        other.id: ("note", "internet"),
    }
    assert world.ana.queue.why([case.id], QueueQuery("is:open")) == {}
