"""Investigations, information wanted and legal advice: what is asked, what is answered, what follows in the case."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.builders import a_case, a_customer
from tests.unit.services.world import World
from tuitrack.domain.case import Case
from tuitrack.domain.errors import Refusal
from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.timeline import Action
from tuitrack.domain.words import ActionKind, EntryKind, PauseReason, Status
from tuitrack.services.casefile import CaseFile


@pytest.fixture
def case(world: World) -> Case:
    return world.take(owner="ana")


def ask(world: World, case: Case, kind: ActionKind, **values: Any) -> Action:
    due = world.now + timedelta(days=2)
    told = {"what": "who packed it", "kind": kind, "assignee": "Dr. Novak", "due_at": due}
    return world.ana.items.add_action(case.id, told | values)


def answer(world: World, case: Case, inquiry: Action, note: str = "It was packed by hand.") -> Action:
    return world.ana.items.complete_action(case.id, inquiry.id, note=note)


def file(world: World, case: Case) -> CaseFile:
    return world.ana.casefile.open(case.id)


def paused_for_legal(world: World, case: Case) -> bool:
    return any(pause.reason is PauseReason.LEGAL for pause in file(world, case).lasting_pauses)


@pytest.mark.parametrize(
    ("kind", "asked", "told_as", "answered"),
    [
        (
            ActionKind.INVESTIGATION,
            "Investigation, investigator Dr. Novak: who packed it",
            EntryKind.FINDING,
            "Investigation, found on 21 Nov 2026, 3 days after it was asked: who packed it",
        ),
        (
            ActionKind.INFORMATION,
            "Information wanted, from whom Dr. Novak: who packed it",
            EntryKind.FINDING,
            "Information wanted, received on 21 Nov 2026, 3 days after it was asked: who packed it",
        ),
        (
            ActionKind.LEGAL,
            "Legal advice, adviser Dr. Novak: who packed it",
            EntryKind.ACTION,
            "Legal advice, answered on 21 Nov 2026, 3 days after it was asked: who packed it",
        ),
    ],
)
def test_an_inquiry_is_due_work_until_its_answer_is_written_down(
    world: World, case: Case, kind: ActionKind, asked: str, told_as: EntryKind, answered: str
) -> None:
    inquiry = ask(world, case, kind)
    assert (file(world, case).entries[-1].kind, file(world, case).entries[-1].summary) == (EntryKind.ACTION, asked)
    world.passes(days=3)
    assert any(due.record_id == inquiry.id and due.is_overdue(world.now) for due in file(world, case).clocks)
    with pytest.raises(Refusal, match="this is needed"):
        answer(world, case, inquiry, " ")
    done = answer(world, case, inquiry)
    last = file(world, case).entries[-1]
    assert (last.kind, last.summary, last.body) == (told_as, answered, "It was packed by hand.")
    assert (done.done_note, file(world, case).inquiries) == ("It was packed by hand.", [done])


def test_a_case_is_under_investigation_until_the_last_finding(world: World, case: Case) -> None:
    first = ask(world, case, ActionKind.INVESTIGATION)
    assert file(world, case).case.status is Status.INVESTIGATING
    assert world.ana.casefile.status_card(case.id).stage == "We are finding out what happened."
    assert world.ana.queue.count(QueueQuery("status:investigating"), 9) == 1
    second = ask(world, case, ActionKind.INVESTIGATION)
    answer(world, case, first)
    assert file(world, case).case.status is Status.INVESTIGATING
    answer(world, case, second)
    assert file(world, case).case.status is Status.OPEN
    steps = {step.step.id: step.is_done for step in file(world, case).steps}
    assert steps["gather"]


def test_a_case_that_waits_for_the_customer_goes_on_waiting(world: World, case: Case) -> None:
    world.ana.casework.move(case.id, Status.WAITING, case.version)
    answer(world, case, ask(world, case, ActionKind.INVESTIGATION))
    assert file(world, case).case.status is Status.WAITING


def test_a_case_that_nobody_owns_is_not_said_to_be_worked_on(world: World) -> None:
    with world.store.writing() as writer:
        customer = writer.add(a_customer())
        case = writer.add(a_case(customer_id=customer.id, status=Status.OPEN))
    ask(world, case, ActionKind.INVESTIGATION)
    assert (file(world, case).case.status, file(world, case).case.owner) == (Status.OPEN, None)


def test_clocks_stand_still_until_the_last_adviser_answered(world: World, case: Case) -> None:
    first = ask(world, case, ActionKind.LEGAL, pause_clocks=True)
    second = ask(world, case, ActionKind.LEGAL, pause_clocks=True)
    assert [pause.note for pause in file(world, case).lasting_pauses] == ["who packed it"]
    assert world.ana.queue.count(QueueQuery("is:legal"), 9) == 1
    answer(world, case, first)
    assert paused_for_legal(world, case)
    answer(world, case, second)
    assert not paused_for_legal(world, case)
    assert not file(world, case).awaits_legal_advice
    assert world.ana.queue.count(QueueQuery("is:legal"), 9) == 0


def test_legal_advice_is_awaited_while_the_clocks_run_on(world: World, case: Case) -> None:
    ask(world, case, ActionKind.LEGAL)
    assert file(world, case).awaits_legal_advice
    assert not paused_for_legal(world, case)


def test_what_was_asked_of_whom_is_never_read_out_to_the_customer(world: World, case: Case) -> None:
    before = world.ana.casefile.status_card(case.id).last_action
    for kind in (ActionKind.LEGAL, ActionKind.INVESTIGATION):
        answer(world, case, ask(world, case, kind))
        assert world.ana.casefile.status_card(case.id).last_action == before


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"kind": "investigation", "done_on": "2026-11-18"}, "Done on: leave it empty"),
        ({"kind": "information", "pause_clocks": True}, "Pause the clocks: only legal advice"),
        ({"kind": "repair", "pause_clocks": True}, "Pause the clocks: only legal advice"),
    ],
)
def test_what_does_not_fit_an_inquiry_is_refused(
    world: World, case: Case, values: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence):
        world.ana.items.add_action(case.id, {"what": "look into it"} | values)
    assert file(world, case).actions == ()
