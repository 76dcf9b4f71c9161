"""Due times in words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import NOW, a_clock, a_promise
from tuitrack.domain.clocks import Clock
from tuitrack.domain.deadlines import Resumed, of_clock, of_promise
from tuitrack.domain.due_words import deadline_words, headline, kind_words, late_words, resuming_words, standing_words
from tuitrack.domain.words import DueKind

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        (a_clock(), "due Thu 19 Nov 2026, 12:00"),
        (a_clock(due_at=NOW - 3 * DAY), "overdue 3d"),
        (a_clock(met_at=NOW), "met"),
        (a_clock(met_at=NOW + 3 * DAY), "met 2d late"),
        (a_clock(due_at=NOW - DAY, paused_at=NOW - 2 * DAY), "paused since Mon 16 Nov 2026, 12:00"),
    ],
)
def test_how_a_deadline_stands(clock: Clock, words: str) -> None:
    assert deadline_words(of_clock(clock), NOW) == words


def test_what_is_due_is_named_with_how_it_stands() -> None:
    assert headline(of_clock(a_clock(kind=DueKind.FIRST_RESPONSE, met_at=NOW)), NOW) == "First response, met"
    assert headline(of_promise(a_promise(due_at=NOW - DAY)), NOW) == "Promise: call back, overdue 1d"


def test_what_was_late_is_told_whatever_it_was() -> None:
    late = [of_promise(a_promise(due_at=NOW - DAY)), of_clock(a_clock(due_at=NOW - 2 * DAY, met_at=NOW - DAY))]
    assert late_words([*late, of_clock(a_clock())], NOW) == "promise 1d, resolve 1d"


def test_what_is_due_next_in_a_case() -> None:
    assert standing_words("paused", None, NOW) == "paused"
    assert standing_words("", None, NOW) == "no due date"
    assert standing_words("first_response", NOW - DAY, NOW) == "overdue 1d"
    assert kind_words("first_response") == "first response"


def test_only_what_is_not_overdue_yet_is_overdue_at_once_when_a_pause_ends() -> None:
    past, coming = of_promise(a_promise(due_at=NOW - DAY)), of_promise(a_promise(due_at=NOW + DAY))
    told = resuming_words("Go on?", [Resumed(past, True), Resumed(past, False), Resumed(coming, False)], NOW)
    assert told.splitlines() == [
        "Go on? This is due then:",
        "promise, Tue 17 Nov 2026, 12:00: overdue already",
        "! promise, Tue 17 Nov 2026, 12:00: overdue at once",
        "promise, Thu 19 Nov 2026, 12:00",
    ]
