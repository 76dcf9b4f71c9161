"""Keys that only move the cursor of the list, which the list takes at once."""

from __future__ import annotations

from datetime import timedelta

from tests.case_rows import case_row
from tests.tui.queue_desk import QueueDeskApp
from tuitrack.tui.commands import Place, bound_keys
from tuitrack.tui.widgets.case_list import CaseList

ROWS = [case_row(n, due=timedelta(hours=n)) for n in range(1, 31)]


async def test_the_cursor_follows_the_persons_own_keys_alone() -> None:
    app = QueueDeskApp(ROWS)
    app.keymap = {(Place.LIST, "cursor_down"): "F11"}
    app.set_keymap(bound_keys(app.keymap))
    async with app.run_test() as pilot:
        await app.keys.settled()
        await pilot.press("f11", "f11", "down", "j")
        assert app.screen.query_one(CaseList).selected == ROWS[2]


async def test_a_step_never_leaves_the_rows_that_are_loaded() -> None:
    app = QueueDeskApp(ROWS)
    async with app.run_test() as pilot:
        await app.keys.settled()
        cases = app.screen.query_one(CaseList)
        assert not cases.take_step("up")
        assert not cases.take_step("x")
        assert cases.take_step("down")
        await pilot.press("end")
        assert not cases.take_step("down")
        assert cases.selected == ROWS[-1]
