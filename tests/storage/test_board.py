"""Every number of the overdue board is that of the list behind it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import NOW, a_case, a_clock, a_customer, an_agent
from tests.fakes import MemoryStore
from tuitrack.domain.board import Board, BoardBy, scale_at
from tuitrack.domain.deadlines import PAUSED
from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.words import DueKind, Status
from tuitrack.services.board import BoardService
from tuitrack.services.desk import Desk
from tuitrack.services.ports import Store
from tuitrack.services.queue import QueueService
from tuitrack.settings import Settings
from tuitrack.storage.store import open_store

ZAGREB = Settings(time_zone="Europe/Zagreb")
MILLISECOND = timedelta(milliseconds=1)
OWNERS = [None, "ana", "ana.kos", "none", "me", "left long ago", 'quo"ted', "Čvor"]
"""Handles and teams that a query could take for something else."""
TEAMS = ["", "none", "mine", "North", "North two", "a, b"]
CATEGORIES = ["", "billing", "Billing", "BÍLLING", "billing late", "???", "none", 'a "b", (c)', "x or y", "1..2", "-3"]


def desk_over(store: object, now: datetime) -> Desk:
    """A desk in Zagreb at a moment."""
    return Desk(cast(Store, store), "ana", ZAGREB, lambda: now)


def edges_of(now: datetime) -> Sequence[datetime]:
    """The moments that matter at a moment."""
    return scale_at(now.astimezone(ZoneInfo("Europe/Zagreb"))).edges


@st.composite
def desks(draw: st.DrawFn) -> tuple[datetime, list[dict[str, Any]], list[str]]:
    """A moment, cases with what is due around everything that matters then, and the teams of the agents."""
    now = draw(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31))).astimezone(NOW.tzinfo)
    now = now.replace(microsecond=now.microsecond // 1000 * 1000)
    near = st.builds(lambda edge, off: edge + off * MILLISECOND, st.sampled_from(edges_of(now)), st.integers(-1, 1))
    any_time = st.timedeltas(-timedelta(days=60), timedelta(days=9)).map(
        lambda off: now + off // MILLISECOND * MILLISECOND
    )
    case = st.fixed_dictionaries(
        {
            "next_due_at": near | any_time,
            "next_due_kind": st.sampled_from([kind.value for kind in DueKind]),
            "owner": st.sampled_from(OWNERS),
            "category": st.sampled_from(CATEGORIES),
            "status": st.sampled_from([Status.OPEN, Status.RESOLVED, Status.CLOSED]),
            "paused": st.booleans(),
            "stands": st.booleans(),
        }
    )
    return now, draw(st.lists(case, max_size=12)), draw(st.lists(st.sampled_from(TEAMS), min_size=8, max_size=8))


def fill(store: object, cases: list[dict[str, Any]], teams: list[str]) -> None:
    """Store the cases, some with a clock that stands still beside what is due, or with nothing else."""
    with cast(Store, store).writing() as writer:
        writer.add(a_customer())
        for handle, team in zip(OWNERS, teams, strict=True):
            if handle not in (None, "left long ago"):
                writer.put_agent(an_agent(handle, name=f"{handle} of {team}", team=team))
        for number, drawn in enumerate(cases, 1):
            fields = dict(drawn)
            stands, paused = fields.pop("stands"), fields.pop("paused")
            if stands:
                fields |= {"next_due_at": None, "next_due_kind": PAUSED if paused else ""}
            writer.add(a_case(number, 1, **fields))
            if paused:
                writer.add(a_clock(number, paused_at=NOW))
            writer.add(a_clock(number, paused_at=NOW, met_at=NOW))


def counted(board: Board) -> dict[str, int]:
    """Every number of a board by the query of its cell."""
    rows = [board.total, *(row for by in BoardBy for row in board.rows(by))]
    return {row.query(column): number for row in rows for column, number in enumerate(row.numbers)}


@settings(max_examples=60)
@given(desks())
def test_the_number_of_a_cell_is_that_of_the_cases_its_query_lists(
    tmp_path_factory: pytest.TempPathFactory, drawn: tuple[datetime, list[dict[str, Any]], list[str]]
) -> None:
    now, cases, teams = drawn
    folder = tmp_path_factory.mktemp("board")
    memory = MemoryStore()
    with closing(open_store(folder / "tuitrack.db", folder / "backups")) as sqlite:
        boards = []
        for store in (memory, sqlite):
            fill(store, cases, teams)
            desk = desk_over(store, now)
            numbers = counted(BoardService(desk).board())
            queue = QueueService(desk)
            assert numbers == {text: queue.count(QueueQuery(text), 1000) for text in numbers}
            boards.append(numbers)
        assert boards[0] == boards[1]
