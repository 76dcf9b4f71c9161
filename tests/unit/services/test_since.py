"""Two people change one case at once: what goes together is stored together, and what does not is told, not lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.unit.services.world import World
from tuitrack.domain.case import Case
from tuitrack.domain.errors import Conflict, Refusal
from tuitrack.domain.words import EntryKind, Outcome, Priority, PromiseOutcome, Status


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def case(world: World) -> Case:
    """A case that both have before their eyes."""
    return world.take()


def told(world: World, case: Case) -> list[tuple[str, set[str]]]:
    """Who changed which fields, by the timeline."""
    entries = world.ana.casefile.open(case.id).entries
    return [(entry.by, set(entry.changes)) for entry in entries if entry.kind is EntryKind.CHANGE]


def test_different_fields_go_together_and_both_are_on_the_timeline(world: World, case: Case) -> None:
    world.luka.casework.edit(case.id, {"product": "Router"}, case.version)
    edited = world.ana.casework.edit(case.id, {"category": "outage"}, case.version)
    assert (edited.product, edited.category) == ("Router", "outage")
    assert told(world, case) == [("luka", {"product"}), ("ana", {"category"})]


def test_the_same_field_is_told_with_the_other_value_and_stored_once_it_was_seen(world: World, case: Case) -> None:
    world.passes(minutes=5)
    world.luka.casework.edit(case.id, {"subject": "Luka's", "product": "Router"}, case.version)
    with pytest.raises(Conflict, match="luka: Changed") as refused:
        world.ana.casework.edit(case.id, {"subject": "Ana's", "category": "outage"}, case.version)
    conflict = refused.value
    (contested,) = conflict.contested
    assert (contested.field, contested.value, contested.by) == ("subject", "Luka's", "luka")
    assert contested.at == world.now
    assert conflict.theirs == {"subject": "Luka's", "product": "Router"}
    stored = world.ana.casefile.open(case.id).case
    assert (stored.subject, stored.category) == ("Luka's", "")
    edited = world.ana.casework.edit(case.id, {"subject": "Ana's"}, stored.version)
    changes = world.ana.casefile.open(case.id).entries[-1].changes
    assert (edited.subject, changes["subject"]) == ("Ana's", ("Luka's", "Ana's"))


def test_what_was_changed_and_changed_back_or_to_the_same_is_not_contested(world: World, case: Case) -> None:
    away = world.luka.casework.edit(case.id, {"subject": "Away", "product": "Router"}, case.version)
    world.luka.casework.edit(case.id, {"subject": case.subject}, away.version)
    edited = world.ana.casework.edit(case.id, {"subject": "Ana's", "product": "Router"}, case.version)
    assert (edited.subject, edited.product) == ("Ana's", "Router")


def test_a_step_of_closing_sends_back_only_what_was_touched(world: World, case: Case) -> None:
    world.luka.closure.save_decision(case.id, {"explanation": "It was our box."}, case.version)
    decided = world.ana.closure.save_decision(case.id, {"justified": "yes", "justified_because": "Ours."}, case.version)
    assert (decided.explanation, decided.justified_because) == ("It was our box.", "Ours.")
    with pytest.raises(Conflict) as refused:
        world.luka.closure.save_decision(case.id, {"justified": "no"}, case.version)
    assert [one.field for one in refused.value.contested] == ["justified"]


def test_two_days_of_resolution_are_contested_and_one_is_not(world: World, case: Case) -> None:
    today = world.now.date()
    done = {"resolution": "Box replaced.", "company_resolved_on": today}
    world.luka.closure.save_resolution(case.id, done, case.version)
    with pytest.raises(Conflict) as refused:
        world.ana.closure.save_resolution(case.id, done | {"resolution": "Line repaired."}, case.version)
    assert [one.field for one in refused.value.contested] == ["resolution"]
    assert world.ana.closure.save_resolution(case.id, done, case.version).company_resolved_by == "luka"


@pytest.mark.parametrize("outcome", [PromiseOutcome.KEPT, PromiseOutcome.BROKEN])
def test_a_promise_is_settled_once_and_the_second_hears_by_whom(
    world: World, case: Case, outcome: PromiseOutcome
) -> None:
    (promise,) = world.ana.casefile.open(case.id).promises
    world.luka.items.settle_promise(case.id, promise.id, PromiseOutcome.KEPT, seen=case.version)
    with pytest.raises(Conflict, match=r"already kept.*luka: Promise kept"):
        world.ana.items.settle_promise(case.id, promise.id, outcome, "They called first.", seen=case.version)


def test_what_the_customer_chose_is_not_declined_by_somebody_who_did_not_see_it(world: World, case: Case) -> None:
    remedy = world.ana.remedies.offer(case.id, {"kind": "coupon", "what": "5 EUR"})
    seen = world.ana.casefile.open(case.id).case.version
    world.luka.remedies.choose(case.id, remedy.id, True, seen)
    with pytest.raises(Conflict, match="luka: Chosen by the customer"):
        world.ana.remedies.choose(case.id, remedy.id, False, seen)


def test_records_that_are_not_the_same_do_not_stand_in_each_others_way(world: World, case: Case) -> None:
    action = world.ana.items.add_action(case.id, {"what": "Ask the depot", "track": "customer"})
    seen = world.ana.casefile.open(case.id).case.version
    (promise,) = world.ana.casefile.open(case.id).promises
    world.luka.items.settle_promise(case.id, promise.id, PromiseOutcome.KEPT, seen=seen)
    done = world.ana.items.complete_action(case.id, action.id, seen=seen)
    assert done.done_on == world.now.date()


def test_only_one_takes_a_case_that_nobody_has(world: World, case: Case) -> None:
    world.luka.casework.take(case.id, case.version)
    with pytest.raises(Conflict) as refused:
        world.ana.casework.take(case.id, case.version)
    assert [(one.field, one.value) for one in refused.value.contested if one.field == "owner"] == [("owner", "luka")]
    assert world.ana.casefile.open(case.id).case.owner == "luka"


def test_only_one_closes_and_only_one_reopens(world: World, case: Case) -> None:
    resolved = world.resolve(case)
    note = {"outcome": Outcome.WITHDRAWN, "closing_note": "Taken back."}
    closed = world.ana.closure.close(case.id, note, resolved.version)
    with pytest.raises(Conflict, match=r"is closed.*ana: Closed"):
        world.luka.closure.close(case.id, note, resolved.version)
    world.luka.closure.reopen(case.id, "Again.", closed.version)
    with pytest.raises(Conflict, match=r"not closed.*luka: Reopened"):
        world.ana.closure.reopen(case.id, "Again.", closed.version)


def test_a_status_and_a_priority_go_together_and_two_statuses_do_not(world: World, case: Case) -> None:
    taken = world.ana.casework.take(case.id, case.version)
    world.luka.casework.toggle_urgent(case.id, taken.version)
    moved = world.ana.casework.move(case.id, Status.INVESTIGATING, taken.version)
    assert (moved.priority, moved.status) == (Priority.URGENT, Status.INVESTIGATING)
    with pytest.raises(Conflict):
        world.luka.casework.move(case.id, Status.WAITING, taken.version)
    with pytest.raises(Conflict):
        world.luka.casework.toggle_urgent(case.id, taken.version)


def test_a_refusal_for_another_reason_names_its_field_still(world: World, case: Case) -> None:
    world.luka.casework.add_note(case.id, {"text": "Called."})
    late = world.now.date() + timedelta(days=1)
    with pytest.raises(Refusal) as refused:
        world.ana.closure.save_resolution(case.id, {"resolution": "Done.", "company_resolved_on": late}, case.version)
    assert refused.value.field == "company_resolved_on"


def test_what_gives_way_is_kept_on_the_timeline(world: World, case: Case) -> None:
    world.ana.casework.keep_untaken(case.id, {"Subject": "Ana's", "Details": "Two\nlines"})
    kept = [(entry.summary, entry.body) for entry in world.ana.casefile.open(case.id).entries[-2:]]
    assert kept == [
        ("Typed at the same time and not taken: Subject", "Ana's"),
        ("Typed at the same time and not taken: Details", "Two\nlines"),
    ]
