"""Half-typed forms are kept for their agent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import a_draft, an_agent
from tests.unit.services.world import World
from tuitrack.domain.errors import NotAllowed
from tuitrack.domain.keeping import Draft
from tuitrack.domain.words import Role
from tuitrack.services.desk import NoJournal
from tuitrack.services.drafts import DraftService
from tuitrack.services.once import stored_once


def test_what_was_typed_is_offered_to_the_same_agent_only(world: World) -> None:
    world.ana.drafts.keep("call:1", {"note": "She says"}, focus="note", cursor=8)
    draft = world.ana.drafts.find("call:1")
    assert draft is not None
    assert (draft.values, draft.focus, draft.cursor, draft.saved_at) == ({"note": "She says"}, "note", 8, world.now)
    assert world.luka.drafts.find("call:1") is None
    assert world.ana.drafts.find("call:2") is None


def test_a_later_draft_takes_the_place_of_the_earlier(world: World) -> None:
    world.ana.drafts.keep("intake", {"subject": "Rou"})
    world.ana.drafts.keep("intake", {"subject": "Router"})
    assert [draft.values["subject"] for draft in world.ana.drafts.all()] == ["Router"]


def test_an_empty_form_keeps_nothing(world: World) -> None:
    world.ana.drafts.keep("intake", {"subject": "Rou"})
    world.ana.drafts.keep("intake", {"subject": "  "})
    assert world.ana.drafts.all() == []


def test_a_draft_can_be_thrown_away(world: World) -> None:
    world.ana.drafts.keep("intake", {"subject": "Rou"})
    world.ana.drafts.discard("intake")
    world.ana.drafts.discard("intake")
    assert world.ana.drafts.find("intake") is None


def test_half_typed_forms_are_named_with_what_they_belong_to(world: World) -> None:
    case = world.take()
    drafts = world.ana.drafts
    for form in ("intake", f"settle-3:{case.id}", f"customer:{case.customer_id}", "note:4711"):
        drafts.keep(form, {"text": "Rou"})
    customer = world.ana.customers.open(case.customer_id).customer
    assert {(left.what, left.about) for left in drafts.half_typed()} == {
        ("intake", ""),
        ("settle", case.reference),
        ("customer", customer.name),
    }


def test_what_is_half_typed_too_long_goes_and_its_agent_is_told(world: World) -> None:
    case = world.take()
    world.ana.drafts.keep(f"call_in:{case.id}", {"note": "She says"})
    world.luka.drafts.keep("intake", {"subject": "Rou"})
    world.passes(days=29, hours=23)
    world.ana.drafts.keep("intake", {"subject": "Router"})
    assert world.ana.drafts.expire() == []
    world.passes(hours=1)
    assert [(left.name, left.about) for left in world.ana.drafts.expire()] == [("a call", case.reference)]
    assert [draft.form for draft in world.ana.drafts.all()] == ["intake"]
    assert world.ana.drafts.expire() == []
    assert len(world.luka.drafts.all()) == 1


def test_supervisors_see_that_something_is_half_typed_but_not_what(world: World) -> None:
    case = world.take()
    world.luka.drafts.keep(f"call_in:{case.id}", {"note": "a secret"})
    with world.store.writing() as writer:
        writer.put_agent(an_agent("luka", role=Role.AGENT))
        writer.put_agent(an_agent("ana", role=Role.SUPERVISOR))
    with pytest.raises(NotAllowed, match="only supervisor or administrator may"):
        world.luka.drafts.of_everybody()
    (left,) = world.ana.drafts.of_everybody()
    assert (left.agent, left.name, left.about, left.saved_at) == ("luka", "a call", case.reference, world.now)
    assert "secret" not in repr(left)


class LeftBehind(NoJournal):
    """What a killed program had noted."""

    def __init__(self, *drafts: Draft) -> None:
        self.drafts = list(drafts)

    def left_behind(self) -> Iterator[Draft]:
        """Each in turn, forgotten when the next is asked for."""
        while self.drafts:
            yield self.drafts[0]
            del self.drafts[0]


def test_what_a_killed_program_had_noted_is_taken_in(world: World) -> None:
    late, soon = world.now + timedelta(seconds=1), world.now - timedelta(seconds=1)
    for form in ("note:1", "note:2", "note:3"):
        world.ana.drafts.keep(form, {"text": "kept"})
    journal = LeftBehind(
        a_draft("ana", "note:1", values={"text": "kept, and more"}, saved_at=late),
        a_draft("ana", "note:2", values={"text": "ke"}, saved_at=soon),
        a_draft("ana", "note:3", values={}, saved_at=late),
        a_draft("luka", "intake", values={"subject": "Rou"}, saved_at=soon),
    )
    drafts = DraftService(replace(world.ana.desk, journal=lambda: journal))
    found = drafts.find("note:1")
    assert found is not None
    assert found.values == {"text": "kept, and more"}
    assert {draft.form: draft.values for draft in drafts.all()} == {
        "note:1": {"text": "kept, and more"},
        "note:2": {"text": "kept"},
    }
    assert [draft.values for draft in world.luka.drafts.all()] == [{"subject": "Rou"}]
    assert journal.drafts == []


def test_a_draft_that_was_stored_before_it_was_forgotten_is_known(world: World) -> None:
    case = world.take()
    drafts = world.ana.drafts
    draft = drafts.typed(f"note:{case.id}", {"text": "Rou"}, key="k")
    drafts.put(draft)
    assert drafts.stored_already(draft) == ""
    with stored_once("k"):
        world.ana.casework.add_note(case.id, {"text": "Rou"})
    assert case.reference in drafts.stored_already(draft)
