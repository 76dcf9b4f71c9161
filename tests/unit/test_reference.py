"""A reference survives being said and typed, and a wrong digit gives itself away."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuitrack.domain.errors import Refusal
from tuitrack.domain.reference import Reference, looks_like_reference, near_misses

REFERENCES = st.builds(Reference, st.just("C"), st.integers(2000, 2099), st.integers(1, 10**9))
C4517 = Reference("C", 2026, 4517)


def test_the_shape_told_to_the_customer() -> None:
    assert str(C4517) == "C26-004517-7"
    assert C4517.spoken("en") == "C, two six, zero zero four, five one seven, check seven"
    assert Reference("C", 2026, 1234567).spoken("hr").startswith("C, dva šest, jedan, dva tri četiri, pet")


@pytest.mark.parametrize(
    "typed",
    [
        "C26-004517-7",
        "c26 004517 7",
        "C 2 6 0 0 4 5 1 7 7",
        "260045177",
        "c26-4517-7",
        "С26-004517-7",  # a Russian С
        "Ｃ２６－００４５１７－７",
        "C۲۶-۰۰۴۵۱۷-۷",
        "c two six double zero four five one seven seven",
        "C26 oo4517 7",
        "case number C, two six, oh oh four, five one seven, check seven",
    ],
)
def test_ways_of_typing_one_reference(typed: str) -> None:
    text = typed.removeprefix("case number ")
    assert Reference.parse(text) == C4517


@given(REFERENCES)
def test_what_is_shown_and_said_is_read_back(reference: Reference) -> None:
    assert Reference.parse(str(reference)) == reference
    assert looks_like_reference(str(reference))
    for language in ("en", "hr", "sl", "ru", "fa", "fil", "unknown"):
        assert Reference.parse(reference.spoken(language)) == reference


@given(REFERENCES, st.data())
def test_every_wrong_digit_and_every_swap_is_noticed(reference: Reference, data: st.DataObject) -> None:
    digits = "".join(c for c in str(reference) if c.isdigit())
    at = data.draw(st.integers(0, len(digits) - 1))
    wrong = data.draw(st.sampled_from([d for d in "0123456789" if d != digits[at]]))
    swapped = digits[:at] + digits[at : at + 2][::-1] + digits[at + 2 :]
    for mistyped in {digits[:at] + wrong + digits[at + 1 :], swapped} - {digits}:
        with pytest.raises(Refusal, match="check digit does not fit"):
            Reference.parse(mistyped)
        assert reference in near_misses(mistyped) or _grew_or_shrank(mistyped)


def _grew_or_shrank(mistyped: str) -> bool:
    """A long sequence that now begins with 0 has another length as a reference, but so has no right one."""
    return len(mistyped) > 9 and mistyped[2] == "0"


def test_the_refusal_names_what_is_wrong() -> None:
    with pytest.raises(Refusal) as refused:
        Reference.parse("c26-004571-7", field="goto")
    assert refused.value.field == "goto"
    assert refused.value.sentence == (
        "C26-004571-7: the check digit does not fit; one digit is wrong or two are swapped. Ask for the number again."
    )
    assert C4517 in near_misses("c26-004571-7")
    assert near_misses(str(C4517)) == []


@pytest.mark.parametrize("typed", ["", "C", "C26", "C26-004517", "Zorić", "X26-004517-7", "1" * 40, "C26-000000-7"])
def test_what_is_no_reference_is_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        Reference.parse(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("C26-004517-3", True),  # wrong check digit: still meant as a reference
        ("c26 0045", True),
        ("26-004517-7", True),
        ("260045177", True),
        ("260045178", False),
        ("091 234 5678", False),
        ("Cohen", False),
        ("C", False),
        ("12345", False),
    ],
)
def test_references_are_told_from_phones_and_names(typed: str, meant: bool) -> None:
    assert looks_like_reference(typed) is meant


@given(st.text(st.characters()) | st.text("cC0123456789- ohdoubletr"))
def test_nothing_typed_raises_anything_but_a_refusal(typed: str) -> None:
    looks_like_reference(typed)
    near_misses(typed)
    with suppress(Refusal):
        found = Reference.parse(typed)
        assert Reference.parse(str(found)) == found


def test_other_prefixes_and_impossible_numbers() -> None:
    assert Reference.parse(str(Reference("TT", 2031, 7)), "TT") == Reference("TT", 2031, 7)
    with pytest.raises(ValueError, match="1999"):
        Reference("C", 1999, 1)
