"""Reviews: planned with an owner and a deputy, held or not, checked by somebody else, and told when they are due."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.builders import a_review_plan, an_absence, an_agent
from tests.unit.services.world import World
from tuitrack.domain.errors import NotAllowed, NotFound, Refusal
from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.reviews import ReviewPlan
from tuitrack.domain.words import EntryKind, Interval, ReviewPart, Role

TODAY = date(2026, 11, 18)
DAY = timedelta(days=1)
MONTHLY: dict[str, Any] = {
    "name": "Causes",
    "every": "month",
    "next_due": TODAY,
    "owner": "ana",
    "deputy": "luka",
    "counts": True,
    "causes": True,
}
HELD: dict[str, Any] = {"held": True, "held_on": TODAY, "counts": "12", "decisions": "not passed on"}


@pytest.fixture
def plan(world: World) -> ReviewPlan:
    return world.ana.reviews.plan(MONTHLY)


@pytest.mark.parametrize(
    ("every", "first", "days"),
    [
        (Interval.WEEK, date(2026, 12, 28), [date(2026, 12, 28), date(2027, 1, 4), date(2027, 1, 11)]),
        (Interval.TWO_WEEKS, date(2026, 2, 20), [date(2026, 2, 20), date(2026, 3, 6), date(2026, 3, 20)]),
        (Interval.MONTH, date(2027, 1, 31), [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]),
        (Interval.QUARTER, date(2026, 11, 30), [date(2026, 11, 30), date(2027, 2, 28), date(2027, 5, 30)]),
        (Interval.HALF_YEAR, date(2026, 8, 31), [date(2026, 8, 31), date(2027, 2, 28), date(2027, 8, 31)]),
        (Interval.YEAR, date(2028, 2, 29), [date(2028, 2, 29), date(2029, 2, 28), date(2030, 2, 28)]),
    ],
)
def test_the_days_of_a_review(every: Interval, first: date, days: list[date]) -> None:
    made = a_review_plan(every=every, first_due=first, next_due=first)
    found = made.due_days()
    assert [next(found) for _ in days] == days
    assert made.following == days[1]
    assert [made.missed(day) for day in (first, first + DAY, days[1], days[1] + DAY)] == [0, 1, 1, 2]
    assert a_review_plan(active=False, first_due=first, next_due=first).missed(days[2]) == 0


def test_a_review_that_was_held_passes_on_what_was_planned_and_moves_to_its_next_day(
    world: World, plan: ReviewPlan
) -> None:
    review = world.ana.reviews.hold(plan.id, HELD)
    assert (review.name, review.due_on, review.held_on, review.by) == ("Causes", TODAY, TODAY, "ana")
    assert review.results == {"counts": "12"}
    (line,) = world.luka.reviews.plans()
    assert (line.plan.next_due, line.missed, line.is_due) == (date(2026, 12, 18), 0, False)
    assert world.luka.reviews.results() == [review]


def test_every_day_that_was_missed_is_to_be_accounted_for(world: World, plan: ReviewPlan) -> None:
    world.passes(days=45)
    (line,) = world.ana.reviews.plans()
    assert (line.missed, line.is_due) == (2, True)
    with pytest.raises(Refusal, match="this is needed where it was not"):
        world.ana.reviews.hold(plan.id, {"held": False})
    missed = world.luka.reviews.hold(plan.id, {"held": False, "because": "Nobody was there.", "counts": "12"})
    assert (missed.due_on, missed.held_on, missed.because, missed.results) == (TODAY, None, "Nobody was there.", {})
    late = world.ana.reviews.hold(plan.id, HELD | {"held_on": date(2026, 12, 30)})
    assert (late.due_on, late.days_late) == (date(2026, 12, 18), 12)
    assert world.ana.reviews.plans()[0].missed == 0


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"held_on": TODAY + DAY}, "held_on"),
        ({"held_on": None}, "held_on"),
        ({"held": None}, "held"),
    ],
)
def test_what_makes_no_sense_of_a_review_is_refused(
    world: World, plan: ReviewPlan, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        world.ana.reviews.hold(plan.id, HELD | values)
    assert refused.value.field == field
    assert world.ana.reviews.results() == []


def test_what_is_not_due_yet_can_be_held_and_not_be_left_out(world: World) -> None:
    plan = world.ana.reviews.plan(MONTHLY | {"next_due": TODAY + 3 * DAY})
    with pytest.raises(Refusal, match="can still be held"):
        world.ana.reviews.hold(plan.id, {"held": False, "because": "No."})
    assert world.ana.reviews.hold(plan.id, HELD).days_late == 0


def test_a_second_person_checks_and_never_the_same(world: World, plan: ReviewPlan) -> None:
    review = world.ana.reviews.hold(plan.id, HELD)
    with pytest.raises(Refusal, match="a second person"):
        world.ana.reviews.check(review.id, "")
    checked = world.luka.reviews.check(review.id, " Read it. ")
    assert (checked.checked_by, checked.checked_at, checked.check_note) == ("luka", world.now, "Read it.")
    with pytest.raises(Refusal, match="luka has checked it already"):
        world.luka.reviews.check(review.id, "")
    with pytest.raises(Refusal, match="it stays"):
        world.ana.reviews.take_back(review.id)


def test_what_nobody_has_checked_is_taken_back_by_who_entered_it(world: World, plan: ReviewPlan) -> None:
    first = world.ana.reviews.hold(plan.id, HELD)
    second = world.ana.reviews.hold(plan.id, HELD)
    with pytest.raises(Refusal, match="only ana"):
        world.luka.reviews.take_back(second.id)
    with pytest.raises(Refusal, match="a later day"):
        world.ana.reviews.take_back(first.id)
    for review in (second, first):
        world.ana.reviews.take_back(review.id)
    assert world.ana.reviews.results() == []
    assert world.ana.reviews.plans()[0].plan == plan


def test_only_the_owner_and_the_deputy_say_whether_it_was_held(world: World, plan: ReviewPlan) -> None:
    with world.store.writing() as writer:
        writer.put_agent(an_agent("mia", role=Role.QUALITY))
        writer.put_agent(an_agent("eva", role=Role.AGENT))
    with pytest.raises(Refusal, match="only ana or the deputy luka"):
        world.services_of("mia").reviews.hold(plan.id, HELD)
    with pytest.raises(NotAllowed, match="may not review"):
        world.services_of("eva").reviews.hold(plan.id, HELD)
    assert world.services_of("eva").reviews.agenda().plans[0].plan == plan
    assert world.ana.reviews.reviewers() == ["ana", "luka", "mia"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"every": "day"}, "every"),
        ({"next_due": TODAY - DAY}, "next_due"),
        ({"owner": "nobody"}, "owner"),
        ({"deputy": "ana"}, "deputy"),
        ({"deputy": "eva"}, "deputy"),
        ({"counts": False, "causes": False}, "counts"),
    ],
)
def test_a_plan_names_what_is_needed(world: World, values: dict[str, Any], field: str) -> None:
    with world.store.writing() as writer:
        writer.put_agent(an_agent("eva", role=Role.AGENT))
    with pytest.raises(Refusal) as refused:
        world.ana.reviews.plan(MONTHLY | values)
    assert refused.value.field == field
    assert world.ana.reviews.plans() == []


def test_a_plan_moves_only_when_nothing_was_missed(world: World, plan: ReviewPlan) -> None:
    world.passes(days=1)
    renamed = world.ana.reviews.change(plan.id, MONTHLY | {"name": "All causes", "owner": "luka", "deputy": "ana"})
    assert (renamed.name, renamed.owner, renamed.next_due) == ("All causes", "luka", TODAY)
    for values in ({"every": "week"}, {"next_due": TODAY + 9 * DAY}):
        with pytest.raises(Refusal, match="say first whether"):
            world.ana.reviews.change(plan.id, MONTHLY | values)
    world.ana.reviews.hold(plan.id, HELD)
    weekly = world.ana.reviews.change(plan.id, MONTHLY | {"every": "week", "next_due": TODAY + 2 * DAY})
    assert (weekly.first_due, weekly.following) == (TODAY + 2 * DAY, TODAY + 9 * DAY)
    ended = world.ana.reviews.change(plan.id, MONTHLY | {"every": "week", "next_due": weekly.next_due, "active": False})
    assert ended.active is False
    with pytest.raises(Refusal, match="no longer held"):
        world.ana.reviews.hold(plan.id, HELD)
    with pytest.raises(NotFound):
        world.ana.reviews.change(99, MONTHLY)


def test_what_is_known_by_itself_is_proposed(world: World, plan: ReviewPlan) -> None:
    case = world.take()
    world.ana.closure.save_cause(case.id, {"cause": "training"}, case.version)
    world.take(contact_wanted=True)
    world.passes(hours=1)
    proposal = world.ana.reviews.proposal(plan.id)
    assert set(proposal) == {ReviewPart.COUNTS, ReviewPart.CAUSES}
    assert proposal["counts"].splitlines() == [
        "Received since 2026-10-18: 2",
        "Closed since 2026-10-18: 0",
        "Open now: 2, overdue 0",
        "Loops open: 2, corrected 0",
        "Never contacted though they asked: 1",
    ]
    assert proposal["causes"].splitlines() == ["training: 1", "Came again after they were corrected: 0 cases"]


def test_a_due_review_is_told_at_the_start_and_as_its_day_begins(world: World, plan: ReviewPlan) -> None:
    def told(services: Any, *, is_first: bool = False) -> list[str]:
        found = services.reminders.coming(services.desk.now(), is_first=is_first)
        return [notice.text for notice in found if notice.text.startswith("Review")]

    assert told(world.ana, is_first=True) == ["Review due today: Causes"]
    assert told(world.ana) == told(world.luka, is_first=True) == []
    with world.store.writing() as writer:
        writer.add(an_absence("ana"))
    assert told(world.luka, is_first=True) == ["Review due today: Causes"]
    # Ten minutes before the next day begins in Zagreb.
    world.passes(hours=10, minutes=55)
    (notice,) = [one for one in world.ana.reminders.coming(world.ana.desk.now()) if one.text.startswith("Review")]
    assert notice.text == "Review missed since Wed 18 Nov 2026: Causes"
    assert notice.at.astimezone(world.ana.desk.zone).isoformat() == "2026-11-19T00:00:00+01:00"


def corrected(world: World, **fields: Any) -> int:
    """A case whose cause was corrected; returns its id."""
    case = world.take(category="price", **fields)
    world.ana.closure.save_cause(case.id, {"cause": "training"}, case.version)
    action = world.ana.items.add_action(case.id, {"what": "Course", "track": "process"})
    world.ana.items.complete_action(case.id, action.id)
    return case.id


def recurred(world: World) -> list[int]:
    return [row.id for row in world.ana.queue.page(QueueQuery("is:recurred is:all")).rows]


def test_a_cause_that_comes_again_after_it_was_corrected_raises_an_alarm(world: World) -> None:
    corrected(world)
    world.passes(days=3)
    case = world.take(category="price")
    assert recurred(world) == []
    world.luka.closure.save_cause(case.id, {"cause": "training"}, case.version)
    assert recurred(world) == [case.id]
    file = world.ana.casefile.open(case.id)
    assert file.corrected is not None
    assert file.corrected.what == "Course"
    (told,) = [entry for entry in file.entries if entry.kind is EntryKind.REVIEW]
    assert told.summary == "The cause came again after it was corrected"
    assert told.body.startswith("Course, done on 18 Nov 2026 for C26-")
    (again,) = world.ana.reviews.agenda().recurrences
    assert (again.cause, again.category, again.cases, again.corrected_on) == ("training", "price", 1, TODAY)
    world.luka.undo.undo(case.id)
    assert recurred(world) == []
    world.luka.undo.redo(case.id)
    assert recurred(world) == [case.id]


def test_it_is_no_alarm_where_cause_or_category_is_another_or_the_case_came_before(world: World) -> None:
    before = world.take(category="price")
    world.passes(hours=1)
    corrected(world)
    world.passes(days=1)
    other, elsewhere = world.take(category="price"), world.take(category="product")
    for case, cause in ((before, "training"), (other, "capacity"), (elsewhere, "training")):
        world.ana.closure.save_cause(case.id, {"cause": cause}, case.version)
    assert recurred(world) == []
    seen = world.ana.casefile.open(elsewhere.id).case.version
    world.ana.casework.edit(elsewhere.id, {"category": "price"}, seen)
    assert recurred(world) == [elsewhere.id]
    told = world.ana.casefile.open(elsewhere.id).entries[-2:]
    assert [entry.summary for entry in told] == ["Changed category", "The cause came again after it was corrected"]
    seen = world.ana.casefile.open(elsewhere.id).case.version
    world.ana.casework.edit(elsewhere.id, {"category": "product"}, seen)
    assert recurred(world) == []
