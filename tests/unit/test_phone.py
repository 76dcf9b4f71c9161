"""One number, however it is written, is one number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuitrack.domain.phone import (
    QUERY_DIGITS_MIN,
    digits_of,
    looks_like_phone,
    phone_key,
    phone_query,
    show_phone,
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
    key = phone_key(stored, "HR")
    assert key == "385912345678"
    assert key.endswith(phone_query(typed))


@pytest.mark.parametrize(
    ("typed", "region", "key"),
    [
        ("(202) 555-0147", "US", "12025550147"),
        ("+98 912 345 6789", "HR", "989123456789"),
        ("031 123 456", "SI", "38631123456"),
        ("8 (912) 345-67-89", "RU", "79123456789"),
        ("12", "HR", "12"),
        ("0042", "", "42"),
        ("no phone", "HR", ""),
    ],
)
def test_keys(typed: str, region: str, key: str) -> None:
    assert phone_key(typed, region) == key


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
    ("typed", "shown"),
    [
        ("00385912345678", "091 234 5678"),
        ("+98 9123456789", "+98 912 345 6789"),
        ("ask\x1b for Ana", "ask\ufffd for Ana"),
    ],
)
def test_numbers_are_shown_grouped_or_as_typed(typed: str, shown: str) -> None:
    assert show_phone(typed, "HR") == shown


@given(ANY_TEXT, st.sampled_from(["HR", "US", "IR", "", "ZZ"]))
def test_nothing_typed_raises(typed: str, region: str) -> None:
    assert phone_key(typed, region).strip("0123456789") == ""
    assert phone_query(typed).strip("0123456789") == ""
    assert digits_of(typed).strip("0123456789") == ""
    assert "\x1b" not in show_phone(typed, region)
    if looks_like_phone(typed):
        assert len(phone_query(typed)) >= QUERY_DIGITS_MIN
