"""The overdue board as plain lines, a sentence each, for a chat line or a screen reader."""

from __future__ import annotations

from tuitrack.domain.board import COLUMNS, Board, BoardBy, BoardRow

NOTHING = "Nothing is overdue."


def board_lines(board: Board, by: BoardBy) -> list[str]:
    """What is overdue in all, then by each group."""
    total = board.total
    return [
        *([] if total.numbers[0] else [NOTHING]),
        *(_line(row) for row in [total, *board.rows(by)] if any(row.numbers)),
    ]


def _line(row: BoardRow) -> str:
    told = [f"{number} {column.label}" for column, number in zip(COLUMNS, row.numbers, strict=True) if number]
    return f"{row.label}: {', '.join(told)}."
