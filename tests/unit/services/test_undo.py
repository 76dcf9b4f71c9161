"""Undoing: every kind of change is taken back whole and done again, and nobody's later work is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import NOW
from tests.unit.services.world import World
from tuitrack.domain.case import Case
from tuitrack.domain.errors import Refusal
from tuitrack.domain.queue import QueueQuery, Sort
from tuitrack.domain.words import ActionKind, CallResult, EntryKind, Outcome, Priority, PromiseOutcome, Status
from tuitrack.services.bundle import Services
from tuitrack.services.casefile import CaseFile
from tuitrack.services.ports import Store
from tuitrack.services.work_items import Anew
from tuitrack.storage.store import open_store


@pytest.fixture
def world(store: Store) -> World:
    """Two agents over each store in turn."""
    return World(store)


def at(agent: Services, case: Case) -> CaseFile:
    return agent.casefile.open(case.id)


def seen(agent: Services, case: Case) -> int:
    return at(agent, case).case.version


def stands(agent: Services, case: Case) -> tuple[Any, ...]:
    """All of a case but its timeline, and what a queue and the status card make of it."""
    file = at(agent, case)
    with agent.desk.store.reading() as reader:
        row = reader.cases_of(case.customer_id, 1)[0]
    card = agent.casefile.status_card(case.id)
    deed = card.last_action.id if card.last_action else None
    return (
        replace(file.case, version=0, touched_at=NOW),
        row._replace(version=0, touched_at=NOW),
        file.calls,
        file.actions,
        file.promises,
        file.remedies,
        file.clocks,
        file.steps,
        replace(card, last_action=None),
        deed,
    )


def call(agent: Services, case: Case, **values: Any) -> int:
    told = {"direction": "outbound", "purpose": "verify", "result": CallResult.REACHED, **values}
    return agent.casework.log_call(case.id, told).id


def action(agent: Services, case: Case) -> int:
    due = agent.desk.clock() + timedelta(hours=3)
    return agent.items.add_action(case.id, {"what": "send a technician", "due_at": due}).id


def promise(agent: Services, case: Case) -> int:
    due = agent.desk.clock() + timedelta(hours=2)
    return agent.items.add_promise(case.id, {"what": "call back", "due_at": due}).id


def remedy(agent: Services, case: Case) -> int:
    return agent.remedies.offer(case.id, {"kind": "discount", "amount": "12.50"}).id


def close(agent: Services, case: Case) -> None:
    agent.closure.close(case.id, {"outcome": Outcome.CONFIRMED}, seen(agent, case))


Step = Callable[[Services, Case], object]

EASY: dict[str, Step] = {
    "call": lambda agent, case: call(agent, case, note="She is content.", to_clarify="Which box?"),
    "status call": lambda agent, case: agent.casework.log_status_check(case.id),
    "note": lambda agent, case: agent.casework.add_note(case.id, {"text": "Called twice."}),
    "correction": lambda agent, case: agent.casework.correct(case.id, at(agent, case).entries[0].id, "At nine."),
    "action": action,
    "promise": promise,
    "remedy": remedy,
    "edit": lambda agent, case: agent.casework.edit(
        case.id, {"subject": "Drops at eight", "amount_asked": "20", "occurred_on": "2026-11-01"}, seen(agent, case)
    ),
    "take": lambda agent, case: agent.casework.take(case.id, seen(agent, case), "She asked me to."),
    "urgent": lambda agent, case: agent.casework.toggle_urgent(case.id, seen(agent, case)),
}
"""Changes that one can make of any open case, all with an entry of their own."""


def then(*steps: Step) -> tuple[Step, Step]:
    """Steps that come before the last one, and that one."""
    *before, last = steps

    def prepare(agent: Services, case: Case) -> None:
        for step in before:
            step(agent, case)

    return prepare, last


def move(status: Status) -> Step:
    return lambda agent, case: agent.casework.move(case.id, status, seen(agent, case))


def done(agent: Services, case: Case) -> None:
    agent.items.complete_action(case.id, at(agent, case).actions[-1].id, note="Box changed.")


def asked(kind: ActionKind) -> Step:
    values = {"what": "who packed it", "kind": kind, "assignee": "Novak", "pause_clocks": kind is ActionKind.LEGAL}
    return lambda agent, case: agent.items.add_action(case.id, values)


def settled(outcome: PromiseOutcome, *days: int) -> Step:
    def step(agent: Services, case: Case) -> None:
        newest = max(at(agent, case).promises, key=lambda one: one.id)
        anew = Anew(agent.desk.clock() + timedelta(days=days[0]), untold_because="Written.") if days else None
        agent.items.settle_promise(case.id, newest.id, outcome, "Because.", anew)

    return step


def answered(chosen: bool) -> Step:
    return lambda agent, case: agent.remedies.choose(case.id, at(agent, case).remedies[-1].id, chosen)


def delivered(agent: Services, case: Case) -> None:
    agent.remedies.deliver(case.id, at(agent, case).remedies[-1].id)


def option(agent: Services, case: Case) -> None:
    agent.remedies.offer(case.id, {"kind": "discount", "amount": "12.50", "option": True})


def told(agent: Services, case: Case) -> None:
    values = {"justified": "yes", "justified_because": "Our box.", "told_call_id": at(agent, case).calls[-1].id}
    agent.closure.save_decision(case.id, values, seen(agent, case))


def resolution(agent: Services, case: Case) -> None:
    fields = {"resolution": "Box replaced.", "company_resolved_on": agent.desk.today()}
    agent.closure.save_resolution(case.id, fields, seen(agent, case))


def decision(agent: Services, case: Case) -> None:
    fields = {"justified": "yes", "justified_because": "Our box.", "explanation": "It was our box."}
    agent.closure.save_decision(case.id, fields, seen(agent, case))


def cause(agent: Services, case: Case) -> None:
    fields = {"cause": "system fault", "no_process_action_because": "One box."}
    agent.closure.save_cause(case.id, fields, seen(agent, case))


def confirmed(agent: Services, case: Case) -> None:
    values = {"customer_confirmed_on": agent.desk.today(), "mood": "angry"}
    proof = at(agent, case).calls[-1].id
    agent.closure.save_confirmation(case.id, values | {"confirming_call_id": proof}, seen(agent, case))


def reopen(agent: Services, case: Case) -> None:
    agent.closure.reopen(case.id, "It drops again.", seen(agent, case))


TAKEN = settled(PromiseOutcome.KEPT)
CLOSED = (TAKEN, resolution, decision, cause, call, confirmed, close)

CHANGES: dict[str, tuple[Step, Step]] = {name: then(step) for name, step in EASY.items()} | {
    "moved": then(EASY["take"], move(Status.INVESTIGATING)),
    "moved back from resolved": then(resolution, move(Status.OPEN)),
    "handed over": then(lambda agent, case: agent.casework.assign(case.id, "luka", seen(agent, case))),
    "action done": then(action, done),
    "investigation opened": then(EASY["take"], asked(ActionKind.INVESTIGATION)),
    "investigation answered": then(EASY["take"], asked(ActionKind.INVESTIGATION), done),
    "legal advice asked for": then(asked(ActionKind.LEGAL)),
    "legal advice given": then(asked(ActionKind.LEGAL), done),
    "promise kept": then(promise, settled(PromiseOutcome.KEPT)),
    "promise broken": then(promise, settled(PromiseOutcome.BROKEN)),
    "promise agreed anew": then(promise, settled(PromiseOutcome.RENEGOTIATED, 4)),
    "remedy chosen": then(remedy, answered(True)),
    "remedy declined": then(remedy, answered(False)),
    "remedy delivered": then(remedy, answered(True), delivered),
    "one of two options chosen": then(option, option, answered(True)),
    "resolved": then(resolution),
    "decided": then(decision),
    "told in a call": then(decision, call, told),
    "cause": then(cause),
    "confirmed": then(*CLOSED[:-1]),
    "closed": then(*CLOSED),
    "reopened": then(*CLOSED, reopen),
}


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_is_undone_and_done_again(world: World, name: str) -> None:
    prepare, step = CHANGES[name]
    case = world.take()
    world.passes(minutes=5)
    prepare(world.ana, case)
    before, entries = stands(world.ana, case), at(world.ana, case).entries
    world.passes(minutes=5)
    step(world.ana, case)
    after = stands(world.ana, case)
    told = at(world.ana, case).entries
    what = world.ana.undo.last(case.id).what
    world.passes(minutes=5)
    assert world.ana.undo.undo(case.id).what == what
    assert stands(world.ana, case) == before
    world.passes(minutes=5)
    assert world.ana.undo.redo().what == what
    assert stands(world.ana, case) == after
    assert world.ana.undo.undo().what == what
    assert stands(world.ana, case) == before
    *kept, undone, redone, again = at(world.ana, case).entries
    assert tuple(kept) == told
    assert told[: len(entries)] == entries
    assert [one.kind for one in (undone, redone, again)] == [EntryKind.UNDONE, EntryKind.REDONE, EntryKind.UNDONE]
    assert undone.summary == f"Undone: {what}"
    assert (undone.by, undone.entered_at) == ("ana", world.now - timedelta(minutes=5))
    assert {one.corrects for one in (undone, redone, again)} == {told[len(entries)].id}
    assert (again.version, at(world.ana, case).case.touched_at) == (at(world.ana, case).case.version, world.now)


def test_undo_works_after_a_restart_and_at_another_desk(tmp_path: Path) -> None:
    at_one = World(open_store(tmp_path / "d" / "t.db", tmp_path / "b"))
    case = at_one.take()
    before = stands(at_one.ana, case)
    at_one.ana.casework.toggle_urgent(case.id, case.version)
    at_one.store.close()
    at_other = World(open_store(tmp_path / "d" / "t.db", tmp_path / "b"))
    assert at_other.ana.undo.undo().what == "Priority: urgent"
    assert stands(at_other.ana, case) == before
    at_other.store.close()


def test_what_is_undone_is_found_by_its_old_words_again(world: World) -> None:
    case = world.take()

    def found(text: str) -> int:
        with world.store.reading() as reader:
            return len(reader.page(QueueQuery(text=text, sort=Sort.NEWEST), world.now, 9).rows)

    EASY["edit"](world.ana, case)
    assert (found("drops every"), found("eight")) == (0, 1)
    world.ana.undo.undo()
    assert (found("drops every"), found("eight")) == (1, 0)
    world.ana.undo.redo()
    assert (found("drops every"), found("eight")) == (0, 1)


def test_one_undoes_step_by_step_and_does_it_again_in_order(world: World) -> None:
    case = world.take()
    states = [stands(world.ana, case)]
    for step in EASY.values():
        step(world.ana, case)
        states.append(stands(world.ana, case))
    for state in states[-2::-1]:
        world.ana.undo.undo(case.id)
        assert stands(world.ana, case) == state
    for state in states[1:]:
        world.ana.undo.redo(case.id)
        assert stands(world.ana, case) == state
    with pytest.raises(Refusal, match="you have undone nothing"):
        world.ana.undo.redo(case.id)


def test_the_last_change_anywhere_is_undone_first(world: World) -> None:
    one, other = world.take(), world.take()
    world.ana.casework.toggle_urgent(one.id, one.version)
    world.ana.casework.take(other.id, other.version)
    assert world.ana.undo.last().case.reference == other.reference
    assert world.ana.undo.undo().case.id == other.id
    assert world.ana.undo.last(one.id).what == "Priority: urgent"
    assert world.ana.undo.undo(one.id).case.priority is Priority.NORMAL
    assert [world.ana.undo.redo().case.id for _ in range(2)] == [one.id, other.id]


def test_nobody_elses_work_is_undone(world: World) -> None:
    case = world.take()
    world.ana.casework.toggle_urgent(case.id, case.version)
    with pytest.raises(Refusal, match="you changed nothing"):
        world.luka.undo.undo(case.id)
    world.luka.casework.add_note(case.id, {"text": "I looked into it."})
    for undo in (world.ana.undo.last, world.ana.undo.undo):
        with pytest.raises(Refusal, match=r"Not undone: luka changed .* after “Priority: urgent”: Note"):
            undo()
    assert at(world.ana, case).case.priority is Priority.URGENT
    world.luka.undo.undo()
    world.ana.undo.undo()
    assert at(world.ana, case).case.priority is Priority.NORMAL


@pytest.mark.parametrize("agent", ["ana", "luka"])
def test_what_is_undone_is_not_done_again_over_later_work(world: World, agent: str) -> None:
    case = world.take()
    world.ana.casework.toggle_urgent(case.id, case.version)
    world.ana.undo.undo()
    later: Services = getattr(world, agent)
    later.casework.add_note(case.id, {"text": "Later."})
    with pytest.raises(Refusal, match=f"Not done again: {agent} changed"):
        world.ana.undo.redo()
    later.undo.undo()
    if agent == "ana":
        assert world.ana.undo.redo().what == "Note"
    else:
        with pytest.raises(Refusal, match="Not done again: luka"):
            world.ana.undo.redo()
    assert at(world.ana, case).case.priority is Priority.NORMAL


def test_the_taking_of_a_case_stays(world: World) -> None:
    case = world.take()
    for case_id in (None, case.id):
        with pytest.raises(Refusal, match=f"was told {case.reference}, so the case stays"):
            world.ana.undo.undo(case_id)
    assert at(world.ana, case).case == case


def test_an_undone_closing_leaves_both_dates_as_they_were(world: World) -> None:
    case = world.take()
    for step in CLOSED[:-1]:
        step(world.ana, case)
    open_case = at(world.ana, case).case
    world.passes(days=3)
    close(world.ana, case)
    world.passes(days=1)
    reopened = world.ana.undo.undo().case
    assert reopened.status is Status.RESOLVED
    assert (reopened.closed_at, reopened.closed_by, reopened.outcome, reopened.reopened_count) == (None, None, None, 0)
    assert reopened.company_resolved_on == open_case.company_resolved_on
    assert reopened.customer_confirmed_on == open_case.customer_confirmed_on
    assert reopened.next_due_at == open_case.next_due_at is not None


def test_an_undone_confirmation_leaves_no_word_of_the_customer(world: World) -> None:
    case = world.take()
    for step in CLOSED[:-1]:
        step(world.ana, case)
    undone = world.ana.undo.undo().case
    assert (undone.customer_confirmed_on, undone.confirming_call_id, undone.mood) == (None, None, None)
    assert undone.company_resolved_on is not None


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(["ana", "luka"]), st.sampled_from([*EASY, "undo", "redo"])), max_size=16))
def test_two_agents_only_ever_take_back_their_own_last_change(steps: list[tuple[str, str]]) -> None:
    """Beside the case runs the plain model: a stack of what stands, and one of what was undone since."""
    world = World()
    case = world.take()
    made: list[tuple[str, Any]] = []
    taken_back: list[tuple[str, Any]] = []
    for name, step in steps:
        world.passes(minutes=1)
        agent: Services = getattr(world, name)
        before, version = stands(agent, case), seen(agent, case)
        if step in EASY:
            EASY[step](agent, case)
            if seen(agent, case) > version:
                made.append((name, before))
                taken_back.clear()
            continue
        source, goal = (made, taken_back) if step == "undo" else (taken_back, made)
        if source and source[-1][0] == name:
            getattr(agent.undo, step)(case.id)
            goal.append((name, before))
            assert stands(agent, case) == source.pop()[1]
        else:
            entries = at(agent, case).entries
            with pytest.raises(Refusal):
                getattr(agent.undo, step)(case.id)
            assert stands(agent, case) == before
            assert at(agent, case).entries == entries
