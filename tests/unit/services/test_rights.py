"""Who may do what, and what is said to those who may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import NOW, an_agent
from tests.fakes import MemoryStore
from tests.unit.services.world import World
from tuitrack.domain.errors import NotAllowed
from tuitrack.domain.permissions import RIGHTS, Right, may, roles_with
from tuitrack.domain.words import Role
from tuitrack.services import rights as rights_module
from tuitrack.services.desk import Desk
from tuitrack.services.rights import RightsService, allowed, check, require, writing
from tuitrack.settings import Settings


def desk_of(role: Role | None, *, active: bool = True) -> Desk:
    """A desk at which Ana works in a role, or is unknown."""
    store = MemoryStore()
    if role is not None:
        with store.writing() as writer:
            writer.put_agent(an_agent("ana", name="Ana Kovač", role=role, active=active))
    settings = Settings(agent="ana", time_zone="Europe/Zagreb", region="HR")
    return Desk(store=store, agent="ana", settings=settings, clock=lambda: NOW)


def test_every_role_stands_in_the_table_and_every_right_has_somebody() -> None:
    assert set(RIGHTS) == set(Role)
    assert all(roles_with(right) for right in Right)


def test_an_administrator_may_do_everything_and_a_reader_looks() -> None:
    assert RIGHTS[Role.ADMINISTRATOR] == frozenset(Right)
    assert RIGHTS[Role.READ_ONLY] == {Right.LOOK}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("right", Right)
def test_the_table_is_what_is_asked(role: Role, right: Right) -> None:
    desk = desk_of(role)
    with desk.store.reading() as reader:
        assert allowed(reader, desk, right) == may(role, right)
        if may(role, right):
            require(reader, desk, right)
            return
        with pytest.raises(NotAllowed) as refusal:
            require(reader, desk, right)
    assert right.label in refusal.value.sentence
    assert all(other.label in refusal.value.sentence for other in roles_with(right))
    assert refusal.value.right is right


@pytest.mark.parametrize("desk", [desk_of(None), desk_of(Role.ADMINISTRATOR, active=False)], ids=["unknown", "left"])
def test_who_does_not_work_here_may_do_nothing(desk: Desk) -> None:
    with desk.store.reading() as reader:
        assert not any(allowed(reader, desk, right) for right in Right)
        with pytest.raises(NotAllowed, match="not an active agent"):
            require(reader, desk, Right.WORK_ON_CASES)


def test_what_was_tried_without_a_right_is_kept() -> None:
    desk = desk_of(Role.AGENT)
    rights = RightsService(desk)
    with pytest.raises(NotAllowed), writing(desk, Right.CHANGE_MANY) as writer:
        writer.put_agent(an_agent("eve"))
    with pytest.raises(NotAllowed):
        check(desk, Right.EXPORT_CASES)
    assert [(one.agent, one.right, one.at) for one in rights.denials()] == [
        ("ana", Right.EXPORT_CASES, NOW),
        ("ana", Right.CHANGE_MANY, NOW),
    ]
    with desk.store.reading() as reader:
        assert reader.agent("eve") is None


def test_a_right_taken_away_meanwhile_is_gone_with_the_next_write() -> None:
    world = World()
    case = world.take()
    with world.store.writing() as writer:
        writer.put_agent(an_agent("ana", role=Role.READ_ONLY))
    with pytest.raises(NotAllowed, match="change cases"):
        world.ana.casework.add_note(case.id, {"text": "Called back."})
    assert world.ana.rights.missing() == set(Right) - {Right.LOOK}


def test_services_write_only_as_somebody_with_a_right() -> None:
    """A transaction is opened for `rights.writing` alone, and at the start, where nobody has a right yet."""
    folder = Path(rights_module.__file__).parent
    texts = {path.name: path.read_text("utf-8") for path in folder.glob("*.py")}
    assert {name for name, text in texts.items() if ".writing()" in text} == {"once.py", "signing_in.py"}
    assert {name for name, text in texts.items() if "stored_for_certain(" in text} == {"once.py", "rights.py"}
