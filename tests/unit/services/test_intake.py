"""Taking a complaint."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.unit.services.world import World
from tuitrack.domain.errors import Refusal
from tuitrack.domain.reference import Reference
from tuitrack.domain.words import EntryKind, Status


def test_a_telephone_number_is_enough(world: World) -> None:
    case = world.take()
    file = world.ana.casefile.open(case.id)
    assert (file.customer.phones, file.numbers) == (("091/234-5678",), ("+385 91 234 5678",))
    assert file.case.status is Status.NEW
    assert file.case.owner is None


def test_the_reference_is_new_and_its_check_digit_fits(world: World) -> None:
    first, second = world.take(), world.take()
    assert first.reference != second.reference
    assert Reference.parse(first.reference).sequence + 1 == Reference.parse(second.reference).sequence


def test_the_date_agreed_becomes_the_first_promise_and_is_due_next(world: World) -> None:
    due = world.now + timedelta(hours=5)
    case = world.take(return_at=due)
    [promise] = world.ana.casefile.open(case.id).promises
    assert (promise.due_at, promise.by, promise.is_open) == (due, "ana", True)
    assert promise.call_id is not None
    assert case.next_due_at == due


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"return_at": None}, "return_at"),
        ({"subject": "  "}, "subject"),
        ({"customer": {"name": "Zorić"}}, "phones"),
        ({"customer": {"name": " ", "phones": ("1",)}}, "name"),
        ({"customer": None}, "name"),
        ({"channel": "smoke"}, "channel"),
        ({"subject": "x" * 201}, "subject"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_refusal_names_the_field(world: World, fields: dict[str, Any], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        world.take(**fields)
    assert refused.value.field == field
    assert refused.value.sentence.endswith(".")


def test_no_date_needs_a_reason(world: World) -> None:
    case = world.take(return_at=None, no_return_reason="Customer does not want a call")
    assert world.ana.casefile.open(case.id).promises == ()
    assert case.no_return_reason


def test_the_future_is_not_received(world: World) -> None:
    with pytest.raises(Refusal, match="Received"):
        world.take(received_at=world.now + timedelta(minutes=1))
    with pytest.raises(Refusal, match="Happened on"):
        world.take(occurred_on=world.now.date() + timedelta(days=2))


def test_the_kinds_of_time_stay_apart(world: World) -> None:
    received = world.now - timedelta(days=3)
    happened = received.date() - timedelta(days=1)
    case = world.take(received_at=received, occurred_on=happened, received_by="luka")
    assert (case.occurred_on, case.received_at, case.entered_at) == (happened, received, world.now)
    assert (case.received_by, case.entered_by) == ("luka", "ana")
    [first, *_] = world.ana.casefile.open(case.id).entries
    assert (first.kind, first.occurred_at, first.entered_at) == (EntryKind.RECEIVED, received, world.now)


def test_what_customers_say_is_kept_apart_from_what_agents_note(world: World) -> None:
    case = world.take(
        words="It drops!", details="Checked the line.", remedy_wanted="a refund", further_issues="Bill late"
    )
    kept = world.ana.casefile.open(case.id).case
    assert (kept.words, kept.details, kept.remedy_wanted, kept.further_issues) == (
        "It drops!",
        "Checked the line.",
        "a refund",
        "Bill late",
    )


def test_controls_never_get_in(world: World) -> None:
    case = world.take(subject="a\x1b]52;c;AAAA\x07b\u202e", words="x\x00y\r\nz")
    assert not set(case.subject + case.words) & set("\x1b\x07\x00\r\u202e")
    assert "\n" in case.words


def test_a_case_solved_at_once_is_resolved_and_waits_for_the_customers_word(world: World) -> None:
    case = world.take(return_at=None, resolution="Restarted the line while she waited.")
    assert case.status is Status.RESOLVED
    assert case.resolved_on_first_contact
    assert case.company_resolved_on == world.ana.desk.today()
    assert case.customer_confirmed_on is None
    assert case.owner == "ana"


def test_a_known_customer_is_found_by_any_spelling_and_is_not_doubled(world: World) -> None:
    first = world.take()
    for typed in ("zoric", "ZORIĆ mar", "+385 91 234 5678", "0912345678"):
        [match] = world.ana.intake.find_customers(typed)
        assert (match.customer.id, match.open_count, match.case_count) == (first.customer_id, 1, 1)
    second = world.take(customer=None, customer_id=first.customer_id)
    assert second.customer_id == first.customer_id
    assert [row.id for row in world.ana.intake.cases_of(first.customer_id)] == [second.id, first.id]


def test_a_category_once_used_is_offered_first(world: World) -> None:
    world.take(category="trams")
    assert world.ana.intake.categories()[0] == "trams"
    assert "delivery delay" in world.ana.intake.categories()
