"""Decisions, when the customer heard them, and options of which the customer chooses one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.unit.services.world import World
from tuitrack.domain.case import Case
from tuitrack.domain.errors import NotFound, Refusal
from tuitrack.domain.words import EntryKind
from tuitrack.services.casefile import CaseFile

DECIDED = {"justified": "yes", "justified_because": "Our box.", "explanation": "It was our box."}


@pytest.fixture
def case(world: World) -> Case:
    return world.take(owner="ana")


def file(world: World, case: Case) -> CaseFile:
    return world.ana.casefile.open(case.id)


def decide(world: World, case: Case, **values: Any) -> Case:
    return world.ana.closure.save_decision(case.id, DECIDED | values, file(world, case).case.version)


def call(world: World, case: Case, **values: Any) -> int:
    told = {"direction": "outbound", "purpose": "update"} | values
    return world.ana.casework.log_call(case.id, told).id


def days(case: Case) -> tuple[date | None, date | None]:
    return case.decided_on, case.customer_told_on


def test_a_decision_keeps_the_day_on_which_it_was_first_made(world: World, case: Case) -> None:
    today = world.ana.desk.today()
    assert days(decide(world, case)) == (today, None)
    world.passes(days=2)
    told = world.ana.desk.today()
    assert days(decide(world, case, justified="partly", customer_told_on=told)) == (today, told)
    assert days(decide(world, case, justified=None)) == (None, None)


def test_a_decision_told_before_it_was_written_down_was_made_by_then(world: World, case: Case) -> None:
    yesterday = world.ana.desk.today() - timedelta(days=1)
    assert days(decide(world, case, customer_told_on=yesterday)) == (yesterday, yesterday)


def test_the_call_in_which_it_was_told_gives_the_day(world: World, case: Case) -> None:
    told_in = call(world, case)
    world.passes(days=1)
    decided = decide(world, case, decided_on=case.received_at.date(), told_call_id=told_in)
    assert days(decided) == (case.received_at.date(), case.received_at.date())
    assert file(world, case).told_call == file(world, case).calls[-1]
    summaries = [one.summary for one in file(world, case).entries if one.kind is EntryKind.DECISION]
    assert summaries == ["Justified: yes", "Customer told of the decision on 18 Nov 2026"]


def test_telling_alone_is_told_by_an_entry_of_its_own(world: World, case: Case) -> None:
    decide(world, case)
    decide(world, case, customer_told_on=world.ana.desk.today())
    last = file(world, case).entries[-1]
    assert last.summary == "Customer told of the decision on 18 Nov 2026"
    assert set(last.changes) == {"customer_told_on"}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"decided_on": "2026-11-19"}, "Decided on: the date is in the future"),
        ({"customer_told_on": "2026-11-19"}, "Customer told on: the date is in the future"),
        ({"decided_on": "2026-11-18", "customer_told_on": "2026-11-17"}, "nobody can be told earlier"),
    ],
)
def test_days_that_cannot_be_are_refused(world: World, case: Case, values: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        decide(world, case, **values)


def test_only_a_call_that_reached_the_customer_that_day_tells_the_decision(world: World, case: Case) -> None:
    missed, reached = call(world, case, result="no_answer"), call(world, case)
    with pytest.raises(Refusal, match="was not reached"):
        decide(world, case, told_call_id=missed)
    with pytest.raises(NotFound, match="no such call"):
        decide(world, case, told_call_id=99)
    world.passes(days=1)
    with pytest.raises(Refusal, match="the call was on 18 Nov 2026"):
        decide(world, case, told_call_id=reached, customer_told_on=world.ana.desk.today())


def test_what_is_done_before_the_customer_is_told_is_named_until_it_was_told_in_time(world: World, case: Case) -> None:
    items, remedies = world.ana.items, world.ana.remedies
    before = items.add_action(case.id, {"what": "look at the box"})
    world.passes(days=1)
    asked = items.add_action(case.id, {"what": "who packed it", "kind": "investigation"})
    decide(world, case)
    first = world.ana.desk.today()
    world.passes(days=1)
    after = items.add_action(case.id, {"what": "send a new box"})
    world.passes(days=1)
    for action in (before, asked, after):
        items.complete_action(case.id, action.id, note="Nobody.")
    remedies.deliver(case.id, remedies.offer(case.id, {"kind": "coupon", "amount": "20"}).id)
    assert [deed.what for deed in file(world, case).done_untold] == ["delivered coupon 20 EUR", "done: send a new box"]
    world.passes(days=1)
    decide(world, case, customer_told_on=world.ana.desk.today())
    assert len(file(world, case).done_untold) == 2
    decide(world, case, customer_told_on=first)
    assert file(world, case).done_untold == []


def test_the_customer_chooses_one_of_the_options(world: World, case: Case) -> None:
    remedies = world.ana.remedies
    discount = remedies.offer(case.id, {"kind": "discount", "amount": "20", "option": True})
    repair = remedies.offer(case.id, {"kind": "repair", "option": True})
    alone = remedies.offer(case.id, {"kind": "apology"})
    remedies.choose(case.id, repair.id, True)
    later = remedies.offer(case.id, {"kind": "coupon", "option": True})
    kept = {one.id: one for one in file(world, case).remedies}
    assert [one.option_set for one in kept.values()] == [1, 1, None, 2]
    assert [kept[one.id].chosen for one in (discount, repair, alone, later)] == [False, True, None, None]
    remedies.choose(case.id, discount.id, True)
    kept = {one.id: one for one in file(world, case).remedies}
    assert [kept[one.id].chosen for one in (discount, repair, alone, later)] == [True, False, None, None]


def test_once_an_option_was_delivered_no_other_is_chosen(world: World, case: Case) -> None:
    remedies = world.ana.remedies
    repair = remedies.offer(case.id, {"kind": "repair", "option": True})
    coupon = remedies.offer(case.id, {"kind": "coupon", "option": True})
    remedies.deliver(case.id, repair.id)
    with pytest.raises(Refusal, match="“repair”, another of these options, was delivered already"):
        remedies.choose(case.id, coupon.id, True)
    assert file(world, case).remedies[1].chosen is False
