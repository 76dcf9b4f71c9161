"""Half-typed forms are kept for their agent."""

from __future__ import annotations

from tests.unit.services.world import World


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
