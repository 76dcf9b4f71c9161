"""Escalating: before whom a case is laid, what came of it, and that all of it is told and can be undone."""

from __future__ import annotations

import pytest

from tests.unit.services.world import World
from tuitrack.domain.case import Case
from tuitrack.domain.errors import Conflict, Refusal
from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.timeline import Escalation
from tuitrack.domain.words import EntryKind, EscalationLevel, Outcome

TO_SUPERVISOR = {"level": "2", "to": "luka", "reason": "She asks for\nyou."}
TO_MANAGEMENT = {"level": "3", "to": "the board", "reason": "Beyond our limits."}


@pytest.fixture
def case(world: World) -> Case:
    return world.take()


def seen(world: World, case: Case) -> int:
    return world.ana.casefile.open(case.id).case.version


def escalated(world: World, case: Case) -> Escalation | None:
    return world.ana.casefile.open(case.id).escalation


def test_an_escalation_stands_until_somebody_says_what_came_of_it(world: World, case: Case) -> None:
    made = world.ana.escalations.escalate(case.id, TO_SUPERVISOR, case.version)
    assert escalated(world, case) == made
    assert (made.level, made.whom, made.by, made.at) == (
        EscalationLevel.SUPERVISOR,
        "supervisor, luka",
        "ana",
        world.now,
    )
    world.passes(hours=2)
    ended = world.luka.escalations.end(case.id, " Agreed. ", seen(world, case))
    assert escalated(world, case) is None
    assert (ended.ended_at, ended.ended_by, ended.came_of) == (world.now, "luka", "Agreed.")


def test_one_that_goes_on_ends_where_it_was_and_says_so(world: World, case: Case) -> None:
    first = world.ana.escalations.escalate(case.id, TO_SUPERVISOR, case.version)
    second = world.luka.escalations.escalate(case.id, TO_MANAGEMENT, seen(world, case))
    before, now = world.ana.casefile.open(case.id).escalations
    assert (before.id, before.came_of) == (first.id, "Escalated further to management, the board")
    assert now == second == escalated(world, case)


def test_what_is_told_of_reassigning_escalating_and_reopening(world: World, case: Case) -> None:
    world.ana.casework.assign(case.id, "luka", case.version)
    world.ana.escalations.escalate(case.id, TO_SUPERVISOR, seen(world, case))
    world.luka.escalations.escalate(case.id, TO_MANAGEMENT, seen(world, case))
    world.luka.escalations.end(case.id, "They pay.", seen(world, case))
    resolved = world.resolve(case)
    world.ana.closure.reopen(case.id, "It came back.", resolved.version)
    told = [
        (entry.by, entry.kind, entry.summary, entry.body)
        for entry in world.ana.casefile.open(case.id).entries
        if entry.kind in (EntryKind.ESCALATION, EntryKind.REOPENED) or entry.summary.startswith("Owner")
    ]
    assert told == [
        ("ana", EntryKind.STATUS, "Owner: luka", ""),
        ("ana", EntryKind.ESCALATION, "Escalation to supervisor, luka", "She asks for\nyou."),
        ("luka", EntryKind.ESCALATION, "Escalation to management, the board", "Beyond our limits."),
        ("luka", EntryKind.ESCALATION, "Escalation to management, the board ended", "They pay."),
        ("ana", EntryKind.REOPENED, "Reopened", "It came back."),
    ]


def test_each_step_is_undone_and_done_again(world: World, case: Case) -> None:
    made = world.ana.escalations.escalate(case.id, TO_SUPERVISOR, case.version)
    on = world.ana.escalations.escalate(case.id, TO_MANAGEMENT, seen(world, case))
    ended = world.ana.escalations.end(case.id, "No.", seen(world, case))
    stands = []
    for step in ("undo", "undo", "undo", "redo", "redo", "redo"):
        getattr(world.ana.undo, step)(case.id)
        stands.append(escalated(world, case))
    assert stands == [on, made, None, made, on, None]
    assert world.ana.casefile.open(case.id).escalations[-1] == ended


@pytest.mark.parametrize(
    ("change", "field"),
    [({"reason": " "}, "reason"), ({"to": ""}, "to"), ({"level": "4"}, "level"), ({"level": None}, "level")],
)
def test_level_receiver_and_reason_are_needed(
    world: World, case: Case, change: dict[str, str | None], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        world.ana.escalations.escalate(case.id, TO_SUPERVISOR | change, case.version)
    assert refused.value.field == field
    assert escalated(world, case) is None


def test_what_makes_no_sense_is_refused(world: World, case: Case) -> None:
    escalations = world.ana.escalations
    with pytest.raises(Refusal, match="none stands"):
        escalations.end(case.id, "Agreed.", case.version)
    escalations.escalate(case.id, TO_SUPERVISOR, case.version)
    with pytest.raises(Refusal, match="escalated to supervisor, luka already"):
        escalations.escalate(case.id, TO_SUPERVISOR, seen(world, case))
    with pytest.raises(Refusal, match="this is needed"):
        escalations.end(case.id, " ", seen(world, case))
    with pytest.raises(Conflict, match="Escalation to supervisor"):
        world.luka.escalations.end(case.id, "Agreed.", case.version)


def test_a_closed_case_keeps_what_stands_and_is_not_escalated_anew(world: World, case: Case) -> None:
    made = world.ana.escalations.escalate(case.id, TO_SUPERVISOR, case.version)
    resolved = world.resolve(case)
    note = {"outcome": Outcome.WITHDRAWN, "closing_note": "Taken back."}
    closed = world.ana.closure.close(case.id, note, resolved.version)
    assert escalated(world, case) == made
    with pytest.raises(Refusal, match="closed"):
        world.ana.escalations.escalate(case.id, TO_MANAGEMENT, closed.version)
    assert world.luka.escalations.end(case.id, "Too late.", closed.version).came_of == "Too late."


def test_what_is_escalated_is_found(world: World, case: Case) -> None:
    world.take(subject="Another")
    world.ana.escalations.escalate(case.id, TO_SUPERVISOR, case.version)
    for text, expected in (("is:escalated", [case.id]), ("escalated:supervisor", [case.id]), ("escalated:3", [])):
        assert [row.id for row in world.luka.queue.page(QueueQuery(text)).rows] == expected
