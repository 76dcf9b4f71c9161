"""Handing over at the end of a shift: nothing promised is missing, and each item is the giver's until answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import NOW, a_case, a_clock, a_customer, a_promise, an_agent
from tests.clock_rules import put_in_force
from tests.unit.services.world import World
from tuitrack.domain.case import Case
from tuitrack.domain.errors import NotFound, Refusal
from tuitrack.domain.handover import HandoverItem, Outstanding
from tuitrack.domain.words import DueKind, EntryKind, HandedKind, HandoverAnswer, PromiseOutcome, Status
from tuitrack.services.bundle import Services
from tuitrack.services.handovers import NOBODY
from tuitrack.services.ports import Store

HOUR = timedelta(hours=1)
RULES = """
presets = ["desk"]
[calendars.office]
holidays = "HR"
[calendars.office.hours]
mon-fri = ["08:00-16:00"]
"""
TO_LUKA: dict[str, Any] = {"receiver": "luka", "until": NOW + 30 * HOUR}


@pytest.fixture
def world(store: Store) -> World:
    """Two agents over each store in turn."""
    return World(store)


@pytest.fixture
def case(world: World) -> Case:
    """A case of Ana's in which she promised to get back to the customer tomorrow."""
    case = world.take()
    return world.ana.casework.take(case.id, case.version)


def told(found: list[Outstanding]) -> list[tuple[HandedKind, str]]:
    return [(one.kind, one.what) for one in found]


def send(world: World, **more: Any) -> list[HandoverItem]:
    """Hand everything of Ana's to Luka."""
    values = TO_LUKA | more
    handover = world.ana.handovers.send(values, world.ana.handovers.propose(values))
    with world.store.reading() as reader:
        return reader.handover_items(handover.id)


def owner(world: World, case: Case) -> str | None:
    return world.ana.casefile.open(case.id).case.owner


def test_what_is_due_whom_to_call_and_what_is_half_typed_is_proposed(world: World, case: Case) -> None:
    items, work = world.ana.items, world.ana.casework
    items.add_action(case.id, {"what": "ask the carrier", "assignee": "stores", "due_at": NOW + HOUR})
    items.add_promise(case.id, {"what": "send the bill", "due_at": NOW + 90 * HOUR})
    work.log_call(case.id, {"direction": "outbound", "purpose": "update", "result": "voicemail"})
    world.ana.drafts.keep(f"call_in:{case.id}", {"note": "A secret of hers."})
    world.ana.drafts.keep("handover", {"receiver": "luka"})
    other = world.luka.intake.take(world.intake(subject="Another"))
    other = world.luka.casework.take(other.id, other.version)
    world.luka.items.add_promise(other.id, {"what": "call with Ana", "by": "ana", "due_at": NOW + 2 * HOUR})
    world.luka.items.add_action(other.id, {"what": "measure", "assignee": "ana", "due_at": NOW + 3 * HOUR})
    found = world.ana.handovers.propose(TO_LUKA)
    assert told(found) == [
        (HandedKind.CALLBACK, "update, voicemail"),
        (HandedKind.ACTION, "ask the carrier"),
        (HandedKind.PROMISE, "call with Ana"),
        (HandedKind.ACTION, "measure"),
        (HandedKind.PROMISE, "get back to the customer"),
        (HandedKind.DRAFT, "a call"),
    ]
    assert {one.owner for one in found} == {"ana", "luka"}
    assert found[-1].reference == case.reference
    assert "secret" not in repr(found)
    assert told(world.ana.handovers.next_shift(NOW + HOUR)) == told([found[0], found[1], found[-1]])


def test_deadlines_of_clocks_are_there_unless_they_are_met_or_stand_still(world: World, case: Case) -> None:
    with world.store.writing() as writer:
        for kind, fields in (
            (DueKind.PROGRESS, {"due_at": NOW - HOUR}),
            (DueKind.HOLDING, {"due_at": NOW + HOUR, "met_at": NOW}),
            (DueKind.FINAL, {"due_at": NOW + HOUR, "paused_at": NOW}),
        ):
            writer.add(a_clock(case.id, kind=kind, **fields))
    world.ana.casework.add_note(case.id, {"text": "Now it is known what is due next."})
    found = [one for one in world.ana.handovers.propose(TO_LUKA) if one.kind is HandedKind.DEADLINE]
    assert told(found) == [(HandedKind.DEADLINE, "progress update")]


