"""The overdue board by its keys, in the queue and as a pane of its own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.builders import NOW, a_case, a_clock, a_customer, an_agent
from tests.tui.case_desk import CaseDesk, DeskApp, press, queue_app
from tests.tui.snapshot import check_snapshot, painted
from tuitrack.domain.board import BoardBy
from tuitrack.domain.deadlines import PAUSED
from tuitrack.tui.screens.board import BoardScreen
from tuitrack.tui.wallboard import WallboardApp
from tuitrack.tui.widgets.board_view import BoardView

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
CASES: list[tuple[str | None, str, timedelta | None, str]] = [
    ("ana", "promise", -HOUR, "billing"),
    ("ana", "promise", -9 * DAY, "Billing"),
    ("ana", "resolve", 2 * HOUR, "delivery"),
    ("marko", "first_response", -40 * DAY, "[b]odd[/b]"),
    ("marko", "resolve", 2 * DAY, ""),
    (None, "resolve", -3 * DAY, "billing late"),
    ("ana", PAUSED, None, "billing"),
]
"""Owner, what is due next, when, category."""


def with_cases(desk: CaseDesk) -> CaseDesk:
    """The desk with the cases, ana and marko in teams."""
    desk.now = NOW
    with desk.store.writing() as writer:
        writer.put_agent(an_agent("ana", name="Ana Zorić", team="North"))
        writer.put_agent(an_agent("marko", name="Marko Kos", team="South"))
        writer.add(a_customer())
        for number, (owner, kind, off, category) in enumerate(CASES, 1):
            due: dict[str, Any] = {"next_due_kind": kind, "next_due_at": None if off is None else NOW + off}
            writer.add(a_case(number, 1, owner=owner, category=category, **due))
            if kind == PAUSED:
                writer.add(a_clock(number, paused_at=NOW))
    return desk


@pytest.fixture
def desk() -> CaseDesk:
    """A desk with something of everything."""
    return with_cases(CaseDesk())


def chosen(app: DeskApp) -> tuple[str, int]:
    """The query of the row under the cursor, and the column."""
    view = app.screen.query_one(BoardView)
    assert view.row is not None
    return view.row.text, view.column


@pytest.mark.parametrize(("name", "size"), [("board_80x24", (80, 24)), ("board_200x50", (200, 50))])
async def test_the_board_counts_by_what_is_due_next(desk: CaseDesk, name: str, size: tuple[int, int]) -> None:
    async with queue_app(desk, size=size) as (app, pilot):
        await press(app, pilot, "B")
        check_snapshot(app, name)


@pytest.mark.parametrize(("digit", "by"), list(enumerate(BoardBy, 1)))
async def test_a_digit_or_tab_changes_the_grouping(desk: CaseDesk, digit: int, by: BoardBy) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "B", str(digit))
        by_digit = app.text
        assert f"[{digit} {by.value}]" in by_digit
        await press(app, pilot, "1", *["tab"] * (digit - 1))
        assert app.text == by_digit
        if by is not BoardBy.KIND:
            check_snapshot(app, f"board_by_{by.value}")


async def test_a_number_opens_its_list_and_escape_leads_back_to_what_was_listed(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "m", "B", "4", "down", "enter")
        assert app.queue.query_shown.text == "is:overdue category=Billing"
        assert "2 of 7: open, overdue, category exactly Billing" in app.text
        assert [row.id for row in app.queue._list.rows] == [2, 1]
        await press(app, pilot, "B")
        assert chosen(app) == ("category=Billing", 0)
        await press(app, pilot, "right", "right", "right", "enter")
        assert app.queue.query_shown.text == "is:paused category=Billing"
        await press(app, pilot, "escape")
        assert (app.queue.query_shown.text, app.queue.query_shown.owner) == ("", "ana")


async def test_every_number_on_the_screen_is_that_of_its_list(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        for digit in "12345":
            await press(app, pilot, "B", digit, "end")
            row = app.screen.query_one(BoardView).row
            assert row is not None
            await press(app, pilot, "left", "left", "left", "enter")
            assert len(app.queue._list.rows) == row.numbers[0]


async def test_leaving_the_board_lists_nothing_else(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "o", "B", "down", "escape", "j")
        assert "[overdue 4]" in app.text


async def test_the_cursor_stays_with_its_group_when_the_numbers_change(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "B", "2", "end", "right")
        assert chosen(app) == ("owner:none", 1)
        with desk.store.writing() as writer:
            for number in range(20, 23):
                late = {"next_due_kind": "resolve", "next_due_at": NOW - HOUR}
                writer.add(a_case(number, 1, **late))
        await press(app, pilot, "f5")
        assert chosen(app) == ("owner:none", 1)
        assert app.screen.query_one(BoardView)._at == 1


async def test_nothing_is_drawn_where_no_number_is_another(desk: CaseDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "B")
        drawn: list[object] = []
        view, screen = app.screen.query_one(BoardView), app.screen
        assert isinstance(screen, BoardScreen)
        monkeypatch.setattr(view, "refresh", lambda *regions, **how: drawn.append(regions))
        screen.action_refresh_screen()
        await app.settle()
        assert drawn == []
        desk.now += 3 * HOUR
        screen.action_refresh_screen()
        await app.settle()
        assert len(drawn) == 1


async def test_a_board_without_anything_late_says_so() -> None:
    async with queue_app(CaseDesk()) as (app, pilot):
        await press(app, pilot, "B")
        assert "Nothing is overdue." in app.text
        await press(app, pilot, "enter")
        assert app.queue.query_shown.text == "is:overdue"


class PaneApp(DeskApp, WallboardApp):
    """The pane over a desk in memory."""


async def test_the_pane_only_shows(desk: CaseDesk) -> None:
    app = PaneApp(desk, by=BoardBy.OWNER)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settle()
        assert "[2 owner]" in app.text
        await press(app, pilot, "down", "enter")
        assert "The queue lists them with: is:overdue owner=ana" in app.text
        await press(app, pilot, "g", "n", "B")
        assert len(app.screen_stack) == 1
        await press(app, pilot, "question_mark")
        assert "Group by what is due next" in app.text
        await press(app, pilot, "escape")
        await pilot.press("q")
        await painted(app)
    assert app.return_code == 0
