"""The overdue board as text."""

from __future__ import annotations

from datetime import UTC, datetime

from tuitrack.domain.board import Board, BoardBy, scale_at
from tuitrack.domain.deadlines import DueCount
from tuitrack.exchange.board_lines import board_lines

NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
SCALE = scale_at(NOW)
NAMES = {"ana": "Ana Kos"}


def counted(*counts: DueCount) -> Board:
    return Board(counts, SCALE, NAMES, {})


def test_every_group_is_a_sentence_without_what_it_has_nothing_of() -> None:
    late, today = SCALE.edges.index(NOW), SCALE.edges.index(NOW) + 1
    board = counted(
        DueCount(late, "promise", "ana", "", False, 3),
        DueCount(today, "resolve", "ana", "", False, 1),
        DueCount(late, "promise", None, "", False, 1),
        DueCount(len(SCALE.edges), "paused", None, "", True, 2),
    )
    assert board_lines(board, BoardBy.OWNER) == [
        "Everything: 4 overdue, 1 due today, 1 due in 3 days, 2 paused.",
        "Ana Kos: 3 overdue, 1 due today, 1 due in 3 days.",
        "nobody: 1 overdue, 2 paused.",
    ]
    assert board_lines(board, BoardBy.AGE)[1:] == ["up to 1 day: 4 overdue."]


def test_nothing_overdue_is_a_sentence() -> None:
    assert board_lines(counted(), BoardBy.KIND) == ["Nothing is overdue."]
