"""The card to read aloud when a customer asks how things stand."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import NOW
from tests.tui.case_desk import CaseDesk, case_app, press
from tests.tui.snapshot import check_snapshot
from tuitrack.domain.words import CallPurpose, Direction
from tuitrack.tui.screens.case import CaseScreen


@pytest.fixture
def desk() -> CaseDesk:
    """A desk with one case that was taken five days ago."""
    desk = CaseDesk()
    desk.take(to_clarify="Which model?\nWhen was it delivered?")
    desk.now = NOW
    return desk


async def test_the_card(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "s")
        check_snapshot(app, "status_card_80x24")


async def test_two_keys_log_that_the_customer_asked_and_was_told(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "s", "enter")
        call = desk.file(1).calls[-1]
        assert (call.direction, call.purpose) == (Direction.INBOUND, CallPurpose.STATUS)
        assert "Customer had to ask 1 time" in app.text
        assert "Status call logged." in app.text
        assert isinstance(app.screen, CaseScreen)


async def test_leaving_the_card_logs_nothing(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        calls = desk.file(1).calls
        await press(app, pilot, "s", "escape")
        assert desk.file(1).calls == calls


async def test_the_next_promise_is_read_out_whether_it_is_late_or_to_come(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "s")
        assert "! OVERDUE: get back to the customer" in app.text
    desk.now = NOW - timedelta(days=3)
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "s")
        assert "get back to the customer, Tue 17 Nov 2026, 13:00" in app.text
        assert "! OVERDUE: get" not in app.text
