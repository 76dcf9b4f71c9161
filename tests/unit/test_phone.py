"""One number, however it is written, is one number."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import SUPPORTED_REGIONS

from tuitrack.domain.phone import (
    QUERY_DIGITS_MIN,
    REGIONS,
    digits_of,
    international,
    looks_like_phone,
    phone_query,
)

ONE_MOBILE = [
    "091/234-5678",
    "+385 91 234 5678",
    "00385912345678",
    "+385 (0)91 2345678",
    "091 2345 678 ext. 12",
    "۰۹۱ ۲۳۴ ۵۶۷۸",
]
ANY_TEXT = st.text(st.characters()) | st.text("0123456789+()/-. x#")


@pytest.mark.parametrize("stored", ONE_MOBILE)
@pytest.mark.parametrize("typed", ONE_MOBILE)
def test_every_way_of_writing_finds_every_other(stored: str, typed: str) -> None:
    kept, sought = phone_query(stored), phone_query(typed)
    assert kept.endswith(sought) or sought.endswith(kept)


@pytest.mark.parametrize("typed", ONE_MOBILE)
def test_every_way_of_writing_is_shown_as_one(typed: str) -> None:
    assert international(typed, "HR").removesuffix(" ext. 12") == "+385 91 234 5678"


@pytest.mark.parametrize(
    ("typed", "is_phone"),
    [
        ("091/234-5678", True),
        ("+385 91 2345678", True),
        ("234567", True),
        ("tel. 01 4561 234", True),
        ("12345", False),
        ("C26-004517-3", False),
        ("Zorić 091 234 5678", False),
        ("", False),
    ],
)
def test_phones_are_told_from_names_and_references(typed: str, is_phone: bool) -> None:
    assert looks_like_phone(typed) is is_phone


@pytest.mark.parametrize(
    ("typed", "region", "shown"),
    [
        ("(202) 555-0147", "US", "+1 202-555-0147"),
        ("+98 9123456789", "HR", "+98 912 345 6789"),
        ("031 123 456", "SI", "+386 31 123 456"),
        ("8 (912) 345-67-89", "RU", "+7 912 345-67-89"),
        ("tel. 01 4561 234", "HR", "+385 1 4561 234"),
        ("385912345678", "HR", "+385 91 234 5678"),
        ("01/4561-234 lok. 12", "HR", "+385 1 4561 234 ext. 12"),
        ("+385912345678", "", "+385 91 234 5678"),
    ],
)
def test_a_number_is_shown_as_it_is_dialled_from_anywhere(typed: str, region: str, shown: str) -> None:
    assert international(typed, region) == shown


@pytest.mark.parametrize(
    ("typed", "region"),
    [
        ("091 234 5678", ""),
        ("091 234 5678", "US"),
        ("091 234", "HR"),
        ("+385 12", "HR"),
        ("sister 091 234 5678", "HR"),
        ("091 234 5678 / 098 111 222", "HR"),
        ("091 234 5678" + " " * 200 + "or the shop", "HR"),
        ("ask\x1b for Ana", "HR"),
        ("", "HR"),
    ],
)
def test_no_country_is_guessed_and_nothing_that_was_typed_is_left_out(typed: str, region: str) -> None:
    assert international(typed, region) == ""


def test_a_case_looked_at_in_passing_does_not_load_the_worlds_numbers() -> None:
    script = """
import sys
from tests.unit.services.world import World
world = World()
case = world.take()
for look in (world.ana.casefile.glance, world.ana.casefile.open):
    print(*look(case.id).numbers, "phonenumbers" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["091/234-5678 False", "+385 91 234 5678 True"]


def test_the_regions_are_those_that_are_known() -> None:
    assert frozenset(SUPPORTED_REGIONS) == REGIONS


@given(ANY_TEXT, st.sampled_from(["HR", "US", "IR", "", "ZZ"]))
def test_nothing_typed_raises(typed: str, region: str) -> None:
    assert phone_query(typed).strip("0123456789") == ""
    assert digits_of(typed).strip("0123456789") == ""
    assert international(typed, region).isprintable()
    if looks_like_phone(typed):
        assert len(phone_query(typed)) >= QUERY_DIGITS_MIN


@given(ANY_TEXT, st.sampled_from(["HR", "US", "IR"]))
def test_what_is_shown_is_read_as_the_same_number(typed: str, region: str) -> None:
    if shown := international(typed, region):
        assert international(shown, "") == shown
