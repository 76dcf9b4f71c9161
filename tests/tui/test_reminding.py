"""What the queue tells by itself when its time comes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from textual.pilot import Pilot

from tests.case_rows import NOW, case_row
from tests.tui.queue_desk import QueueDeskApp
from tests.tui.snapshot import screen_text
from tuitrack.domain.deadlines import Upcoming
from tuitrack.domain.reminders import Notice, notice_of
from tuitrack.settings import Settings
from tuitrack.tui.reminding import notices_line

MINUTE = timedelta(minutes=1)
ROWS = [
    case_row(1, due=-MINUTE),
    case_row(2, due=5 * MINUTE),
    case_row(3, due=6 * MINUTE, owner="bo"),
    case_row(4, due=7 * MINUTE),
]


@asynccontextmanager
async def desk(settings: Settings | None = None) -> AsyncIterator[tuple[RingingApp, Pilot[None]]]:
    app = RingingApp(ROWS, settings=settings)
    async with app.run_test() as pilot:
        await app.settle()
        yield app, pilot


class RingingApp(QueueDeskApp):
    """The app, counting how often it rings."""

    rung = 0

    def bell(self) -> None:
        """Count."""
        self.rung += 1


async def come_back_after(app: QueueDeskApp, pilot: Pilot[None], minutes: float) -> str:
    """Show the queue again, some minutes after the program was started."""
    app.store.now = NOW + minutes * MINUTE
    await pilot.press("question_mark", "escape")
    await app.settle()
    return screen_text(app).splitlines()[-1].strip()


async def test_a_deadline_that_passes_is_told_once_and_of_ones_own_cases_alone() -> None:
    async with desk() as (app, pilot):
        assert "Now overdue" not in screen_text(app)
        told = "Now overdue: C26-000002-2 promise, owner mira"
        assert [await come_back_after(app, pilot, minutes) for minutes in (6.5, 6.5)] == [told, ""]
        assert "C26-000004-4" in await come_back_after(app, pilot, 8)


@pytest.mark.parametrize("wanted", [True, False])
async def test_the_terminal_rings_where_the_settings_ask_for_it(wanted: bool) -> None:
    async with desk(Settings(bell=wanted)) as (app, pilot):
        await come_back_after(app, pilot, 1)
        assert app.rung == 0
        await come_back_after(app, pilot, 20)
        assert app.rung == wanted


def test_several_at_once_are_counted() -> None:
    first, second = Notice(NOW, "first"), Notice(NOW + MINUTE, "second")
    assert notices_line([first]) == "first"
    assert notices_line([first, second]) == "second; and 1 more"


def test_a_target_and_a_case_without_an_owner_are_called_so() -> None:
    passing = Upcoming(1, "C26-000001-1", None, "first_response", NOW, is_target=True)
    assert notice_of(passing) == Notice(NOW, "Target passed: C26-000001-1 first response, without an owner")
