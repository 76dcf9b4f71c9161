"""Closing: two separate dates, proof, attempts, and no case closed past its blockers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.unit.services.world import World
from tuitrack.domain.case import Case
from tuitrack.domain.errors import Blocked, Conflict, NotFound, Refusal
from tuitrack.domain.words import EntryKind, Mood, Outcome, PromiseOutcome, Status


@pytest.fixture
def resolved(world: World) -> Case:
    return world.resolve(world.take())


def verify(world: World, case: Case, result: str = "reached") -> int:
    call = world.ana.casework.log_call(case.id, {"direction": "outbound", "purpose": "verify", "result": result})
    return call.id


def seen(world: World, case: Case) -> int:
    return world.ana.casefile.open(case.id).case.version


def confirm(world: World, case: Case, **fields: Any) -> Case:
    values = {"customer_confirmed_on": world.ana.desk.today(), "mood": Mood.SATISFIED} | fields
    return world.ana.closure.save_confirmation(case.id, values, seen(world, case))


def test_resolving_sets_the_companys_date_and_never_the_customers(world: World, resolved: Case) -> None:
    assert resolved.status is Status.RESOLVED
    assert resolved.company_resolved_on == world.ana.desk.today()
    assert resolved.company_resolved_by == "ana"
    assert resolved.customer_confirmed_on is None
    assert resolved.next_due_kind == "confirm"


def test_time_alone_never_confirms(world: World, resolved: Case) -> None:
    world.passes(days=400)
    file = world.ana.casefile.open(resolved.id)
    assert file.case.customer_confirmed_on is None
    with pytest.raises(Blocked) as refused:
        world.ana.closure.close(resolved.id, {"outcome": Outcome.CONFIRMED}, resolved.version)
    assert {blocker.field for blocker in refused.value.blockers} == {
        "customer_confirmed_on",
        "confirming_call_id",
        "mood",
    }


def test_a_confirmed_case_closes_with_both_dates_and_the_call(world: World, resolved: Case) -> None:
    world.passes(days=2)
    call_id = verify(world, resolved)
    confirmed = confirm(world, resolved, confirming_call_id=call_id)
    closed = world.ana.closure.close(resolved.id, {"outcome": Outcome.CONFIRMED}, confirmed.version)
    assert closed.status is Status.CLOSED
    assert closed.customer_confirmed_on is not None
    assert closed.company_resolved_on is not None
    assert (closed.customer_confirmed_on - closed.company_resolved_on).days == 2
    assert (closed.confirming_call_id, closed.confirmation_asked_by) == (call_id, "ana")
    assert closed.next_due_at is None


def test_the_customers_date_needs_the_call_that_proves_it(world: World, resolved: Case) -> None:
    with pytest.raises(Refusal, match="Proof"):
        confirm(world, resolved)
    with pytest.raises(NotFound, match="Proof"):
        confirm(world, resolved, confirming_call_id=999)
    missed = verify(world, resolved, "voicemail")
    with pytest.raises(Refusal, match="not reached"):
        confirm(world, resolved, confirming_call_id=missed)


def test_an_earlier_call_proves_nothing(world: World, resolved: Case) -> None:
    call_id = verify(world, resolved)
    world.passes(days=2)
    with pytest.raises(Refusal, match="before the customer's date"):
        confirm(world, resolved, confirming_call_id=call_id)
    on_the_day = world.ana.desk.today() - timedelta(days=2)
    assert confirm(world, resolved, confirming_call_id=call_id, customer_confirmed_on=on_the_day).customer_confirmed_on


def test_the_customers_date_is_not_in_the_future_and_not_early_without_a_reason(world: World, resolved: Case) -> None:
    call_id = verify(world, resolved)
    day = timedelta(days=1)
    today = world.ana.desk.today()
    with pytest.raises(Refusal, match="future"):
        confirm(world, resolved, confirming_call_id=call_id, customer_confirmed_on=today + day)
    with pytest.raises(Refusal, match="state why"):
        confirm(world, resolved, confirming_call_id=call_id, customer_confirmed_on=today - day)
    early = confirm(
        world,
        resolved,
        confirming_call_id=call_id,
        customer_confirmed_on=today - day,
        confirmed_early_because="She saw it work first.",
    )
    assert early.confirmed_early_because


def test_still_angry_is_kept_on_a_confirmed_case(world: World, resolved: Case) -> None:
    confirmed = confirm(world, resolved, confirming_call_id=verify(world, resolved), mood=Mood.ANGRY)
    assert confirmed.still_angry
    assert world.ana.closure.close(resolved.id, {"outcome": Outcome.CONFIRMED}, confirmed.version).still_angry


def test_unconfirmed_closes_only_after_counted_attempts(world: World, resolved: Case) -> None:
    reason = {"unconfirmed_because": "Never in."}
    for _ in range(3):
        with pytest.raises(Blocked, match="Attempts"):
            world.ana.closure.close(resolved.id, {"outcome": Outcome.UNCONFIRMED}, seen(world, resolved))
        verify(world, resolved, "no_answer")
    world.ana.closure.save_confirmation(resolved.id, reason, seen(world, resolved))
    closed = world.ana.closure.close(resolved.id, {"outcome": Outcome.UNCONFIRMED}, seen(world, resolved))
    assert (closed.outcome, closed.customer_confirmed_on) == (Outcome.UNCONFIRMED, None)


def test_an_open_promise_keeps_a_case_open(world: World, resolved: Case) -> None:
    world.ana.items.add_promise(resolved.id, {"what": "send the bill", "due_at": world.now + timedelta(days=1)})
    found = world.ana.closure.blockers(resolved.id, Outcome.UNCONFIRMED)
    assert "promise" in [blocker.field for blocker in found]


def test_nothing_is_resolved_in_the_future_or_before_it_was_received(world: World) -> None:
    case = world.take()
    for days, sentence in ((1, "future"), (-1, "received")):
        values = {"resolution": "Done.", "company_resolved_on": world.ana.desk.today() + timedelta(days=days)}
        with pytest.raises(Refusal, match=sentence):
            world.ana.closure.save_resolution(case.id, values, case.version)


def test_a_company_date_without_a_word_on_what_was_done_is_refused(world: World) -> None:
    case = world.take()
    with pytest.raises(Refusal, match="say what was done"):
        world.ana.closure.save_resolution(case.id, {"company_resolved_on": world.ana.desk.today()}, case.version)


def test_the_companys_date_changes_only_with_a_reason_and_never_goes_away(world: World, resolved: Case) -> None:
    world.passes(days=1)
    later = {"resolution": "Box replaced.", "company_resolved_on": world.ana.desk.today()}
    with pytest.raises(Refusal, match="state why"):
        world.ana.closure.save_resolution(resolved.id, later, resolved.version)
    changed = world.ana.closure.save_resolution(
        resolved.id, later | {"changed_because": "Second visit."}, resolved.version
    )
    assert changed.company_resolved_on == world.ana.desk.today()
    entry = world.ana.casefile.open(resolved.id).entries[-1]
    assert "Second visit" in entry.summary
    assert "company_resolved_on" in entry.changes
    gone = {"resolution": "Box replaced.", "changed_because": "mistake"}
    with pytest.raises(Refusal, match="reopen"):
        world.ana.closure.save_resolution(resolved.id, gone, changed.version)


def test_steps_can_be_left_half_way_and_taken_up_by_somebody_else(world: World) -> None:
    case = world.take()
    half = world.ana.closure.save_decision(case.id, {"justified": "partly"}, case.version)
    going_on = world.luka.closure.save_decision(case.id, {"justified": "partly", "explanation": "Half."}, half.version)
    assert (going_on.justified, going_on.explanation) == (half.justified, "Half.")


@pytest.mark.parametrize("outcome", [Outcome.WITHDRAWN, Outcome.VOID])
def test_a_case_ends_without_a_resolution_only_with_a_note(world: World, outcome: Outcome) -> None:
    case = world.take()
    [promise] = world.ana.casefile.open(case.id).promises
    world.ana.items.settle_promise(case.id, promise.id, PromiseOutcome.KEPT)
    with pytest.raises(Blocked, match="Closing note"):
        world.ana.closure.close(case.id, {"outcome": outcome}, seen(world, case))
    closed = world.ana.closure.close(case.id, {"outcome": outcome, "closing_note": "Typed twice."}, seen(world, case))
    assert (closed.outcome, closed.status) == (outcome, Status.CLOSED)


def test_a_closed_case_opens_again_only_with_a_reason_and_keeps_its_history(world: World, resolved: Case) -> None:
    confirmed = confirm(world, resolved, confirming_call_id=verify(world, resolved))
    closed = world.ana.closure.close(resolved.id, {"outcome": Outcome.CONFIRMED}, confirmed.version)
    with pytest.raises(Refusal, match="reopen it"):
        world.ana.closure.save_decision(closed.id, {}, closed.version)
    with pytest.raises(Refusal, match="Reason"):
        world.ana.closure.reopen(closed.id, "  ", closed.version)
    opened = world.luka.closure.reopen(closed.id, "It drops again.", closed.version)
    assert (opened.status, opened.reopened_count) == (Status.OPEN, 1)
    assert (opened.company_resolved_on, opened.customer_confirmed_on, opened.outcome) == (None, None, None)
    entry = world.ana.casefile.open(closed.id).entries[-1]
    assert (entry.kind, entry.body, entry.by) == (EntryKind.REOPENED, "It drops again.", "luka")
    assert entry.changes["customer_confirmed_on"] == (str(closed.customer_confirmed_on), "")


def test_two_agents_cannot_both_close(world: World, resolved: Case) -> None:
    confirmed = confirm(world, resolved, confirming_call_id=verify(world, resolved))
    world.ana.closure.close(resolved.id, {"outcome": Outcome.CONFIRMED}, confirmed.version)
    with pytest.raises(Conflict, match="ana"):
        world.luka.closure.close(resolved.id, {"outcome": Outcome.CONFIRMED}, confirmed.version)