def test_what_several_leave_is_there_once_with_what_nobody_has(world: World, case: Case) -> None:
    nobodys = world.take(subject="Another")
    world.luka.items.add_promise(nobodys.id, {"what": "call", "by": "the smith", "due_at": NOW + HOUR})
    until = NOW + 30 * HOUR
    assert world.luka.handovers.next_shift(until, ["luka", "eva"]) == []
    found = world.luka.handovers.next_shift(until, ["luka", "ana", NOBODY])
    assert [(one.what, one.reference) for one in found] == [
        ("call", nobodys.reference),
        *(("get back to the customer", one.reference) for one in (case, nobodys)),
    ]


def test_the_next_shift_ends_as_the_office_closes_on_the_next_working_day(world: World) -> None:
    assert world.ana.handovers.until() == NOW + 8 * HOUR
    put_in_force(world.store, world.ana.desk.settings, RULES, NOW - HOUR)
    # Wednesday 18 November is a holiday in Croatia.
    for now, end in ((NOW, 19), (NOW + 22 * HOUR, 20), (NOW + 28 * HOUR, 20), (NOW + 48 * HOUR, 23)):
        world.now = now
        until = world.ana.handovers.until()
        assert (until.day, until.hour, until.minute) == (end, 16, 0), now


def test_an_accepted_item_takes_its_case_along_and_leaves_the_promise_its_maker(world: World, case: Case) -> None:
    (item,) = send(world, notes={f"promise:{case.id}:1": "Ring twice."})
    assert item.note == "Ring twice."
    assert owner(world, case) == "ana"
    world.passes(minutes=5)
    accepted = world.luka.handovers.accept(item.id)
    assert (accepted.answer, accepted.answered_by, accepted.answered_at) == (
        HandoverAnswer.ACCEPTED,
        "luka",
        world.now,
    )
    file = world.luka.casefile.open(case.id)
    assert file.case.owner == "luka"
    assert file.promises[0].by == "ana"
    last = file.entries[-1]
    assert (last.kind, last.by, last.body) == (EntryKind.HANDOVER, "luka", "Ring twice.")
    assert last.summary == "Handover from ana to luka, accepted: promise, get back to the customer"
    assert last.changes["owner"] == ("ana", "luka")
    (file_of,) = world.ana.handovers.all()
    assert (file_of.unanswered, file_of.answers(HandoverAnswer.ACCEPTED)) == (0, 1)


def test_a_case_that_is_not_the_givers_stays_whose_it_is(world: World) -> None:
    case = world.luka.intake.take(world.intake(return_at=None, no_return_reason="none"))
    case = world.luka.casework.take(case.id, case.version)
    world.ana.items.add_promise(case.id, {"what": "call", "due_at": NOW + HOUR})
    with world.store.writing() as writer:
        writer.put_agent(an_agent("eva"))
    (item,) = send(world, receiver="eva")
    Services(replace(world.ana.desk, agent="eva")).handovers.accept(item.id)
    assert owner(world, case) == "luka"


def test_what_is_declined_goes_back_and_says_why(world: World, case: Case) -> None:
    (item,) = send(world)
    with pytest.raises(Refusal, match="this is needed"):
        world.luka.handovers.decline(item.id, " ")
    world.luka.handovers.decline(item.id, "I am away.")
    assert owner(world, case) == "ana"
    last = world.ana.casefile.open(case.id).entries[-1]
    assert (last.summary.split(": ")[0], last.body) == ("Handover from ana to luka, declined", "I am away.")
    assert told(world.ana.handovers.propose(TO_LUKA)) == [(HandedKind.PROMISE, "get back to the customer")]


def test_what_waits_for_an_answer_is_told_to_both_and_not_proposed_again(world: World, case: Case) -> None:
    proposal = world.ana.handovers.propose(TO_LUKA)
    (item,) = send(world)
    for services, is_mine in ((world.ana, False), (world.luka, True)):
        (waiting,) = services.handovers.waiting()
        assert (waiting.giver, waiting.receiver, waiting.count, waiting.is_mine) == ("Ana Kovač", "Luka", 1, is_mine)
    assert world.ana.handovers.propose(TO_LUKA) == []
    with pytest.raises(Refusal, match="waits for an answer already"):
        world.ana.handovers.send(TO_LUKA, proposal)
    world.ana.handovers.take_back(item.id)
    assert world.ana.handovers.waiting() == world.luka.handovers.waiting() == []
    assert world.ana.handovers.propose(TO_LUKA) == proposal


