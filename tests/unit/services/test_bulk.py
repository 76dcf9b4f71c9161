"""Changing many cases alike: rehearsed, made, taken back and done again case by case, whatever others do meanwhile."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.builders import an_absence, an_agent
from tests.unit.services.world import World
from tuitrack.domain.bulk import Fate
from tuitrack.domain.case import Case
from tuitrack.domain.errors import Refusal
from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.words import EntryKind, Priority, Role, Status
from tuitrack.services.bundle import Services
from tuitrack.services.ports import Store
from tuitrack.services.steps import Steps


@pytest.fixture
def world(store: Store) -> World:
    """Two agents over each store in turn."""
    return World(store)


def all_of(steps: Steps[Any] | None) -> list[Fate]:
    """What becomes of every case."""
    assert steps is not None
    fates: list[Fate] = []
    while some := steps.step():
        fates += some
    assert len(fates) == steps.total
    return fates


def rehearse(agent: Services, case_ids: list[int], **values: Any) -> list[Fate]:
    marked = QueueQuery("is:all is:marked sort:oldest", marked=frozenset(case_ids))
    return all_of(agent.bulk.rehearsal(agent.bulk.change(values), marked))


def change(agent: Services, case_ids: list[int], **values: Any) -> list[Fate]:
    return all_of(agent.bulk.run(rehearse(agent, case_ids, **values)))


def refused(fates: list[Fate]) -> dict[int, str]:
    return {fate.case_id: fate.reason for fate in fates if fate.reason}


def now(world: World, case: Case) -> Case:
    return world.ana.casefile.open(case.id).case


def test_a_rehearsal_tells_each_case_and_stores_nothing(world: World) -> None:
    taken = [world.take(subject=f"Line {number}") for number in range(3)]
    world.luka.casework.take(taken[1].id, taken[1].version)
    before = [now(world, case) for case in taken]
    fates = rehearse(world.ana, [*(case.id for case in taken), 999], owner="luka", note="Ana is ill")
    news = "owner: nobody → luka; status: new → open; note: Ana is ill"
    assert [replace(fate, change=None) for fate in fates] == [
        Fate(taken[0].id, taken[0].reference, 1, news, about="Marija Zorić · Line 0"),
        Fate(taken[1].id, taken[1].reference, 2, reason="It is so already.", about="Marija Zorić · Line 1"),
        Fate(taken[2].id, taken[2].reference, 1, news, about="Marija Zorić · Line 2"),
        Fate(999, "", 0, reason="It is no longer there."),
    ]
    assert [fate.change is None for fate in fates] == [False, True, False, True]
    assert [now(world, case) for case in taken] == before


def test_every_changed_case_has_its_version_and_its_signed_entry(world: World) -> None:
    taken = [world.take() for _ in range(45)]
    fates = change(world.ana, [case.id for case in taken], owner="luka", tags_added="vip", note="Ana is ill")
    assert not refused(fates)
    for case in taken:
        file = world.ana.casefile.open(case.id)
        assert (file.case.owner, file.case.tags, file.case.version) == ("luka", "vip", case.version + 1)
        entry = file.entries[-1]
        assert (entry.by, entry.kind, entry.version) == ("ana", EntryKind.CHANGE, file.case.version)
        assert (entry.summary, entry.body) == ("Owner: luka; tags: +vip", "Ana is ill")
        assert entry.changes["owner"] == ("", "luka")


def test_a_case_changed_since_the_rehearsal_stays_and_the_others_change(world: World) -> None:
    taken = [world.take() for _ in range(30)]
    asked = world.ana.bulk.change({"priority": "high"})
    marked = QueueQuery("is:all is:marked", marked=frozenset(case.id for case in taken))
    rehearsed = all_of(world.ana.bulk.rehearsal(asked, marked))
    world.luka.casework.toggle_urgent(taken[7].id, taken[7].version)
    fates = all_of(world.ana.bulk.run(rehearsed))
    assert refused(fates) == {taken[7].id: "luka changed it since it was looked at: Priority: urgent."}
    assert now(world, taken[7]).priority is Priority.URGENT
    assert {now(world, case).priority for case in taken if case is not taken[7]} == {Priority.HIGH}


def test_a_note_alone_is_added_whatever_was_changed_meanwhile(world: World) -> None:
    case = world.take()
    asked = world.ana.bulk.change({"note": "Storm on Monday."})
    rehearsed = all_of(world.ana.bulk.rehearsal(asked, QueueQuery("is:all is:marked", marked=frozenset([case.id]))))
    world.luka.casework.take(case.id, case.version)
    assert not refused(all_of(world.ana.bulk.run(rehearsed)))
    entry = world.ana.casefile.open(case.id).entries[-1]
    assert (entry.kind, entry.summary, entry.body) == (EntryKind.NOTE, "Note", "Storm on Monday.")


def test_what_a_status_needs_is_needed_in_bulk_too(world: World) -> None:
    owned, unowned, resolved = world.take(owner="luka"), world.take(), world.resolve(world.take())
    ids = [owned.id, unowned.id, resolved.id]
    told = refused(rehearse(world.ana, ids, status="investigating"))
    assert len(change(world.ana, ids, status="investigating")) == 1
    assert set(told) == {unowned.id, resolved.id}
    assert "needs an owner" in told[unowned.id]
    assert "resolved cannot become investigating" in told[resolved.id]
    assert now(world, owned).status is Status.INVESTIGATING
    assert now(world, unowned).status is Status.NEW


def test_a_case_is_taken_from_a_colleague_only_with_the_reason(world: World) -> None:
    theirs, unowned = world.take(owner="luka"), world.take()
    ids = [theirs.id, unowned.id]
    told = refused(rehearse(world.ana, ids, owner="ana"))
    assert told == {theirs.id: f"Because: luka owns {theirs.reference}; say why it goes to somebody else."}
    change(world.ana, ids, owner="ana")
    assert [now(world, case).owner for case in (theirs, unowned)] == ["luka", "ana"]
    assert not refused(change(world.ana, [theirs.id], owner="ana", note="Luka is ill."))
    assert now(world, theirs).owner == "ana"


def test_cases_are_shared_out_as_they_were_rehearsed(world: World) -> None:
    with world.store.writing() as writer:
        writer.put_agent(an_agent("luka", team="North"))
        writer.put_agent(an_agent("mia", team="North"))
        writer.put_agent(an_agent("old", team="North", active=False))
        writer.put_agent(an_agent("zoe", team="North"))
        writer.put_agent(an_agent("rea", team="North", role=Role.READ_ONLY))
        writer.add(an_absence("zoe"))
    taken = [world.take(owner="mia" if number < 3 else None) for number in range(6)]
    ids = [case.id for case in taken]
    fates = rehearse(world.ana, ids, owner="balance: least open of north", note="Mia has too many.")
    assert [fate.change.owner for fate in fates if fate.change] == ["luka", "luka", "luka", "mia"]
    assert refused(fates) == {taken[1].id: "It is so already.", taken[2].id: "It is so already."}
    world.take(owner="luka")
    assert not refused(all_of(world.ana.bulk.run(fates)))
    assert [now(world, case).owner for case in taken] == ["luka", "mia", "mia", "luka", "luka", "mia"]
    entry = world.ana.casefile.open(ids[0]).entries[-1]
    assert entry.summary == "Owner: luka"


def test_cases_are_given_to_nobody_in_turn_and_by_language(world: World) -> None:
    taken = [world.take(owner="ana") for _ in range(3)]
    ids = [case.id for case in taken]
    assert not refused(change(world.ana, ids, owner="Nobody", note="Ana is ill"))
    assert {now(world, case).owner for case in taken} == {None}
    asked = world.ana.bulk.change({"owner": "balance: round"})
    assert world.ana.bulk.told(asked) == "Owner: balance, round robin"
    change(world.ana, ids, owner="balance: round robin")
    assert [now(world, case).owner for case in taken] == ["ana", "luka", "ana"]
    assert world.ana.casefile.open(ids[1]).entries[-1].summary == "Owner: luka"
    run = world.ana.undo.run_to_undo()
    assert run is not None
    assert run.what == "several changes made at once"
    speaks = world.take(customer={"name": "Tina", "phones": ("1",), "language": "sl"})
    told = refused(rehearse(world.ana, [speaks.id, ids[1]], owner="balance: by language"))
    assert told[speaks.id] == "Nobody to share among speaks the customer’s language, sl."
    assert told[ids[1]] == "It is so already."


def test_turns_go_on_after_whoever_was_given_the_last_case_in_each_team(world: World) -> None:
    with world.store.writing() as writer:
        for handle in ("luka", "mia"):
            writer.put_agent(an_agent(handle, team="North"))

    def given(owner: str, agent: Services = world.ana) -> str | None:
        case = world.take()
        change(agent, [case.id], owner=owner)
        return now(world, case).owner

    assert given("balance: round robin") == "ana"
    rehearse(world.ana, [world.take().id], owner="balance: round robin")
    assert given("balance: round robin of North") == "luka"
    assert given("balance: round robin", world.services_of("mia")) == "luka"
    assert given("balance: round robin of North") == "mia"
    assert given("mia") == "mia"
    assert [given("balance: round robin") for _ in range(2)] == ["mia", "ana"]


@pytest.mark.parametrize(
    ("owner", "sentence"),
    [
        ("Balance", "Owner: after balance: expected least open, round robin, by language."),
        ("balance: fair", "Owner: after balance: expected least open, round robin, by language."),
        ("balance: least open of South", "Owner: there is no agent of a team “South”."),
        ("old", "Owner: Old no longer works here; take another agent."),
    ],
)
def test_who_is_to_get_cases_has_to_be_there(world: World, owner: str, sentence: str) -> None:
    with world.store.writing() as writer:
        writer.put_agent(an_agent("old", active=False))
    with pytest.raises(Refusal) as refused:
        world.ana.bulk.change({"owner": owner})
    assert (refused.value.field, refused.value.sentence) == ("owner", sentence)


def test_nothing_is_shared_out_where_nobody_is_at_work(world: World) -> None:
    with world.store.writing() as writer:
        writer.add_all([an_absence("ana"), an_absence("luka")])
    with pytest.raises(Refusal, match="Owner: nobody is at work today"):
        rehearse(world.ana, [world.take().id], owner="balance: least open")


def test_a_run_is_undone_and_done_again_as_one(world: World) -> None:
    taken = [world.take() for _ in range(25)]
    world.ana.casework.add_note(taken[0].id, {"text": "Before."})
    change(world.ana, [case.id for case in taken], owner="luka", resolve_by=world.passes(days=1))
    changed = [now(world, case) for case in taken]
    undone = all_of(world.ana.undo.run_to_undo())
    assert len(undone) == 25
    assert not refused(undone)
    assert undone[0].news.startswith("owner: luka → nobody; status: open → new; resolve by:")
    assert {now(world, case).owner for case in taken} == {None}
    assert world.ana.undo.run_to_undo() is None
    assert world.ana.undo.last().what == "Note"
    assert not refused(all_of(world.ana.undo.run_to_redo()))
    assert [(c.owner, c.status, c.resolve_by) for c in changed] == [
        (c.owner, c.status, c.resolve_by) for c in (now(world, case) for case in taken)
    ]
    kinds = [entry.kind for entry in world.ana.casefile.open(taken[0].id).entries]
    assert kinds[-2:] == [EntryKind.UNDONE, EntryKind.REDONE]


def test_undoing_leaves_the_cases_that_anybody_changed_since(world: World) -> None:
    taken = [world.take() for _ in range(4)]
    change(world.ana, [case.id for case in taken], owner="luka")
    world.luka.casework.add_note(taken[1].id, {"text": "Called."})
    world.ana.casework.add_note(taken[2].id, {"text": "Wrote."})
    with world.store.reading() as reader:
        run = reader.last_change(case_id=taken[0].id)
    assert run is not None
    assert run.run is not None
    world.ana.undo.undo()
    told = refused(all_of(world.ana.undo.run_to_undo()))
    assert set(told) == {taken[1].id}
    assert f"luka changed {taken[1].reference} after “Owner: luka”: Note." in told[taken[1].id]
    assert [now(world, case).owner for case in taken] == [None, "luka", None, None]


def test_undoing_leaves_a_case_that_oneself_changed_since(world: World) -> None:
    taken = [world.take() for _ in range(2)]
    change(world.ana, [case.id for case in taken], owner="luka")
    run = world.ana.undo.run_to_undo()
    world.ana.casework.add_note(taken[0].id, {"text": "Wrote."})
    told = refused(all_of(run))
    assert told == {taken[0].id: f"Not undone: ana changed {taken[0].reference} after “Owner: luka”: Note."}
    assert now(world, taken[1]).owner is None


def test_a_change_undone_in_its_case_is_no_longer_part_of_the_run(world: World) -> None:
    taken = [world.take() for _ in range(3)]
    change(world.ana, [case.id for case in taken], owner="luka")
    world.ana.undo.undo(taken[0].id)
    assert [fate.case_id for fate in all_of(world.ana.undo.run_to_undo())] == [taken[1].id, taken[2].id]
    assert len(all_of(world.ana.undo.run_to_redo())) == 2
    assert [now(world, case).owner for case in taken] == [None, "luka", "luka"]
    world.ana.undo.redo(taken[0].id)
    assert [now(world, case).owner for case in taken] == ["luka"] * 3
    assert [fate.case_id for fate in all_of(world.ana.undo.run_to_undo())] == [taken[1].id, taken[2].id]


def test_redoing_leaves_a_case_that_was_changed_since(world: World) -> None:
    taken = [world.take() for _ in range(2)]
    change(world.ana, [case.id for case in taken], owner="luka")
    all_of(world.ana.undo.run_to_undo())
    world.luka.casework.toggle_urgent(taken[0].id, now(world, taken[0]).version)
    told = refused(all_of(world.ana.undo.run_to_redo()))
    assert told == {
        taken[0].id: f"Not done again: luka changed {taken[0].reference} after “Owner: luka”: Priority: urgent."
    }
    assert [now(world, case).owner for case in taken] == [None, "luka"]


def test_a_run_that_ends_early_keeps_what_is_done_and_is_undone_whole(world: World) -> None:
    taken = [world.take() for _ in range(50)]
    asked = world.ana.bulk.change({"owner": "luka"})
    marked = QueueQuery("is:all is:marked", marked=frozenset(case.id for case in taken))
    run = world.ana.bulk.run(all_of(world.ana.bulk.rehearsal(asked, marked)))
    done = len(run.step()) + len(run.step())
    assert 0 < done < 50
    assert sum(now(world, case).owner == "luka" for case in taken) == done
    assert len(all_of(world.ana.undo.run_to_undo())) == done
    assert {now(world, case).owner for case in taken} == {None}


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({}, "owner", "Say what is to change."),
        ({"owner": "", "note": "  "}, "owner", "Say what is to change."),
        ({"owner": "zoe"}, "owner", "there is no agent “zoe”"),
        ({"status": "closed"}, "status", "expected open, investigating, waiting for customer"),
        ({"tags_added": "vip, fibre", "tags_taken": "VIP"}, "tags_taken", "VIP cannot be added too"),
        ({"note": "x" * 20_001}, "note", "at most"),
    ],
    ids=str,
)
def test_what_cannot_be_asked_for_names_its_field(
    world: World, values: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence) as refusal:
        world.ana.bulk.change(values)
    assert refusal.value.field == field
