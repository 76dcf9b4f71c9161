"""Actions, promises and remedies: what is added, what is settled, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.unit.services.world import World
from tuitrack.domain.case import Case
from tuitrack.domain.errors import Refusal
from tuitrack.domain.timeline import Promise
from tuitrack.domain.words import PromiseOutcome, Track
from tuitrack.services.work_items import Anew


@pytest.fixture
def case(world: World) -> Case:
    return world.take()


def test_an_action_keeps_the_day_it_was_asked_for_and_the_day_it_was_done(world: World, case: Case) -> None:
    action = world.ana.items.add_action(
        case.id, {"what": "send a technician", "kind": "visit", "assignee": "Field Ltd"}
    )
    asked = world.now.date()
    world.passes(days=4)
    done = world.ana.items.complete_action(case.id, action.id, asked + timedelta(days=3), "Box changed.")
    assert (done.requested_on, done.done_on, done.slippage_days) == (asked, asked + timedelta(days=3), 3)
    with pytest.raises(Refusal, match="already done"):
        world.ana.items.complete_action(case.id, action.id)


@pytest.mark.parametrize(("days", "sentence"), [(1, "future"), (-1, "earlier")])
def test_an_action_is_not_done_in_the_future_or_before_its_request(
    world: World, case: Case, days: int, sentence: str
) -> None:
    action = world.ana.items.add_action(case.id, {"what": "visit"})
    with pytest.raises(Refusal, match=sentence):
        world.ana.items.complete_action(case.id, action.id, world.ana.desk.today() + timedelta(days=days))


def test_a_renegotiated_promise_leaves_both_dates_on_record(world: World, case: Case) -> None:
    [old] = world.ana.casefile.open(case.id).promises
    later = old.due_at + timedelta(days=2)
    told = world.ana.casework.log_call(case.id, {"direction": "outbound", "purpose": "update"})
    world.ana.casework.log_call(case.id, {"direction": "inbound", "purpose": "other"})
    anew = Anew(later, told.id)
    new = world.ana.items.settle_promise(case.id, old.id, PromiseOutcome.RENEGOTIATED, "Part not here.", anew)
    promises = {promise.id: promise for promise in world.ana.casefile.open(case.id).promises}
    assert promises[old.id].outcome is PromiseOutcome.RENEGOTIATED
    assert promises[old.id].due_at == old.due_at
    assert (new.renegotiates, new.due_at, new.is_open, new.call_id) == (old.id, later, True, told.id)
    assert world.ana.casefile.open(case.id).case.next_due_at == later


@pytest.mark.parametrize("outcome", [PromiseOutcome.BROKEN, PromiseOutcome.RENEGOTIATED])
def test_a_promise_is_not_broken_without_a_reason(world: World, case: Case, outcome: PromiseOutcome) -> None:
    [promise] = world.ana.casefile.open(case.id).promises
    with pytest.raises(Refusal, match="Reason"):
        world.ana.items.settle_promise(case.id, promise.id, outcome, " ", Anew(world.now + timedelta(days=9)))


def test_a_promise_is_agreed_anew_in_a_call_or_with_the_reason_why_in_none(world: World, case: Case) -> None:
    [promise] = world.ana.casefile.open(case.id).promises
    missed = world.ana.casework.log_call(case.id, {"direction": "outbound", "purpose": "update", "result": "no_answer"})
    reached = world.ana.casework.log_call(case.id, {"direction": "outbound", "purpose": "update"})
    due = world.now + timedelta(days=9)

    def settle(anew: Anew | None, outcome: PromiseOutcome = PromiseOutcome.RENEGOTIATED) -> Promise:
        return world.ana.items.settle_promise(case.id, promise.id, outcome, "Part not here.", anew)

    for anew, field in [
        (None, "new_due_at"),
        (Anew(world.now), "call_id"),
        (Anew(due), "call_id"),
        (Anew(due, missed.id), "call_id"),
        (Anew(due, reached.id, "they wrote"), "untold_because"),
        (Anew(world.now, reached.id), "new_due_at"),
    ]:
        with pytest.raises(Refusal) as refused:
            settle(anew)
        assert refused.value.field == field
    with pytest.raises(Refusal, match="New date"):
        settle(Anew(due, reached.id), PromiseOutcome.BROKEN)
    new = settle(Anew(due, untold_because="They asked by letter."))
    last = world.ana.casefile.open(case.id).entries[-1]
    assert (new.call_id, last.record_id, last.body) == (
        None, new.id, "The customer was told in no call: They asked by letter."
    )  # fmt: skip


def test_a_promise_is_settled_once(world: World, case: Case) -> None:
    [promise] = world.ana.casefile.open(case.id).promises
    world.ana.items.settle_promise(case.id, promise.id, PromiseOutcome.KEPT)
    with pytest.raises(Refusal, match="already kept"):
        world.ana.items.settle_promise(case.id, promise.id, PromiseOutcome.KEPT)


def test_nothing_is_promised_for_the_past(world: World, case: Case) -> None:
    with pytest.raises(Refusal, match="Due"):
        world.ana.items.add_promise(case.id, {"what": "call", "due_at": world.now - timedelta(minutes=1)})


def test_a_promise_names_the_call_in_which_it_was_made(world: World, case: Case) -> None:
    reached = world.ana.casework.log_call(case.id, {"direction": "outbound", "purpose": "update"})
    world.ana.casework.log_call(case.id, {"direction": "outbound", "purpose": "update", "result": "no_answer"})
    promise = world.ana.items.add_promise(case.id, {"what": "visit", "due_at": world.now + timedelta(days=1)})
    assert promise.call_id == reached.id


def test_options_are_offered_and_the_customer_chooses(world: World, case: Case) -> None:
    remedies = world.ana.remedies
    coupon = remedies.offer(case.id, {"kind": "coupon", "amount": "20.00", "code": "SORRY20"})
    refund = remedies.offer(case.id, {"kind": "partial_refund", "amount": "35"})
    remedies.choose(case.id, coupon.id, chosen=False)
    delivered = remedies.deliver(case.id, refund.id)
    kept = {remedy.id: remedy for remedy in world.ana.casefile.open(case.id).remedies}
    assert (kept[coupon.id].chosen, kept[coupon.id].code, kept[coupon.id].currency) == (False, "SORRY20", "EUR")
    assert kept[refund.id] == delivered
    assert (delivered.chosen, delivered.delivered_on) == (True, world.ana.desk.today())


def test_process_work_may_stay_open_and_still_be_due(world: World, case: Case) -> None:
    items = world.ana.items
    [promise] = world.ana.casefile.open(case.id).promises
    items.settle_promise(case.id, promise.id, PromiseOutcome.KEPT)
    due = world.now + timedelta(days=2)
    items.add_action(case.id, {"what": "check all boxes", "track": Track.PROCESS, "due_at": due})
    assert world.ana.casefile.open(case.id).case.next_due_at == due


def test_times_in_forms_need_a_zone(world: World, case: Case) -> None:
    naive = world.now.replace(tzinfo=None)
    with pytest.raises(Refusal, match="timezone"):
        world.ana.items.add_promise(case.id, {"what": "call", "due_at": naive + timedelta(days=2)})
