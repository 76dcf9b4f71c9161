"""Public posts: where a complaint was published, what was asked and answered, and that somebody looks again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.clock_rules import put_in_force
from tests.unit.services.world import World
from tuitrack.domain.case import Case
from tuitrack.domain.closure import blockers
from tuitrack.domain.errors import Conflict, NotFound, Refusal
from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.timeline import Action, PublicPost
from tuitrack.domain.words import ActionKind, DueKind, EntryKind, Outcome, PostState, Track
from tuitrack.services.casefile import CaseFile

LINK = "https://social.example/p/1?x=[b]"


@pytest.fixture
def case(world: World) -> Case:
    return world.take(owner="ana")


def file(world: World, case: Case) -> CaseFile:
    return world.ana.casefile.open(case.id)


def add(world: World, case: Case, **fields: Any) -> PublicPost:
    look = {"look_again_at": world.now + timedelta(days=7)}
    return world.ana.posts.add(case.id, {"link": LINK, "place": "Facebook"} | look | fields)


def update(world: World, case: Case, post: PublicPost, **fields: Any) -> PublicPost:
    names = ("link", "place", "seen_on", "asked_on", "answer", "reply", "state")
    values = {name: getattr(post, name) for name in names} | {"state_on": world.now.date()}
    look = {"look_again_at": world.now + timedelta(days=7)}
    return world.ana.posts.update(case.id, post.id, values | look | fields, file(world, case).case.version)


def looks(world: World, case: Case) -> list[Action]:
    return [one for one in file(world, case).actions if one.kind is ActionKind.PUBLIC_POST]


def told(world: World, case: Case) -> list[tuple[EntryKind, str, str, bool]]:
    kinds = (EntryKind.PUBLISHED, EntryKind.PUBLIC_POST)
    entries = file(world, case).entries
    return [(one.kind, one.summary, one.body, one.public) for one in entries if one.kind in kinds]


def test_a_post_is_kept_and_due_to_be_looked_at_again(world: World, case: Case) -> None:
    post = add(world, case)
    assert file(world, case).posts == (post,)
    assert file(world, case).case.public
    assert (post.state, post.seen_on, post.state_on, post.by) == (
        *(PostState.ONLINE, world.now.date(), world.now.date()),
        "ana",
    )
    (look,) = looks(world, case)
    assert (look.id, look.track, look.assignee, look.is_open) == (post.follow_up, Track.PUBLIC, "ana", True)
    assert look.what == "look whether it is still online: Facebook"
    due = [one for one in file(world, case).clocks if one.kind is DueKind.ACTION]
    assert [one.due_at for one in due] == [world.now + timedelta(days=7)]
    world.passes(days=8)
    found = world.ana.queue.page(QueueQuery("is:published is:overdue")).rows
    assert [row.id for row in found] == [case.id]


def test_what_became_of_it_is_told_and_ends_what_was_due(world: World, case: Case) -> None:
    post = add(world, case)
    world.passes(days=1)
    post = update(world, case, post, asked_on=world.now.date(), answer="I will\nthink.", reply="We have replaced it.")
    world.passes(days=1)
    post = update(world, case, post, state=PostState.REMOVED, look_again_at=None)
    assert told(world, case) == [
        (EntryKind.PUBLISHED, "Published complaint, Facebook: still online, 18 Nov 2026", LINK, True),
        (
            EntryKind.PUBLISHED,
            "Published complaint, Facebook: still online, 19 Nov 2026; customer asked to remove it, 19 Nov 2026; "
            "the customer’s answer",
            f"{LINK}\n\nI will\nthink.",
            True,
        ),
        (EntryKind.PUBLIC_POST, "Public post, our answer: Facebook", "We have replaced it.", True),
        (EntryKind.PUBLISHED, "Published complaint, Facebook: removed, 20 Nov 2026", LINK, True),
    ]
    assert [one.is_open for one in looks(world, case)] == [False, False]
    assert [one.done_note for one in looks(world, case)] == ["19 Nov 2026: still online", "20 Nov 2026: removed"]
    assert world.ana.queue.page(QueueQuery("is:published is:all")).rows == ()


def test_asking_the_customer_is_told_in_private(world: World, case: Case) -> None:
    post = add(world, case)
    update(world, case, post, asked_on=world.now.date())
    kind, summary, _, public = told(world, case)[-1]
    assert (kind, public) == (EntryKind.PUBLISHED, False)
    assert summary == "Published complaint, Facebook: customer asked to remove it, 18 Nov 2026"


def test_a_look_that_is_planned_stays_as_long_as_its_time_is_the_same(world: World, case: Case) -> None:
    post = add(world, case)
    (look,) = looks(world, case)
    update(world, case, post, look_again_at=look.due_at, place="facebook.com")
    assert looks(world, case) == [look]
    later = update(world, case, file(world, case).posts[0], look_again_at=world.now + timedelta(days=9))
    done, planned = looks(world, case)
    assert (done.id, done.is_open, planned.id, planned.is_open) == (look.id, False, later.follow_up, True)


RULES = """
[[rules]]
clock = "first response"
within = "2 days"
"""


def test_the_customers_post_is_no_response_and_our_public_answer_is_one(world: World) -> None:
    put_in_force(world.store, world.ana.desk.settings, RULES, world.now)
    case = world.take(channel="social", owner="ana")

    def is_met() -> bool:
        return any(one.kind is DueKind.FIRST_RESPONSE and one.met_at for one in file(world, case).clocks)

    post = add(world, case)
    assert not is_met()
    update(world, case, post, reply="We are sorry.")
    assert is_met()


def test_looking_again_keeps_no_case_from_being_closed_and_counts_for_no_cure(world: World, case: Case) -> None:
    add(world, case)
    resolved = world.resolve(case)
    world.ana.closure.save_cause(case.id, {"cause": "x", "no_process_action_because": ""}, resolved.version)
    facts = world.ana.casefile.open(case.id).closing_facts
    found = [one.sentence for one in blockers(facts, Outcome.NOT_UPHELD)]
    assert any("add an action that prevents the next one" in one for one in found)
    assert not any("still open" in one for one in found)


def test_each_step_is_undone_and_done_again(world: World, case: Case) -> None:
    first = add(world, case)
    second = update(world, case, first, state=PostState.UPDATED, look_again_at=None)
    stands = []
    for step in ("undo", "undo", "redo", "redo"):
        getattr(world.ana.undo, step)(case.id)
        posts = file(world, case).posts
        stands.append((posts, [one.is_open for one in looks(world, case)], file(world, case).case.public))
    assert stands == [
        *(((first,), [True], True), ((), [], False)),
        *(((first,), [True], True), ((second,), [False], True)),
    ]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"link": " "}, "Link: this is needed"),
        ({"look_again_at": None}, "Look again: while it is online"),
        ({"seen_on": "2026-11-19"}, "First seen: the date is in the future"),
        ({"asked_on": "2026-11-19"}, "Asked on: the date is in the future"),
        ({"state_on": "2026-11-17"}, "So on: it was first seen on 18 Nov 2026"),
        ({"state": "gone"}, "State: expected"),
    ],
)
def test_what_makes_no_sense_is_refused(world: World, case: Case, fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        add(world, case, **fields)
    assert file(world, case).posts == ()


def test_a_post_that_is_not_there_and_a_case_that_changed_are_told(world: World, case: Case) -> None:
    post = add(world, case)
    values = {"link": LINK, "state": "removed"}
    with pytest.raises(NotFound, match="no such post"):
        world.ana.posts.update(case.id, post.id + 1, values, file(world, case).case.version)
    with pytest.raises(Conflict, match="Published complaint, Facebook"):
        world.luka.posts.update(case.id, post.id, values, case.version)


def test_where_a_complaint_was_published_is_kept_from_the_start(world: World) -> None:
    case = world.take(channel="social", post_link=LINK, source="Trustpilot", owner="ana")
    (post,) = file(world, case).posts
    assert (post.link, post.place, post.is_online) == (LINK, "Trustpilot", True)
    (look,) = looks(world, case)
    assert look.due_at is not None
    assert look.due_at.astimezone(world.ana.desk.zone).strftime("%d %H:%M") == "25 17:00"
