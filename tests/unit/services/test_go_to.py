"""From anything typed to a case or customer."""

from __future__ import annotations

import pytest

from tests.unit.services.world import World
from tuitrack.domain.errors import NotFound, Refusal


@pytest.mark.parametrize("shape", ["{0}", "{1}", " {2} ", "{3}"])
def test_a_reference_opens_its_case_however_it_is_written(world: World, shape: str) -> None:
    case = world.take()
    digits = case.reference.replace("-", "")[1:]
    typed = shape.format(case.reference, case.reference.lower(), case.reference.replace("-", " "), "C" + digits)
    found = world.ana.queue.go_to(typed)
    assert found.case == world.ana.casefile.open(case.id).case


def test_a_wrong_digit_is_named_and_the_case_meant_is_offered(world: World) -> None:
    case = world.take()
    digit = case.reference[-1]
    wrong = case.reference[:-1] + str((int(digit) + 1) % 10)
    with pytest.raises(Refusal, match="check digit") as refused:
        world.ana.queue.go_to(wrong)
    assert case.reference in refused.value.sentence


@pytest.mark.parametrize("shape", ["C{0}-{1}", "{0}-{1}", "{0}{1}"])
def test_without_its_check_digit_a_reference_proves_nothing_and_the_case_is_offered(world: World, shape: str) -> None:
    case = world.take()
    with pytest.raises(Refusal, match=f"Did they mean {case.reference}"):
        world.ana.queue.go_to(shape.format(case.reference[1:3], case.reference[4:-2]))


@pytest.mark.parametrize("typed", ["091 234 5678", "+385/91/234-5678", "ACC-77", "acc77", "zoric", "Marija Z"])
def test_a_phone_an_account_or_a_name_finds_the_customer(world: World, typed: str) -> None:
    case = world.take(customer={"name": "Marija Zorić", "account": "ACC-77", "phones": ("091/234-5678",)})
    [match] = world.ana.queue.go_to(typed).customers
    assert match.customer.id == case.customer_id
    assert match.numbers == ("+385 91 234 5678",)


@pytest.mark.parametrize("typed", ["", "  ", "nobody", "'; DROP TABLE cases; --", "\x00", "%", '"', "(((", "-"])
def test_what_answers_to_nothing_is_a_sentence(world: World, typed: str) -> None:
    world.take()
    with pytest.raises(NotFound) as refused:
        world.ana.queue.go_to(typed)
    assert refused.value.sentence.startswith("Go to:")
