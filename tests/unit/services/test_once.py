"""What is asked for again under the same key is stored once, whatever became of the first answer."""

from __future__ import annotations

import pytest

from tests.builders import an_agent
from tests.unit.services.world import World
from tuitrack.domain.errors import Refusal, StoredAlready
from tuitrack.domain.words import CallPurpose, Direction, Role
from tuitrack.services.once import new_key, stored_once

CALL = {"direction": Direction.INBOUND, "purpose": CallPurpose.UPDATE, "note": "She asks when."}


def test_a_call_is_logged_once_under_a_key(world: World) -> None:
    case = world.take()
    before = len(world.ana.casefile.open(case.id).calls)
    with stored_once("first"):
        world.ana.casework.log_call(case.id, CALL)
    with stored_once("first"), pytest.raises(StoredAlready, match=f"{case.reference}.*not stored again"):
        world.ana.casework.log_call(case.id, CALL)
    with stored_once("second"):
        world.ana.casework.log_call(case.id, CALL)
    world.ana.casework.log_call(case.id, CALL)
    world.ana.casework.log_call(case.id, CALL)
    assert len(world.ana.casefile.open(case.id).calls) == before + 4


def test_a_case_is_taken_once_under_a_key(world: World) -> None:
    with stored_once("k"):
        case = world.take()
    with stored_once("k"), pytest.raises(StoredAlready, match=case.reference):
        world.take()
    assert world.take().id == case.id + 1


def test_what_takes_several_transactions_is_stored_whole_under_its_key(world: World) -> None:
    case = world.take()
    with stored_once("both"):
        world.ana.casework.log_call(case.id, CALL)
        world.ana.casework.log_call(case.id, CALL)
    with stored_once("both"), pytest.raises(StoredAlready):
        world.ana.casework.log_call(case.id, CALL)
    assert len(world.ana.casefile.open(case.id).calls) == 3


def test_what_no_entry_tells_of_is_known_again_too(world: World) -> None:
    with world.store.writing() as writer:
        writer.put_agent(an_agent("ana", role=Role.ADMINISTRATOR))
    with stored_once("k"):
        world.ana.staff.add({"name": "Eve"})
    with stored_once("k"), pytest.raises(StoredAlready, match=r"^Stored already\. It is not stored again\.$"):
        world.ana.staff.add({"name": "Eve"})


def test_a_change_that_is_refused_leaves_its_key_free(world: World) -> None:
    case = world.take()
    with stored_once("k"):
        with pytest.raises(Refusal, match="needed"):
            world.ana.casework.add_note(case.id, {"text": ""})
        world.ana.casework.add_note(case.id, {"text": "Rou"})


def test_a_key_ends_with_what_it_is_for(world: World) -> None:
    case = world.take()
    with stored_once("k"), stored_once(None):
        world.ana.casework.add_note(case.id, {"text": "Rou"})
    with world.store.reading() as reader:
        assert reader.receipt("k") is None
    assert new_key() != new_key()
