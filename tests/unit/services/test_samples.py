"""Samples of closed cases: drawn so that they can be drawn again, and audited case by case."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import an_agent
from tests.unit.services.world import World
from tuitrack.domain.errors import NotAllowed, Refusal
from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.reviews import ReviewPlan
from tuitrack.domain.samples import drawn
from tuitrack.domain.words import EntryKind, Role

FOUND: dict[str, Any] = {
    "taken": "yes",
    "cause": "partly",
    "solved": "no",
    "interviewed": True,
    "note": "Still [b]cold[/b].",
}


@pytest.fixture
def plan(world: World) -> ReviewPlan:
    """A review, with nine cases closed one a day before it and one that is open."""
    for _ in range(9):
        resolved = world.resolve(world.take())
        closing = {"outcome": "withdrawn", "closing_note": "Taken back."}
        world.ana.closure.close(resolved.id, closing, resolved.version)
        world.passes(days=1)
    world.take()
    values = {"name": "Causes", "every": "month", "owner": "ana", "deputy": "luka", "counts": True}
    return world.ana.reviews.plan(values | {"next_due": world.ana.desk.today()})


def asked(world: World, **values: Any) -> dict[str, Any]:
    """A sample of four of all."""
    today = world.ana.desk.today()
    return {"since": today.replace(day=1), "until": today, "size": 4, "seed": 7} | values


def test_the_same_seed_draws_the_same_cases_whatever_their_order() -> None:
    ids = list(range(1, 101))
    first = drawn(ids, 10, 7)
    assert drawn(ids[::-1], 10, 7) == first == sorted(set(first))
    assert len(first) == 10
    assert drawn(ids, 10, 8) != first
    assert drawn([3, 1], 10, 7) == [1, 3]


def test_a_sample_is_drawn_of_what_was_closed_then_and_stays_as_it_was_drawn(world: World, plan: ReviewPlan) -> None:
    file = world.ana.samples.draw(plan.id, asked(world))
    sample = file.sample
    assert (sample.due_on, sample.population, sample.size, sample.seed) == (plan.next_due, 9, 4, 7)
    assert len({line.audit.case_id for line in file.lines}) == len(file.lines) == 4
    listed = world.ana.queue.page(QueueQuery(sample.query)).rows
    assert {line.audit.case_id for line in file.lines} < {row.id for row in listed}
    assert len(listed) == 9
    again = world.ana.samples.draw(plan.id, asked(world))
    assert [line.audit.case_id for line in again.lines] == [line.audit.case_id for line in file.lines]
    assert world.luka.samples.file(sample.id) == file
    few = world.ana.samples.draw(plan.id, asked(world, since="2026-11-19", until="2026-11-20"))
    assert (few.sample.population, len(few.lines)) == (2, 2)


def test_what_was_found_in_a_case_is_told_there_and_counted(world: World, plan: ReviewPlan) -> None:
    file = world.ana.samples.draw(plan.id, asked(world))
    first, second, *_ = file.lines
    audit = world.luka.samples.audit(first.audit, FOUND)
    assert (audit.by, audit.at, audit.interviewed) == ("luka", world.now, True)
    assert audit.answers == {"taken": "yes", "cause": "partly", "solved": "no"}
    world.ana.samples.audit(second.audit, {"taken": "yes"})
    found = world.ana.samples.file(file.sample.id)
    assert found.told == "2 of 4 cases looked at: 2 yes, 1 partly, 1 no"
    entry = world.ana.casefile.open(audit.case_id).entries[-1]
    assert (entry.kind, entry.summary) == (EntryKind.REVIEW, "Audited, customer asked: 1 yes, 1 partly, 1 no")
    assert entry.body == "Still [b]cold[/b]."
    world.luka.undo.undo(audit.case_id)
    assert world.ana.samples.file(file.sample.id).done == 1
    world.luka.undo.redo(audit.case_id)
    (sample,) = world.ana.reviews.agenda().samples
    assert sample == found


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"size": 0}, "size"),
        ({"size": "many"}, "size"),
        ({"seed": ""}, "seed"),
        ({"until": "2026-10-01"}, "until"),
        ({"since": "2020-01-01", "until": "2020-02-01"}, "since"),
    ],
)
def test_what_cannot_be_drawn_is_refused(world: World, plan: ReviewPlan, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        world.ana.samples.draw(plan.id, asked(world, **values))
    assert refused.value.field == field
    assert world.ana.samples.latest() == []


def test_an_audit_answers_something_by_whoever_may_review(world: World, plan: ReviewPlan) -> None:
    file = world.ana.samples.draw(plan.id, asked(world))
    audit = file.lines[0].audit
    with pytest.raises(Refusal, match="answer one question at least"):
        world.ana.samples.audit(audit, {"note": "Hm."})
    with pytest.raises(Refusal, match="expected yes, partly or no"):
        world.ana.samples.audit(audit, {"taken": "not_asked"})
    with world.store.writing() as writer:
        writer.put_agent(an_agent("eva", role=Role.AGENT))
    eva = world.services_of("eva").samples
    for tried in (lambda: eva.audit(audit, FOUND), lambda: eva.draw(plan.id, asked(world))):
        with pytest.raises(NotAllowed, match="may not review"):
            tried()
    assert world.services_of("eva").samples.file(file.sample.id) == file
