"""Working on a case: what is added, what is changed, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.unit.services.world import World
from tuitrack.domain.case import Case
from tuitrack.domain.errors import Conflict, MoveRefused, NotFound, Refusal
from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.words import EntryKind, Priority, Status, Track


@pytest.fixture
def case(world: World) -> Case:
    return world.take()


def version(world: World, case: Case) -> int:
    return world.ana.casefile.open(case.id).case.version


def test_a_call_is_logged_with_its_own_time(world: World, case: Case) -> None:
    world.passes(hours=2)
    spoken = world.now - timedelta(minutes=30)
    call = world.ana.casework.log_call(
        case.id, {"direction": "outbound", "purpose": "update", "note": "Told her.", "at": spoken}
    )
    file = world.ana.casefile.open(case.id)
    assert call in file.calls
    last = file.entries[-1]
    assert (last.kind, last.body, last.occurred_at, last.entered_at) == (EntryKind.CALL, "Told her.", spoken, world.now)
    with pytest.raises(Refusal, match="future"):
        world.ana.casework.log_call(
            case.id, {"direction": "inbound", "purpose": "other", "at": world.now + timedelta(1)}
        )


def test_every_status_call_is_counted(world: World, case: Case) -> None:
    for times in (1, 2, 3):
        world.luka.casework.log_status_check(case.id)
        assert world.luka.casefile.status_card(case.id).times_asked == times


def test_anyone_can_say_how_it_stands(world: World, case: Case) -> None:
    seen = world.ana.casework.take(case.id, version(world, case)).version
    world.ana.casework.move(case.id, Status.INVESTIGATING, seen)
    world.ana.items.add_action(case.id, {"what": "measure the line"})
    card = world.luka.casefile.status_card(case.id)
    assert card.stage == "We are finding out what happened."
    assert card.owner == "Ana Kovač"
    assert card.next_promise is not None
    assert card.last_action is not None
    assert "measure the line" in card.last_action.summary


def test_what_is_read_out_is_only_what_was_done_for_the_customer(world: World, case: Case) -> None:
    work, items = world.ana.casework, world.ana.items
    items.add_action(case.id, {"what": "measure the line"})
    world.passes(minutes=1)
    items.add_action(case.id, {"what": "train the night shift", "track": Track.PROCESS})
    world.passes(minutes=1)
    work.add_note(case.id, {"text": "It was Bojan's mistake.", "kind": EntryKind.FINDING})
    work.log_status_check(case.id)
    card = world.luka.casefile.status_card(case.id)
    assert card.last_action is not None
    assert "measure the line" in card.last_action.summary


def test_a_correction_points_at_what_it_corrects_and_both_stay(world: World, case: Case) -> None:
    world.ana.casework.add_note(case.id, {"text": "She is from Split."})
    wrong = world.ana.casefile.open(case.id).entries[-1]
    world.passes(minutes=1)
    world.luka.casework.correct(case.id, wrong.id, "She is from Zadar.")
    *_, kept, correction = world.ana.casefile.open(case.id).entries
    assert kept == wrong
    assert (correction.corrects, correction.body, correction.by) == (wrong.id, "She is from Zadar.", "luka")


def test_a_correction_stays_within_its_case(world: World, case: Case) -> None:
    other = world.take()
    entry = world.ana.casefile.open(other.id).entries[0]
    with pytest.raises(NotFound, match="another case"):
        world.ana.casework.correct(case.id, entry.id, "no")


def test_every_change_is_on_the_timeline_with_old_and_new(world: World, case: Case) -> None:
    world.ana.casework.edit(case.id, {"subject": "Internet drops at eight", "priority": "high"}, case.version)
    entry = world.ana.casefile.open(case.id).entries[-1]
    assert entry.by == "ana"
    assert entry.changes["subject"] == ("Internet drops every evening", "Internet drops at eight")
    assert entry.changes["priority"] == ("normal", "high")


def test_an_edit_that_changes_nothing_leaves_no_trace(world: World, case: Case) -> None:
    before = world.ana.casefile.open(case.id)
    world.ana.casework.edit(case.id, {"subject": case.subject}, case.version)
    assert world.ana.casefile.open(case.id) == before


@pytest.mark.parametrize("fields", [{"received_at": timedelta(hours=1)}, {"occurred_on": timedelta(days=2)}])
def test_no_correction_moves_a_case_into_the_future(world: World, case: Case, fields: dict[str, timedelta]) -> None:
    values: dict[str, Any] = (
        {"received_at": world.now + fields["received_at"]}
        if "received_at" in fields
        else {"occurred_on": world.now.date() + fields["occurred_on"]}
    )
    with pytest.raises(Refusal, match="future"):
        world.ana.casework.edit(case.id, values, case.version)


def test_a_save_against_an_older_version_is_refused_and_tells_what_changed(world: World, case: Case) -> None:
    seen = case.version
    world.luka.casework.edit(case.id, {"subject": "Luka's words"}, seen)
    with pytest.raises(Conflict, match="luka") as refused:
        world.ana.casework.edit(case.id, {"subject": "Ana's words"}, seen)
    assert [entry.by for entry in refused.value.changes] == ["luka"]
    assert world.ana.casefile.open(case.id).case.subject == "Luka's words"


def test_what_only_adds_is_stored_whatever_happened_meanwhile(world: World, case: Case) -> None:
    world.luka.casework.edit(case.id, {"subject": "Luka's words"}, case.version)
    world.ana.casework.add_note(case.id, {"text": "Ana's note"})
    bodies = [entry.body for entry in world.ana.casefile.open(case.id).entries]
    assert "Ana's note" in bodies


def test_a_refused_change_stores_nothing_at_all(world: World, case: Case) -> None:
    before = world.ana.casefile.open(case.id)
    with pytest.raises(Refusal):
        world.ana.items.add_promise(case.id, {"what": "x", "due_at": world.now})
    with pytest.raises(NotFound):
        world.ana.casework.assign(case.id, "nobody.here", case.version)
    assert world.ana.casefile.open(case.id) == before


def test_taking_a_new_case_opens_it(world: World, case: Case) -> None:
    taken = world.luka.casework.take(case.id, case.version)
    assert (taken.owner, taken.status) == ("luka", Status.OPEN)


def test_a_case_is_taken_from_a_colleague_only_with_the_reason(world: World, case: Case) -> None:
    theirs = world.luka.casework.take(case.id, case.version)
    for owner in ("ana", None):
        with pytest.raises(Refusal, match="luka owns"):
            world.ana.casework.assign(case.id, owner, theirs.version)
    assert world.ana.casework.take(case.id, theirs.version, "Luka is ill.").owner == "ana"


def test_a_case_is_not_resolved_or_closed_by_moving_its_status(world: World, case: Case) -> None:
    for status in (Status.RESOLVED, Status.CLOSED):
        with pytest.raises(Refusal, match="closing steps"):
            world.ana.casework.move(case.id, status, case.version)
    with pytest.raises(MoveRefused):
        world.ana.casework.move(case.id, Status.NEW, world.ana.casework.take(case.id, case.version).version)


def test_urgent_comes_and_goes(world: World, case: Case) -> None:
    urgent = world.ana.casework.toggle_urgent(case.id, case.version)
    assert urgent.priority is Priority.URGENT
    assert world.ana.casework.toggle_urgent(case.id, urgent.version).priority is Priority.NORMAL


class TestTheNextCase:
    def test_it_is_the_first_of_the_list_that_nobody_owns(self, world: World) -> None:
        world.take(owner="luka", return_at=world.now + timedelta(hours=1))
        later = world.take(return_at=world.now + timedelta(hours=3))
        sooner = world.take(return_at=world.now + timedelta(hours=2))
        assert [world.ana.casework.take_next(QueueQuery()).id for _ in range(2)] == [sooner.id, later.id]
        assert world.ana.casefile.open(sooner.id).case.owner == "ana"
        with pytest.raises(NotFound, match="every open case of this list has an owner"):
            world.ana.casework.take_next(QueueQuery())

    def test_only_of_what_the_list_asks_for(self, world: World) -> None:
        world.take(subject="Bill")
        line = world.take(subject="Line", return_at=world.now + timedelta(days=9))
        assert world.ana.casework.take_next(QueueQuery("line")).id == line.id
        for query in (QueueQuery("line"), QueueQuery(owner="luka"), QueueQuery("bill is:closed")):
            with pytest.raises(NotFound):
                world.ana.casework.take_next(query)
        with pytest.raises(Refusal, match="list of the past"):
            world.ana.casework.take_next(QueueQuery("at:yesterday"))

    def test_taking_it_can_be_undone(self, world: World) -> None:
        case = world.take()
        world.ana.casework.take_next(QueueQuery())
        world.ana.undo.undo()
        undone = world.ana.casefile.open(case.id).case
        assert (undone.owner, undone.status) == (None, Status.NEW)
