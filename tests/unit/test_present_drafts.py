"""What is said of half-typed forms."""

from __future__ import annotations

import pytest

from tests.builders import NOW
from tuitrack.services.drafts import HalfTyped
from tuitrack.tui.commands import key_of
from tuitrack.tui.present_drafts import half_typed_line

CALL = HalfTyped("call_in", "C26-000123-4", NOW)


@pytest.mark.parametrize(
    ("found", "width", "line"),
    [
        ([], 80, ""),
        ([HalfTyped("intake", "", NOW), CALL], 80, "Half typed: a new case (n goes on), a call on C26-000123-4"),
        ([HalfTyped("intake", "Ana Zorić", NOW)], 80, "Half typed: a new case for Ana Zorić"),
        ([CALL, HalfTyped("note", "C26-000124-1", NOW)], 50, "Half typed: a call on C26-000123-4, 1 more"),
        ([CALL, CALL], 80, "Half typed: a call on C26-000123-4"),
        ([CALL], 20, "Half typed: a call…"),
    ],
)
def test_half_typed_forms_are_named_as_far_as_they_fit(found: list[HalfTyped], width: int, line: str) -> None:
    assert half_typed_line(found, width, key_of) == line