def test_only_the_first_answer_counts(world: World, case: Case) -> None:
    (item,) = send(world)
    with pytest.raises(Refusal, match="only luka may say"):
        world.ana.handovers.accept(item.id)
    with pytest.raises(Refusal, match="only ana may say"):
        world.luka.handovers.take_back(item.id)
    world.luka.handovers.accept(item.id)
    entries = len(world.ana.casefile.open(case.id).entries)
    with pytest.raises(Refusal, match="was accepted by luka already"):
        world.ana.handovers.take_back(item.id)
    with pytest.raises(Refusal, match="was accepted by luka already"):
        world.luka.handovers.decline(item.id, "Too late.")
    assert len(world.ana.casefile.open(case.id).entries) == entries


def test_an_answer_is_undone_and_the_item_waits_again(world: World, case: Case) -> None:
    (item,) = send(world)
    world.luka.handovers.accept(item.id)
    world.luka.undo.undo()
    assert owner(world, case) == "ana"
    assert world.luka.handovers.all()[0].unanswered == 1
    world.luka.undo.redo()
    assert owner(world, case) == "luka"
    assert world.luka.handovers.all()[0].unanswered == 0


def test_a_draft_without_a_case_is_known_of_and_nothing_else(world: World) -> None:
    world.ana.drafts.keep("intake", {"subject": "A secret"})
    (item,) = send(world)
    assert (item.kind, item.what, item.case_id) == (HandedKind.DRAFT, "a new case", None)
    world.luka.handovers.accept(item.id)
    assert world.luka.drafts.all() == []
    assert world.luka.handovers.all()[0].answers(HandoverAnswer.ACCEPTED) == 1


@pytest.mark.parametrize(
    ("values", "refusal", "message"),
    [
        ({"receiver": "nobody"}, NotFound, "no agent “nobody”"),
        ({"receiver": ""}, Refusal, "this is needed"),
        ({"receiver": "ana"}, Refusal, "somebody else"),
        ({"until": NOW}, Refusal, "has passed"),
    ],
)
def test_a_handover_needs_a_receiver_and_an_end(
    world: World, values: dict[str, Any], refusal: type[Refusal], message: str
) -> None:
    with pytest.raises(refusal, match=message):
        world.ana.handovers.propose(TO_LUKA | values)


def test_an_empty_handover_is_refused(world: World) -> None:
    with pytest.raises(Refusal, match="nothing is left in it"):
        world.ana.handovers.send(TO_LUKA, [])


_DUE = st.integers(-50, 50).map(lambda hours: NOW + hours * HOUR)
_PROMISES = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from(["ana", "luka"]), _DUE, st.sampled_from([None, PromiseOutcome.KEPT])),
    max_size=12,
)


@settings(max_examples=40)
@given(
    promises=_PROMISES,
    owners=st.lists(st.sampled_from(["ana", "luka", None]), min_size=4, max_size=4),
    until=_DUE,
    page=st.integers(1, 3),
)
def test_no_promise_due_in_the_window_is_missing(
    promises: list[tuple[int, str, datetime, PromiseOutcome | None]],
    owners: list[str | None],
    until: datetime,
    page: int,
) -> None:
    world = World()
    with world.store.writing() as writer:
        customer = writer.add(a_customer())
        for number, whose in enumerate(owners, 1):
            due = [at for case, _, at, outcome in promises if case == number and outcome is None]
            writer.add(a_case(number, customer.id, owner=whose, status=Status.OPEN, next_due_at=min(due, default=None)))
        stored = [
            writer.add(a_promise(case, by=by, due_at=at, outcome=outcome, settled_at=NOW if outcome else None))
            for case, by, at, outcome in promises
        ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tuitrack.services.outstanding.PAGE", page)
        found = world.ana.handovers.next_shift(until)
    wanted = {
        promise.id
        for promise in stored
        if promise.is_open and promise.due_at <= until and "ana" in (promise.by, owners[promise.case_id - 1])
    }
    assert {one.record_id for one in found if one.kind is HandedKind.PROMISE} == wanted
    assert len(found) == len(wanted)
