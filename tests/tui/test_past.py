"""The queue as it was: asked for by a key, told in the top line, and left alone by what changes cases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from textual import events

from tests.builders import NOW
from tests.case_rows import case_row
from tests.tui.case_desk import CaseDesk, press, queue_app, type_text
from tests.tui.queue_desk import QueueDeskApp
from tests.tui.snapshot import check_snapshot, screen_text
from tests.tui.test_exporting import until
from tuitrack.domain.words import PromiseOutcome
from tuitrack.tui.widgets.case_list import CaseList

THEN = "Tue 17 Nov 2026, 18:00"


@pytest.fixture
def desk() -> CaseDesk:
    """Of two cases of yesterday one was overdue in the evening; since then it is kept, and the other marko's."""
    desk = CaseDesk()
    desk.now = NOW - timedelta(days=1)
    desk.take(subject="Router 1", return_at=desk.now + timedelta(hours=2))
    desk.take(subject="Router 2", return_at=desk.now + timedelta(days=3))
    desk.now = NOW
    promise = desk.file(1).promises[0]
    desk.services.items.settle_promise(1, promise.id, PromiseOutcome.KEPT)
    desk.services.casework.assign(2, "marko", seen=1)
    desk.take(subject="Router 3", return_at=desk.now + timedelta(days=1))
    return desk


async def test_the_key_asks_for_the_moment_and_takes_it_away(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "Z")
        assert "This list as it was at" in app.text
        await type_text(app, pilot, "tomorrow")
        await press(app, pilot, "f2")
        assert "That is still to come." in app.text
        await press(app, pilot, *["backspace"] * 8)
        await type_text(app, pilot, "tue 18:00")
        assert f"= yesterday, {THEN}" in app.text
        await press(app, pilot, "f2")
        await until(app, pilot, "2 of 2: as it was Tue 17 Nov 18:00, open")
        assert ("Router 3" in app.text, "! OVERDUE 3h" in app.text) == (False, True)
        check_snapshot(app, "queue_past")
        await press(app, pilot, "Z")
        await until(app, pilot, "[Open work: 3]")
        assert "Router 3" in app.text


async def test_nothing_is_marked_or_changed_there(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "slash")
        await type_text(app, pilot, 'at:"tue 18:00" ')
        await press(app, pilot, "enter")
        await until(app, pilot, "as it was Tue 17 Nov 18:00")
        for key in ("plus", "asterisk", "e", "Y"):
            await press(app, pilot, key)
            assert "Nothing is done to cases in a list of the past; Z brings back today's." in app.text
            await press(app, pilot, "down")
        assert not app.queue.marks


async def test_a_case_opens_as_it_is_now(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "slash")
        await type_text(app, pilot, 'at:"tue 18:00" is:overdue ')
        await press(app, pilot, "enter")
        await until(app, pilot, f"The case as it is now; the list is as it was {THEN}.")
        assert "Router 1" in app.text


async def test_a_change_that_was_not_kept_is_told(desk: CaseDesk) -> None:
    records = desk.store.data.records
    for kind, known in records.items():
        if kind.__name__ == "Change":
            known.clear()
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "slash")
        await type_text(app, pilot, "at:yesterday ")
        await until(app, pilot, "As it was Tue 17 Nov 2026, 23:59. 2 cases were changed since")


async def test_keys_go_on_while_the_past_is_worked_out_and_esc_leaves_it() -> None:
    app = QueueDeskApp([case_row(number) for number in range(1, 6)])
    async with app.run_test() as pilot:
        await app.settle()
        app.store.gate.clear()
        await pilot.press("Z", *"tue 18:00", "f2")
        cases = app.screen.query_one(CaseList)
        seen = cases.selected
        await pilot.press("down")
        assert cases.selected != seen
        assert "Working out this list as it was; Esc leaves it." in screen_text(app)
        # What Esc leads to waits for the gate as well.
        app.post_message(events.Key("escape", None))
        while not app.store.given_up:
            await pilot.pause()
        app.store.gate.set()
        await app.settle()
        assert "[Open work: 5]" in screen_text(app)
        assert (app.queue.query_shown.text, app.queue.as_of) == ("", None)
