"""Agents who join and change, and the days on which they are away."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import NOW, an_agent
from tests.unit.services.world import World
from tuitrack.domain.errors import NotAllowed, NotFound, Refusal
from tuitrack.domain.people import Agent
from tuitrack.domain.words import Role
from tuitrack.services.bundle import Services

TODAY = NOW.date()
DAY = timedelta(days=1)
AWAY = {"since": TODAY, "until": TODAY + 2 * DAY}


@pytest.fixture
def world() -> World:
    """Ana administers, Luka is an agent, Mia supervises."""
    world = World()
    with world.store.writing() as writer:
        writer.put_agent(an_agent("ana", name="Ana Kovač", role=Role.ADMINISTRATOR))
        writer.put_agent(an_agent("luka", role=Role.AGENT))
        writer.put_agent(an_agent("mia", role=Role.SUPERVISOR))
    return world


def agent(services: Services, handle: str) -> Agent:
    return services.staff.named(handle)


def test_somebody_joins_with_a_handle_of_the_name(world: World) -> None:
    world.ana.staff.add({"name": "Đuro Šarić", "team": "North", "language": "hr, en"})
    added = world.ana.staff.add({"name": "Ivo Kos", "team": " north ", "role": "quality"})
    assert (added.handle, added.team, added.role, added.active) == ("ivo.kos", "North", Role.QUALITY, True)
    assert agent(world.ana, "đuro šarić").language == "hr, en"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": " "}, "Name: this is needed."),
        ({"name": "Luka"}, "Name: Luka works here already, as luka."),
        ({"name": "Nobody"}, "Name: “Nobody” stands for something else here; give a whole name."),
        ({"name": "Ivo", "team": "Mine"}, "Team: “Mine” means something else in a query; take another name."),
        ({"name": "Ivo", "role": "boss"}, "Role: expected"),
    ],
)
def test_an_agent_who_cannot_be_added_is_refused(world: World, values: dict[str, str], sentence: str) -> None:
    with pytest.raises(Refusal) as refused:
        world.ana.staff.add(values)
    assert refused.value.sentence.startswith(sentence)
    assert len(world.ana.staff.everybody()) == 3


def test_only_what_is_named_is_changed(world: World) -> None:
    world.ana.staff.change("luka", {"team": "North"})
    world.ana.staff.change("luka", {"active": False})
    assert (agent(world.ana, "luka").team, agent(world.ana, "luka").active) == ("North", False)
    with pytest.raises(NotFound, match="Agent: there is no agent “zoe”"):
        world.ana.staff.change("zoe", {"team": "North"})


@pytest.mark.parametrize("values", [{"role": "agent"}, {"active": False}])
def test_the_desk_keeps_an_administrator(world: World, values: dict[str, object]) -> None:
    with pytest.raises(Refusal, match="the only administrator"):
        world.ana.staff.change("ana", values)
    world.ana.staff.change("mia", {"role": "administrator"})
    world.ana.staff.change("ana", values)
    assert agent(world.ana, "mia").role is Role.ADMINISTRATOR


def test_who_may_not_manage_agents_is_told_so(world: World) -> None:
    with pytest.raises(NotAllowed, match="may not add and change agents"):
        world.luka.staff.change("luka", {"role": "administrator"})
    with pytest.raises(NotAllowed, match="may not add and change agents"):
        world.luka.staff.add({"name": "Ivo Kos"})
    assert agent(world.ana, "luka").role is Role.AGENT


def test_ones_own_absence_needs_no_right_and_that_of_others_does(world: World) -> None:
    own = world.luka.staff.enter_absence({"agent": "luka", "deputy": "mia", "reason": "ill"} | AWAY)
    assert (own.agent, own.deputy, own.by, own.is_on(TODAY)) == ("luka", "mia", "luka", True)
    with pytest.raises(NotAllowed, match="may not enter an absence of somebody else"):
        world.luka.staff.enter_absence({"agent": "ana"} | AWAY)
    by_name = {one.agent.handle: one for one in world.luka.staff.everybody()}
    assert by_name["luka"].away_on(TODAY) == own
    assert by_name["luka"].away_on(TODAY + 3 * DAY) is None
    assert by_name["ana"].absences == ()


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"until": TODAY - DAY}, "until", "Until: the last day is before the first one."),
        ({"since": TODAY - 3 * DAY, "until": TODAY - DAY}, "until", "Until: that day is over; nothing would change."),
        ({"since": TODAY + 2 * DAY}, "since", "From: Luka is away from"),
        ({"agent": "zoe"}, "agent", "Agent: there is no agent “zoe”."),
        ({"agent": "mia", "deputy": "mia"}, "deputy", "Deputy: expected another agent who is active."),
    ],
)
def test_an_absence_that_cannot_be_is_refused(
    world: World, values: dict[str, object], field: str, sentence: str
) -> None:
    world.ana.staff.enter_absence({"agent": "luka"} | AWAY)
    with pytest.raises(Refusal) as refused:
        world.ana.staff.enter_absence({"agent": "luka", "since": TODAY + 2 * DAY, "until": TODAY + 9 * DAY} | values)
    assert (refused.value.field, refused.value.sentence[: len(sentence)]) == (field, sentence)


def test_an_absence_is_changed_and_taken_back(world: World) -> None:
    staff = world.ana.staff
    absence = staff.enter_absence({"agent": "luka", "since": TODAY - DAY, "until": TODAY + DAY})
    longer = staff.change_absence(absence, {"since": TODAY - DAY, "until": TODAY + 5 * DAY})
    assert longer.id == absence.id
    assert staff.end_absence(longer) == "luka is back today."
    with pytest.raises(NotFound, match="taken back meanwhile"):
        staff.end_absence(longer)
    planned = staff.enter_absence({"agent": "luka", "since": TODAY + DAY, "until": TODAY + 2 * DAY})
    assert staff.end_absence(planned).startswith("The absence of luka from ")
    assert all(one.absences == () for one in staff.everybody())
