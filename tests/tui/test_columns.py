"""Choosing the columns of the queue: shown at once, kept in the query, in a view, or for all queries."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from textual import events
from textual.pilot import Pilot

from tests.tui.case_desk import CaseDesk, DeskApp, press
from tests.tui.snapshot import check_snapshot
from tests.tui.test_exporting import until
from tuitrack.domain.columns import Column
from tuitrack.tui.screens.columns import ColumnsScreen
from tuitrack.tui.widgets.case_list import CaseList
from tuitrack.tui.widgets.query_line import QueryLine


@pytest.fixture
def desk() -> CaseDesk:
    """Two cases, the first with more to show."""
    desk = CaseDesk()
    desk.take(subject="Router", category="fault", tags="vip", likely_to_leave=True)
    desk.take(subject="李小龙 is late", return_at=desk.now + timedelta(days=6))
    desk.now += timedelta(days=2)
    return desk


@asynccontextmanager
async def queue(desk: CaseDesk, size: tuple[int, int] = (80, 24)) -> AsyncIterator[tuple[DeskApp, Pilot[None]]]:
    app = DeskApp(desk)
    async with app.run_test(size=size) as pilot:
        await app.settle()
        yield app, pilot


def typed(app: DeskApp) -> str:
    return app.queue.query_one(QueryLine).value


def head(app: DeskApp) -> list[str]:
    """The words of the line above the list."""
    return app.text.splitlines()[2].split()


def shown(app: DeskApp) -> tuple[Column, ...]:
    return app.queue.query_one(CaseList).columns


async def test_columns_of_a_query_are_shown_in_their_order_under_their_names(desk: CaseDesk) -> None:
    async with queue(desk) as (app, pilot):
        await press(app, pilot, "slash", *"columns:age,tags,customer,subject,ref", "enter")
        assert head(app) == ["age", "tags", "customer", "subject", "ref"]
        check_snapshot(app, "queue_columns")
        await press(app, pilot, "escape")
        assert app.text.splitlines()[2].startswith("> ")


async def test_a_step_under_the_names_stays_on_the_lines(desk: CaseDesk) -> None:
    for number in range(40):
        desk.take(subject=f"Fridge {number}")
    async with queue(desk) as (app, pilot):
        await press(app, pilot, "slash", *"columns:subject", "enter", "end", "k")
        lines = app.text.splitlines()
        assert lines[2].split() == ["subject"]
        assert [number for number, line in enumerate(lines) if line.startswith("> ")] == [20]
        assert all(line[2:3] != " " for line in lines[3:22])


async def test_the_dialog_shows_each_change_at_once_and_writes_it_into_the_query(desk: CaseDesk) -> None:
    async with queue(desk) as (app, pilot):
        await press(app, pilot, "slash", *"router", "down", "c")
        check_snapshot(app, "columns_dialog")
        await press(app, pilot, "enter", "j", "left", "right", "right")
        assert typed(app) == "columns:customer,subject,ref,status,owner router"
        await until(app, pilot, f"{'customer':14} {'subject':33} {'ref':12} status")
        await press(app, pilot, "f2")
        assert not isinstance(app.screen, ColumnsScreen)
        assert typed(app) == "columns:customer,subject,ref,status,owner router"
        assert head(app) == ["customer", "subject", "ref", "status", "owner"]
        assert len(app.queue.query_one(CaseList).rows) == 1


async def test_esc_takes_back_what_was_tried(desk: CaseDesk) -> None:
    async with queue(desk) as (app, pilot):
        await press(app, pilot, "w", "c", "x", "end", "x")
        assert shown(app)[0] == Column.REF
        await press(app, pilot, "escape")
        assert typed(app) == ""
        assert app.text.splitlines()[2].startswith("> ")
        assert "[unowned 2]" in app.text


async def test_the_case_under_the_cursor_stays_there_whatever_columns_are_tried(desk: CaseDesk) -> None:
    async with queue(desk) as (app, pilot):
        cases = app.queue.query_one(CaseList)
        await press(app, pilot, "j")
        looked_at = cases.selected
        for keys in (["c", "x"], ["j", "x"], ["escape"], ["c", "x", "f2"], ["escape"]):
            await press(app, pilot, *keys)
            assert cases.selected == looked_at


async def test_what_has_no_room_says_so_and_one_column_always_stays(desk: CaseDesk) -> None:
    async with queue(desk) as (app, pilot):
        await press(app, pilot, "c", "end", "x")
        assert "(no room in this terminal)" in app.text
        await until(app, pilot, "No room here for reopened.")
        await press(app, pilot, "escape", "slash", *"columns:age", "down", "c", "x")
        await until(app, pilot, "one column at the least")
        assert shown(app) == (Column.AGE,)
        await press(app, pilot, "down", "right")
        await until(app, pilot, "Show the column first")


async def test_what_has_room_follows_the_size_of_the_terminal(desk: CaseDesk) -> None:
    async with queue(desk, (160, 50)) as (app, pilot):
        await press(app, pilot, "p", "c", "x")
        assert "(no room in this terminal)" not in app.text
        await pilot.resize_terminal(80, 24)
        await press(app, pilot, *"xjjjjjjjj")
        assert "(no room in this terminal)" in app.text


async def test_keys_in_one_write_change_the_columns_one_by_one(desk: CaseDesk) -> None:
    async with queue(desk) as (app, _):
        for key in ("c", "x", "j", "right", "x", "f2", "j", "plus"):
            app.post_message(events.Key(key, None))
        await app.settle()
        assert shown(app) == (Column.CUSTOMER, Column.SUBJECT, Column.STATUS, Column.OWNER)
        assert app.queue.marks.ids == {2}


async def test_ones_own_columns_stand_wherever_a_query_names_none_also_after_a_restart(desk: CaseDesk) -> None:
    async with queue(desk) as (app, pilot):
        await press(app, pilot, "c", "right", "m")
        assert typed(app) == ""
        assert head(app)[:3] == ["ref", "due", "customer"]
    async with queue(desk) as (app, pilot):
        assert head(app)[:2] == ["ref", "due"]
        assert "No room" not in app.text
        await press(app, pilot, "slash", *"columns:age", "down")
        assert head(app) == ["age"]
        await press(app, pilot, "escape", "c", "u", "m")
        assert app.text.splitlines()[2].startswith("> ")
    assert desk.services.preferences.columns() == ()


async def test_a_view_keeps_its_columns(desk: CaseDesk) -> None:
    async with queue(desk) as (app, pilot):
        await press(app, pilot, "w", "c", "x", "f2", "V", "n", *"Late", "f2")
        assert typed(app) == "owner:none columns:ref,customer,subject,status,owner"
        await press(app, pilot, "escape", "V", "end", "enter")
        assert head(app) == ["ref", "customer", "subject", "status", "owner"]
        assert app.text.splitlines()[1].startswith("Late: ")


async def test_the_usual_columns_grow_with_the_terminal(desk: CaseDesk) -> None:
    async with queue(desk, (200, 50)) as (app, pilot):
        await press(app, pilot, "p", "c", "u")
        assert Column.NEXT in shown(app)
        assert typed(app) == ""
