"""What is asked for again under the same key is stored once, whatever became of the first answer."""

from __future__ import annotations

import pytest

from tests.unit.services.world import World
from tuitrack.domain.errors import Refusal, StoredAlready
from tuitrack.domain.words import CallPurpose, Direction
from tuitrack.services.once import new_key, stored_once

CALL = {"direction": Direction.INBOUND, "purpose": CallPurpose.UPDATE, "note": "She asks when."}


def test_a_call_is_logged_once_under_a_key(world: World) -> None:
    case = world.take()
    before = len(world.ana.casefile.open(case.id).calls)
    with stored_once("first"):
        world.ana.casework.log_call(case.id, CALL)
        with pytest.raises(StoredAlready, match=f"{case.reference}.*not stored again"):
            world.ana.casework.log_call(case.id, CALL)
    with stored_once("second"):
        world.ana.casework.log_call(case.id, CALL)
    world.ana.casework.log_call(case.id, CALL)
    world.ana.casework.log_call(case.id, CALL)
    assert len(world.ana.casefile.open(case.id).calls) == before + 4


def test_a_case_is_taken_once_under_a_key(world: World) -> None:
    with stored_once("k"):
        case = world.take()
        with pytest.raises(StoredAlready, match=case.reference):
            world.take()
    assert world.take().id == case.id + 1


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
        assert reader.change_of("k") is None
    assert new_key() != new_key()
