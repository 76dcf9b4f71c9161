"""Marks: what they hold, how many there can be, and how they come back."""

from __future__ import annotations

import pytest

from tuitrack.domain.errors import Refusal
from tuitrack.tui.marks import MARKS_MOST, Marks


def test_a_case_is_marked_and_no_longer() -> None:
    marks = Marks()
    marks.toggle(3)
    marks.add([4, 5, 3])
    marks.toggle(4)
    assert marks.ids == {3, 5}
    assert 3 in marks
    assert 4 not in marks


def test_ids_taken_once_stay_what_they_were() -> None:
    marks = Marks()
    marks.add([1, 2])
    taken = marks.ids
    marks.toggle(1)
    assert taken == {1, 2}


def test_marks_taken_away_together_come_back_beside_later_ones() -> None:
    marks = Marks()
    marks.bring_back()
    assert not marks
    marks.add([1, 2])
    marks.clear()
    assert not marks
    marks.toggle(9)
    marks.bring_back()
    assert marks.ids == {1, 2, 9}


def test_too_many_are_refused_and_nothing_changes() -> None:
    marks = Marks()
    marks.add(range(MARKS_MOST))
    with pytest.raises(Refusal, match="10,000"):
        marks.toggle(MARKS_MOST)
    assert len(marks) == MARKS_MOST
    marks.toggle(0)
    marks.toggle(MARKS_MOST)
    assert MARKS_MOST in marks
