"""Views and the queries asked lately."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import cast

import pytest

from tests.builders import NOW, an_agent
from tests.fakes import MemoryStore
from tests.unit.services.world import World
from tuitrack.domain.errors import Refusal
from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.text import QUERY_MAX
from tuitrack.services.desk import Desk
from tuitrack.services.ports import Store
from tuitrack.services.queue import QueueService
from tuitrack.services.views import BUILT_IN, KEPT_MOST, RECENT_MOST, KeptFor, View, ViewService
from tuitrack.settings import Settings


def clock() -> datetime:
    return NOW


def desk_of(agent: str, store: MemoryStore) -> Desk:
    return Desk(cast(Store, store), agent, Settings(), clock)


def test_every_built_in_view_is_understood() -> None:
    queue = QueueService(desk_of("ana", MemoryStore()))
    told = [queue.understood(QueueQuery(view.text)) for view in BUILT_IN]
    assert len(set(told)) == len(BUILT_IN)


def test_own_views_are_for_one_and_those_of_the_team_for_all() -> None:
    store = MemoryStore()
    with store.writing() as writer:
        writer.put_agent(an_agent("ana"))
    ana, bo = (ViewService(desk_of(agent, store)) for agent in ("ana", "bo"))
    own = ana.save("Višnja’s  [b]", "name:višnja", KeptFor.ONE)
    team = ana.save("Letters", "channel:letter", KeptFor.TEAM)
    assert own == View("Višnja’s [b]", "name:višnja", KeptFor.ONE)
    assert ana.all() == (*BUILT_IN, own, team)
    assert bo.all() == (*BUILT_IN, team)


def test_a_name_is_there_once_and_deleting_one_leaves_the_others() -> None:
    views = ViewService(desk_of("ana", MemoryStore()))
    views.save("Late", "is:overdue", KeptFor.ONE)
    other = views.save("Calls", "channel:phone", KeptFor.ONE)
    late = views.save("LATE", "is:overdue owner:me", KeptFor.ONE)
    assert views.all()[len(BUILT_IN) :] == (other, late)
    views.delete(late)
    assert views.all()[len(BUILT_IN) :] == (other,)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (" ", "x", "needed"),
        ("overdue", "x", "built in"),
        ("n" * 41, "x", "40 letters"),
        ("long", "x" * (QUERY_MAX + 1), str(QUERY_MAX)),
    ],
)
def test_what_cannot_be_kept_is_refused(name: str, text: str, expected: str) -> None:
    views = ViewService(desk_of("ana", MemoryStore()))
    with pytest.raises(Refusal, match=expected) as refused:
        views.save(name, text, KeptFor.TEAM)
    assert refused.value.field == "name"
    assert views.all() == BUILT_IN


def test_there_is_an_end_to_views_and_built_in_ones_stay() -> None:
    views = ViewService(desk_of("ana", MemoryStore()))
    for number in range(KEPT_MOST):
        views.save(f"view {number}", "x", KeptFor.ONE)
    views.save("view 1", "y", KeptFor.ONE)
    with pytest.raises(Refusal, match="delete one"):
        views.save("one more", "x", KeptFor.ONE)
    with pytest.raises(Refusal, match="stays"):
        views.delete(BUILT_IN[0])


def test_queries_are_remembered_once_each_the_last_one_at_the_end() -> None:
    store = MemoryStore()
    views = ViewService(desk_of("ana", store))
    for text in ("a", "b", "a"):
        views.remember(text)
    assert views.recent() == ["b", "a"]
    assert ViewService(desk_of("bo", store)).recent() == []
    for number in range(RECENT_MOST):
        views.remember(f"q{number}")
    assert len(views.recent()) == RECENT_MOST
    assert "a" not in views.recent()


def test_a_view_and_the_filter_of_the_same_name_are_one_number(world: World) -> None:
    for hours in (1, 3, 30, 100):
        world.take(return_at=world.now + timedelta(hours=hours), owner="ana" if hours > 3 else None)
    world.passes(hours=2)
    counts = world.ana.queue.counts(QueueQuery())
    of_view = {view.name: world.ana.queue.counts(QueueQuery(view.text)).all for view in BUILT_IN}
    assert (of_view["Overdue"], of_view["Due today"], of_view["Unowned"], of_view["Open work"]) == (
        counts.overdue,
        counts.today,
        counts.unowned,
        counts.all,
    )
    assert (counts.overdue, counts.today) == (1, 1)
