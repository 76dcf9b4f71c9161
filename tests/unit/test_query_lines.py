"""What is told about a query on one line: what was understood, a fault, a snippet, completions, a view."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.builders import NOW
from tuitrack.domain.query.complete import Completion
from tuitrack.domain.query.why import Snippet
from tuitrack.domain.queue import Counts
from tuitrack.services.queue import Understood
from tuitrack.services.views import KeptFor, View
from tuitrack.tui.completing import Offer
from tuitrack.tui.present_query import fault_line, snippet_line, understood_line
from tuitrack.tui.screens.views import view_line

TOLD = Understood("open, due before Tue 24 Nov", Counts(12, 4, 0, 9, 2, 1000, NOW), 340)


def test_what_was_understood_stands_beside_the_cases_and_counts_follow_where_they_fit() -> None:
    assert understood_line(TOLD, "", 45) == "12 of 340: open, due before Tue 24 Nov"
    assert understood_line(TOLD, "", 52) == "12 of 340: open, due before Tue 24 Nov · overdue 4"
    assert understood_line(TOLD, "Late", 80).startswith("Late: 12 of 340: open")
    assert understood_line(TOLD, "", 80).endswith(" · overdue 4 · unowned 2")
    assert understood_line(TOLD, "", 20) == "12 of 340: open, du…"


def test_the_caret_stands_under_the_fault_and_the_sentence_where_there_is_room() -> None:
    assert fault_line("Not a field.", 7, 40) == " " * 7 + "^ Not a field."
    assert fault_line("Not a field.", 35, 40) == "Not a field. ^".rjust(36)
    assert fault_line("Not a field.", 99, 40).endswith("^")


@given(st.text(), st.integers(), st.integers(20, 200))
def test_a_fault_line_has_its_caret_and_fits(sentence: str, column: int, width: int) -> None:
    line = fault_line(sentence, column, width)
    assert "^" in line
    assert cell_len(line) <= width


def test_found_words_are_marked_by_signs() -> None:
    found = Snippet("details", "the router is broken again", ((4, 10), (14, 20)))
    assert snippet_line(found, 80) == "details: the «router» is «broken» again"
    far = Snippet("note", f"{'long ' * 10}router", ((50, 56),))
    assert "«router»" in snippet_line(far, 50)


def choices(*texts: str) -> list[Completion]:
    return [Completion(3, 4, text, "", number) for number, text in enumerate(texts)]


def test_the_only_completion_is_taken() -> None:
    assert Offer.of("ab o", 4, choices("owner:")).shown == ("ab owner:", 9)
    assert Offer.of("ab o c", 4, choices("open")).shown == ("ab open c", 7)
    assert Offer.of("ab o", 4, choices("open")).shown == ("ab open ", 8)


def test_several_completions_go_as_far_as_they_agree_and_then_in_turn() -> None:
    offer = Offer.of("ab o", 4, choices("overdue", "overbooked"))
    assert offer.shown == ("ab over", 7)
    assert offer.line(80, "Tab") == "Tab: overdue · overbooked (1)"
    assert offer.next().shown == ("ab overdue ", 11)
    assert offer.next().next().line(80, "Tab") == "Tab: overdue · [overbooked (1)]"
    assert offer.next().next().next() == offer.next()


def test_nothing_to_complete_changes_nothing() -> None:
    offer = Offer.of("ab o", 4, [])
    assert offer.next().shown == ("ab o", 4)
    assert offer.line(80, "Tab") == "Tab: nothing completes this."


def test_the_taken_completion_is_seen_however_many_there_are() -> None:
    offer = Offer.of("ab ", 3, [Completion(3, 3, f"value{number}") for number in range(50)])
    for _ in range(40):
        offer = offer.next()
    assert "[value39]" in offer.line(60, "Tab")
    assert cell_len(offer.line(60, "Tab")) <= 60


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (View("Mine", "owner:me"), " 1 Mine                          17  owner:me"),
        (View("Late", "is:overdue", KeptFor.TEAM), " 1 Late                          17  (the team’s) is:overdue"),
    ],
)
def test_a_view_is_told_with_its_number_count_and_query(view: View, expected: str) -> None:
    assert view_line(1, view, "17", 80) == expected
