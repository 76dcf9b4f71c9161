"""Who has how much to do: each figure is what its query lists."""

from __future__ import annotations

from dataclasses import replace

from tests.builders import an_absence, an_agent
from tests.unit.services.world import World
from tuitrack.domain.case import Case
from tuitrack.domain.queue import QueueQuery
from tuitrack.services.workload import Figure


def test_each_figure_is_what_its_query_counts() -> None:
    world = World()
    with world.store.writing() as writer:
        writer.put_agent(an_agent("luka", team="North Side"))
        writer.add(an_absence("luka"))
    for owner in ("ana", "ana", "luka", None):
        world.take(owner=owner)
    world.resolve(world.take(owner="luka"))
    world.passes(hours=30)
    work = world.ana.workload.now()
    assert [line.name for line in work.by_agent] == ["(nobody)", "Ana Kovač", "Luka"]
    assert [line.name for line in work.by_team] == ["(nobody)", "North Side", "(no team)"]
    for line in (*work.by_agent, *work.by_team):
        for figure in Figure:
            assert line.count(figure) == world.ana.queue.count(QueueQuery(line.query_of(figure)), 99), (line, figure)
    assert [line.load.open for line in work.by_agent] == [1, 2, 2]
    assert (work.by_agent[2].is_away, work.by_agent[2].load.unconfirmed) == (False, 1)


def test_whoever_owns_cases_is_listed_even_if_unknown_here() -> None:
    world = World()
    case = world.take()
    with world.store.writing() as writer:
        stored = writer.case(case.id)
        writer.put_case(_of_a_stranger(stored), stored)
    assert [line.name for line in world.ana.workload.now().by_agent] == ["(nobody)", "Ana Kovač", "Luka", "old me"]
    assert world.ana.workload.now().by_agent[-1].query == 'owner:"old me"'


def _of_a_stranger(case: Case) -> Case:
    return replace(case, owner="old me", version=case.version + 1)
