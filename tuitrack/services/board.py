"""The overdue board, counted when it is asked for."""

from __future__ import annotations

from tuitrack.domain.board import Board, scale_at
from tuitrack.domain.people import names_of
from tuitrack.services.desk import Desk


class BoardService:
    """Counts what is due of open work."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def board(self) -> Board:
        """What is overdue and due soon now, by everything that a board tells apart."""
        scale = scale_at(self._desk.now())
        with self._desk.store.reading() as reader:
            counts, agents = reader.due_counts(scale.edges), reader.agents()
        return Board(counts, scale, names_of(agents), {agent.handle: agent.team for agent in agents})
