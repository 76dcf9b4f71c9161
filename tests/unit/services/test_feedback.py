"""Feeding back what came out of a case, reading and answering it, and the marks of who has read which case."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import an_agent
from tests.unit.services.world import World
from tuitrack.domain.case import Case
from tuitrack.domain.errors import NotAllowed, NotFound, Refusal
from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.words import EntryKind, Goal, Loop, Mood, Role, Status

TO_LUKA = {"to": "luka", "text": "Ring before\nyou come."}


@pytest.fixture
def case(world: World) -> Case:
    with world.store.writing() as writer:
        writer.put_agent(an_agent("luka", team="North"))
        writer.put_agent(an_agent("mia", role=Role.AGENT, team="North"))
    return world.take()


def test_feedback_is_read_and_answered_by_whom_it_is_for(world: World, case: Case) -> None:
    sent = world.ana.feedback.send(case.id, TO_LUKA)
    assert (sent.to, sent.to_team, sent.by, sent.at, sent.read_at) == ("luka", False, "ana", world.now, None)
    assert world.luka.feedback.unread() == 1
    assert world.ana.feedback.unread() == 0
    read_at = world.passes(hours=1)
    world.luka.feedback.read(case.id, sent.id)
    world.passes(hours=1)
    again = world.luka.feedback.read(case.id, sent.id)
    assert (again.read_by, again.read_at) == ("luka", read_at)
    assert world.luka.feedback.unread() == 0
    answered = world.luka.feedback.answer(case.id, sent.id, {"answer": " We will. "})
    assert (answered.answer, answered.answered_by, answered.answered_at, answered.read_at) == (
        "We will.",
        "luka",
        world.now,
        read_at,
    )
    with pytest.raises(Refusal, match="luka has answered it already"):
        world.luka.feedback.answer(case.id, sent.id, {"answer": "Again."})
    told = [entry.summary for entry in world.ana.casefile.open(case.id).entries if entry.kind is EntryKind.FEEDBACK]
    assert told == ["Feedback to luka", "Feedback to luka read", "Feedback to luka answered"]


def test_of_a_team_anybody_reads_and_answers(world: World, case: Case) -> None:
    sent = world.ana.feedback.send(case.id, {"to": "north", "text": "Ring first."})
    assert sent.whom == "team North"
    mia = world.services_of("mia")
    assert [line.feedback for line in mia.feedback.mine()] == [sent]
    answered = mia.feedback.answer(case.id, sent.id, {"answer": "Yes."})
    assert (answered.read_by, answered.answered_by) == ("mia", "mia")
    (line,) = world.luka.feedback.mine()
    assert (line.feedback, line.reference, line.subject) == (answered, case.reference, case.subject)


def test_nobody_else_reads_or_answers_it(world: World, case: Case) -> None:
    sent = world.ana.feedback.send(case.id, TO_LUKA)
    with pytest.raises(Refusal, match="it is for luka"):
        world.ana.feedback.read(case.id, sent.id)
    with pytest.raises(Refusal, match="it is for luka"):
        world.ana.feedback.answer(case.id, sent.id, {"answer": "Mine."})
    assert world.ana.casefile.open(case.id).feedback == (sent,)


@pytest.mark.parametrize(
    ("values", "field"), [({"to": "nobody"}, "to"), ({"to": ""}, "to"), ({"text": " "}, "text"), ({"to": "gone"}, "to")]
)
def test_a_known_receiver_and_a_text_are_needed(world: World, case: Case, values: dict[str, str], field: str) -> None:
    with world.store.writing() as writer:
        writer.put_agent(an_agent("gone", active=False, team="Gone"))
    with pytest.raises(Refusal) as refused:
        world.ana.feedback.send(case.id, TO_LUKA | values)
    assert refused.value.field == field


def test_what_is_gone_is_told(world: World, case: Case) -> None:
    with pytest.raises(NotFound, match="no longer there"):
        world.luka.feedback.read(case.id, 99)


def test_whom_one_can_tell(world: World, case: Case) -> None:
    assert world.ana.feedback.receivers() == ["ana", "luka", "mia", "North"]


def test_each_step_is_undone_and_done_again(world: World, case: Case) -> None:
    sent = world.ana.feedback.send(case.id, TO_LUKA)
    world.ana.undo.undo(case.id)
    assert world.luka.feedback.mine() == []
    world.ana.undo.redo(case.id)
    answered = world.luka.feedback.answer(case.id, sent.id, {"answer": "Yes."})
    world.luka.undo.undo(case.id)
    assert world.ana.casefile.open(case.id).feedback == (sent,)
    world.luka.undo.redo(case.id)
    assert world.ana.casefile.open(case.id).feedback == (answered,)


def test_the_loop_goes_through_its_stages_and_the_goals_are_two(world: World) -> None:
    case = world.take()

    def loop() -> tuple[Loop, Goal, Goal]:
        found = world.ana.casefile.open(case.id).loop
        return found.stands, found.short_term, found.long_term

    stages = [loop()]
    seen = world.ana.casefile.open(case.id).case.version
    world.ana.closure.save_cause(case.id, {"cause": "training"}, seen)
    stages.append(loop())
    world.ana.feedback.send(case.id, TO_LUKA)
    stages.append(loop())
    action = world.ana.items.add_action(case.id, {"what": "Course", "track": "process"})
    stages.append(loop())
    world.ana.items.complete_action(case.id, action.id)
    stages.append(loop())
    assert stages == [
        (Loop.COLLECTED, Goal.OPEN, Goal.OPEN),
        (Loop.ANALYSED, Goal.OPEN, Goal.OPEN),
        (Loop.FED_BACK, Goal.OPEN, Goal.OPEN),
        (Loop.FED_BACK, Goal.OPEN, Goal.OPEN),
        (Loop.CORRECTED, Goal.OPEN, Goal.REACHED),
    ]
    world.ana.items.add_action(case.id, {"what": "And a sign", "track": "process"})
    assert loop() == (Loop.FED_BACK, Goal.OPEN, Goal.OPEN)


def test_a_customer_who_said_so_is_satisfied_and_the_cause_still_open(world: World) -> None:
    case = world.resolve(world.take())
    call = world.ana.casework.log_call(case.id, {"direction": "outbound", "purpose": "verify", "note": "Fine."})
    seen = world.ana.casefile.open(case.id).case.version
    said = {"customer_confirmed_on": world.now.date(), "confirming_call_id": call.id, "mood": "satisfied"}
    world.ana.closure.save_confirmation(case.id, said, seen)
    loop = world.ana.casefile.open(case.id).loop
    assert (loop.stands, loop.short_term, loop.long_term) == (Loop.NEEDLESS, Goal.REACHED, Goal.NEEDLESS)
    angry = replace(loop, case=replace(loop.case, mood=Mood.ANGRY, still_angry=True))
    assert angry.short_term is Goal.OPEN
    assert replace(angry, case=replace(angry.case, status=Status.CLOSED)).short_term is Goal.MISSED


@pytest.mark.parametrize("kind", ["compliment", "suggestion", "request"])
def test_what_is_no_complaint_has_nothing_to_correct(world: World, kind: str) -> None:
    case = world.take(kind=kind)
    assert world.ana.casefile.open(case.id).loop.stands is Loop.NEEDLESS


def test_open_loops_are_listed_by_age(world: World) -> None:
    old, new = world.take(received_at=world.now - timedelta(days=40)), world.take()
    world.ana.casework.edit(world.take().id, {"kind": "compliment"}, 1)
    rows = world.ana.queue.page(QueueQuery("loop:open sort:oldest is:all")).rows
    assert [row.id for row in rows] == [old.id, new.id]


def test_contact_is_wanted_until_it_is_taken_back_and_never_until_we_reach_them(world: World) -> None:
    case = world.take(contact_wanted=True)

    def found(text: str) -> list[int]:
        return [row.id for row in world.ana.queue.page(QueueQuery(text)).rows]

    assert found("contact:wanted contact:never") == [case.id]
    world.ana.casework.log_call(case.id, {"direction": "outbound", "purpose": "update", "result": "voicemail"})
    assert found("contact:wanted contact:never") == [case.id]
    world.ana.casework.log_call(case.id, {"direction": "outbound", "purpose": "update"})
    assert found("contact:wanted contact:never") == []
    assert world.ana.feedback.want_contact(case.id, world.ana.casefile.open(case.id).case.version) is False
    assert found("contact:wanted") == []
    world.ana.undo.undo(case.id)
    assert found("contact:wanted") == [case.id]


def test_reviewers_mark_what_they_have_read(world: World, case: Case) -> None:
    first = world.luka.feedback.read_case(case.id)
    world.passes(days=1)
    second = world.luka.feedback.read_case(case.id)
    assert world.ana.casefile.open(case.id).readings == (first, second)
    assert world.ana.feedback.readings(first.at, world.passes(days=1)) == {"luka": 1}
    assert [row.id for row in world.ana.queue.page(QueueQuery("read:luka")).rows] == [case.id]
    with pytest.raises(NotAllowed, match="review"):
        world.services_of("mia").feedback.read_case(case.id)
    world.luka.undo.undo(case.id)
    assert world.ana.casefile.open(case.id).readings == (first,)
