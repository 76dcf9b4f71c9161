"""The decision and the options of a case by their keys."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import NOW
from tests.tui.case_desk import CaseDesk, case_app, press
from tests.tui.snapshot import check_snapshot
from tuitrack.domain.words import Justified


@pytest.fixture
def desk() -> CaseDesk:
    """A desk with one case of Ana's, about which the customer was called yesterday."""
    desk = CaseDesk()
    desk.take(owner="ana")
    desk.now = NOW - timedelta(days=1)
    desk.services.casework.log_call(1, {"direction": "outbound", "purpose": "update"})
    desk.now = NOW
    return desk


async def test_the_screen_says_how_it_is_filled(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "D")
        assert "Nothing is decided yet: e writes the decision down." in app.text
        assert "Nothing was offered yet: o offers one of several options, r a remedy by" in app.text
        await press(app, pilot, "t")
        assert "Nothing is decided yet." in app.text
        await press(app, pilot, "w")
        assert "Go to what the customer does not want." in app.text


async def test_options_are_offered_one_is_chosen_and_the_case_says_what_was_done_too_early(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "D", "e", "y", *"Our [b]box[/b].", "tab", *"It was our box.", "f2")
        assert desk.file(1).case.justified is Justified.YES
        await press(app, pilot, "o", "d", *"20", "f2", "o", "r", "f2", "r", "a", "f2")
        await press(app, pilot, "j", "j", "d")
        assert "Chosen: replacement" in app.text
        await press(app, pilot, "enter")
        check_snapshot(app, "decision_80x24")
        await press(app, pilot, "escape")
        assert "! ACTED BEFORE THE CUSTOMER WAS TOLD (not told yet): delivered replacement" in app.text
        assert [remedy.chosen for remedy in desk.file(1).remedies] == [False, True, None]


async def test_the_call_in_which_the_customer_was_told_is_picked_and_undone(desk: CaseDesk) -> None:
    decided = {"justified": "yes", "justified_because": "Ours.", "decided_on": (NOW - timedelta(days=2)).date()}
    desk.services.closure.save_decision(1, decided, desk.file(1).case.version)
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "D")
        assert "Customer told: not yet" in app.text
        await press(app, pilot, "t", "tab", "1", "f2")
        assert "Customer told: Tue 17 Nov 2026, in the call of Tue 17 Nov 13:00" in app.text
        assert desk.file(1).case.justified_because == "Ours."
        await press(app, pilot, "u")
        assert "Customer told: not yet" in app.text


async def test_what_is_marked_is_declined_and_what_was_delivered_stays_so(desk: CaseDesk) -> None:
    desk.services.remedies.offer(1, {"kind": "repair"})
    coupon = desk.services.remedies.offer(1, {"kind": "coupon"})
    desk.services.remedies.deliver(1, coupon.id)
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "D", "j", "w")
        assert "Declined: repair" in app.text
        await press(app, pilot, "j", "d")
        assert "It was delivered: coupon" in app.text
        assert [remedy.chosen for remedy in desk.file(1).remedies] == [False, True]
