"""The query line and the views, over the real language."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from textual import events

from tests.builders import NOW
from tests.tui.case_desk import CaseDesk, DeskApp, press, queue_app
from tests.tui.snapshot import check_snapshot
from tests.tui.test_exporting import until
from tuitrack.services.views import BUILT_IN, View
from tuitrack.tui.screens.queue import QueueScreen
from tuitrack.tui.screens.views import ViewsScreen
from tuitrack.tui.widgets.block_list import BlockList
from tuitrack.tui.widgets.case_list import CaseList
from tuitrack.tui.widgets.query_line import QueryLine


@pytest.fixture
def desk() -> CaseDesk:
    """Five cases: the first two are ana's, all but the last are late."""
    desk = CaseDesk()
    for number in range(1, 6):
        when = desk.now + timedelta(days=4 if number < 5 else 9)
        case = desk.take(subject=f"Router {number} smells of [b]smoke[/b]", return_at=when)
        if number < 3:
            desk.services.casework.assign(case.id, "ana", seen=case.version)
    desk.now = NOW + timedelta(days=1)
    return desk


def listed(app: DeskApp) -> int:
    return len(app.queue.query_one(CaseList).rows)


def typed(app: DeskApp) -> str:
    return app.queue.query_one(QueryLine).value


def line(app: DeskApp, number: int) -> str:
    return app.text.splitlines()[number]


async def test_what_is_typed_and_what_is_chosen_by_a_key_is_understood_together(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "m", "slash", *"is:overdue")
        assert line(app, 1).startswith("2 of 5: open, of Ana, overdue")
        assert listed(app) == 2


async def test_a_fault_is_pointed_at_and_the_list_stays(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "slash", *"smok")
        app.post_message(events.Paste("e ownr:me"))
        await app.settle()
        assert line(app, 1).index("^") == line(app, 0).index("ownr")
        assert "did you mean owner?" in line(app, 1)
        assert listed(app) == 5
        check_snapshot(app, "query_fault")
        await press(app, pilot, "enter")
        assert isinstance(app.focused, QueryLine)
        await press(app, pilot, *["backspace"] * 8)
        assert line(app, 1).startswith("5 of 5: open, “smoke…”")
        assert "did you mean" not in app.text


async def test_the_marked_case_says_why_it_was_found(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "slash", *"smoke rou", "enter")
        assert app.text.splitlines()[-1].startswith("subject: «Router» 5 smells of [b]«smoke»[/b]")
        await press(app, pilot, "j")
        assert "«Router» 4" in app.text.splitlines()[-1]
        check_snapshot(app, "query_why")
        await press(app, pilot, "escape")
        assert "«" not in app.text


async def test_a_filter_of_a_key_counts_what_is_listed(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "slash", *"smoke", "down", "o")
        assert line(app, 1).split(":")[0] == f"{listed(app)} of 5" == "4 of 5"
        await press(app, pilot, "t")
        assert line(app, 1).split(":")[0] == f"{listed(app)} of 5"
        assert "unowned" not in line(app, 1)


async def test_an_order_that_is_typed_goes_before_the_one_of_the_key(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "s")
        assert line(app, 0).endswith("newest first")
        await press(app, pilot, "slash", *"sort:oldest", "down")
        assert "newest" not in app.text
        assert line(app, 1).startswith("5 of 5: open, oldest first")
        await press(app, pilot, "s")
        assert "! The query says its order itself" in app.text
        await press(app, pilot, "escape")
        assert line(app, 0).endswith("newest first")


async def test_tab_completes_fields_then_values_with_counts(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "slash", *"ow", "tab")
        assert typed(app) == "owner:"
        await press(app, pilot, "tab")
        assert "ana (2)" in app.text.splitlines()[-1]
        await press(app, pilot, "tab")
        assert typed(app) == "owner:me "
        await press(app, pilot, "tab")
        assert app.text.splitlines()[-1].startswith("Tab: ")
        assert isinstance(app.focused, QueryLine)


async def test_up_and_down_go_through_the_queries_asked_before_and_after_a_restart(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "slash", *"smoke", "enter", "slash", *" is:overdue", "enter")
        await press(app, pilot, "slash", "up")
        assert typed(app) == "smoke"
        await press(app, pilot, "down")
        assert typed(app) == "smoke is:overdue"
        await press(app, pilot, "down")
        assert isinstance(app.focused, CaseList)
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "slash", *"rou", "up")
        assert typed(app) == "smoke is:overdue"
        await press(app, pilot, "down")
        assert typed(app) == "rou"


async def test_views_go_round_and_are_named(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "right_square_bracket")
        assert line(app, 1).startswith("All cases: 5 of 5: all cases")
        await press(app, pilot, "right_square_bracket")
        assert line(app, 1).startswith("Mine: 2 of 5: open, of Ana")
        assert typed(app) == "owner:me"
        await press(app, pilot, "left_square_bracket", "left_square_bracket")
        assert line(app, 1).startswith("[Open work: 5]")
        assert typed(app) == ""


async def test_a_digit_and_enter_opens_a_view_and_more_digits_a_case(desk: CaseDesk) -> None:
    reference = desk.file(3).case.reference
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "4")
        assert "Enter opens view 4" in app.text
        await press(app, pilot, "enter")
        assert line(app, 1).startswith("Unowned: 3 of 5")
        await press(app, pilot, "4", "2", "enter")
        assert "There is no view 42" in app.text
        await press(app, pilot, *reference.replace("-", "").removeprefix("C"), "enter")
        assert not isinstance(app.screen, QueueScreen)
        assert reference in app.text


async def test_the_query_is_saved_as_a_view_opened_and_deleted(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "o", "m", "slash", *"smoke", "down")
        await press(app, pilot, "V", "n", *"My smoke", "f2")
        assert line(app, 1).startswith("My smoke: 2 of 5")
        assert typed(app) == "is:overdue owner:me smoke"
        await press(app, pilot, "escape", "V")
        await app.settle()
        check_snapshot(app, "views")
        await press(app, pilot, "end", "enter")
        assert line(app, 1).startswith("My smoke: 2 of 5")
        await press(app, pilot, "V", "x")
        assert "View My smoke is deleted. It was: is:overdue owner:me smoke" in app.text
        assert line(app, 1).startswith("2 of 5")
    assert desk.services.views.all() == BUILT_IN


async def test_a_view_that_is_built_in_stays_and_open_work_is_called_so(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "V", "x")
        await until(app, pilot, "! Open work is built in and stays.")
        assert isinstance(app.screen, ViewsScreen)
        await press(app, pilot, "n", *"All", "f2", "V", "end", "x")
        assert "View All is deleted. It was: open work" in app.text


async def test_a_count_that_comes_when_the_list_of_views_is_left_is_for_nobody(desk: CaseDesk) -> None:
    told: list[str] = []

    async def count(_: View) -> str:
        views.dismiss(None)
        while views.query(BlockList):
            await asyncio.sleep(0)
        told.append("17")
        return "17"

    views = ViewsScreen(BUILT_IN, 0, count)
    async with queue_app(desk) as (app, pilot):
        await app.push_screen(views)
        await press(app, pilot, "down")
        assert isinstance(app.screen, QueueScreen)
    assert told == ["17"]


async def test_a_name_that_cannot_be_kept_is_refused_in_the_form(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "V", "n", *"mine", "f2")
        assert "is built in" in app.text
