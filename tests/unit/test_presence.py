"""Who is in a case, in words."""

from __future__ import annotations

from datetime import timedelta

from tests.builders import NOW
from tests.unit.services.world import World
from tuitrack.domain.presence import LEASE, Presence, who_is_there


def present(agent: str, case_id: int = 1, *, typing: bool = False, session: str = "") -> Presence:
    """Somebody for the length of a lease."""
    until = NOW + LEASE
    return Presence(session=session or agent, agent=agent, case_id=case_id, typing=typing, until=until)


def test_whoever_types_is_named_first_and_nobody_twice() -> None:
    found = [present("ana"), present("mira", typing=True), present("ana", session="2"), present("ivo", 2)]
    assert who_is_there(found, NOW) == {1: "mira types, ana", 2: "ivo"}


def test_nobody_is_there_once_the_lease_is_over() -> None:
    assert who_is_there([present("ana")], NOW + LEASE) == {}


def test_one_hears_of_others_and_not_of_oneself(world: World) -> None:
    world.ana.presence.be_in(1, typing=False)
    world.luka.presence.be_in(1, typing=True)
    assert who_is_there(world.ana.presence.others(), world.now) == {1: "luka types"}
    assert who_is_there(world.luka.presence.others(), world.now) == {1: "ana"}
    world.luka.presence.leave()
    assert world.ana.presence.others() == ()
    world.passes(seconds=LEASE / timedelta(seconds=1))
    assert world.luka.presence.others() == ()


def test_being_somewhere_is_no_part_of_history(world: World) -> None:
    case = world.take()
    before = world.ana.casefile.open(case.id)
    world.luka.presence.be_in(case.id, typing=True)
    assert world.ana.casefile.open(case.id) == before
