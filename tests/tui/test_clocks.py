"""The clocks of a case on the screen: why they are due then, and when they stand still."""

from __future__ import annotations

from datetime import timedelta

import pytest
from textual import events

from tests.builders import NOW
from tests.clock_rules import put_in_force
from tests.tui.case_desk import CaseDesk, case_app, press
from tests.tui.snapshot import check_snapshot
from tuitrack.domain.words import PromiseOutcome, Status

RULES = """
presets = ["desk"]
[calendars.office]
holidays = "HR"
[calendars.office.hours]
mon-fri = ["08:00-16:00"]
"""


@pytest.fixture
def desk() -> CaseDesk:
    """A desk with rules in force and one case that was taken five days ago, on a Friday."""
    desk = CaseDesk()
    put_in_force(desk.store, desk.settings, RULES, desk.now)
    desk.take()
    desk.now = NOW
    return desk


async def test_one_key_says_of_everything_why_it_is_due_then(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "W")
        check_snapshot(app, "why_due_80x24")
        await press(app, pilot, "end")
        assert "So it is due" in app.text


async def test_of_a_marked_open_item_the_reason_comes_first(desk: CaseDesk) -> None:
    desk.services.items.add_action(1, {"what": "ask the carrier", "due_at": NOW + timedelta(days=40)})
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "tab", "down", "f6")
        first = app.text.splitlines()[1]
        assert first.strip().startswith("Action: ask the carrier, due")


# Ten working days after Friday 13 November; Wednesday the 18th is a holiday.
async def test_clocks_stand_still_with_a_reason_and_go_on(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "P", "l", *"waits", "f2")
        assert "Paused since Wed 18 Nov 13:00, legal advice: resolve, was due Mon 30 Nov 16:00" in app.text
        assert [pause.note for pause in desk.file(1).lasting_pauses] == ["waits"]
        desk.now = NOW + timedelta(days=2)
        await press(app, pilot, "P")
        assert "Let the clocks go on? This is due then:" in app.text
        assert "resolve, Tue 1 Dec 2026, 16:00" in app.text
        await press(app, pilot, "enter")
        assert len(desk.file(1).lasting_pauses) == 1
        await press(app, pilot, "P", "right", "enter")
        assert "Paused since" not in app.text
        assert "No longer paused." in app.text
        assert desk.file(1).lasting_pauses == []
        await press(app, pilot, "u")
        assert "Paused since Wed 18 Nov 13:00" in app.text


async def test_the_owner_is_asked_once_why_a_clock_was_met_too_late(desk: CaseDesk) -> None:
    desk.services.casework.take(1, desk.file(1).case.version)
    desk.now = NOW + timedelta(days=5)
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "s", "enter")
        assert "progress update was met too late just now. B asks again where this is left." in app.text
        await press(app, pilot, "tab", *"ill", "f2")
        assert "no contact was met too late just now." in app.text
        await press(app, pilot, "escape")
        assert "Late by 2d: progress update" in app.text
        await press(app, pilot, "n", *"more", "f2")
        assert "met too late" not in app.text
        await press(app, pilot, "u", "u", "ctrl+y")
        assert "met too late" not in app.text
        await press(app, pilot, "B")
        assert "[n]o contact" in app.text
        assert [clock.late_because for clock in desk.file(1).clocks if clock.late_because] == ["ill"]


async def test_keys_typed_ahead_are_not_taken_for_the_reason_of_lateness(desk: CaseDesk) -> None:
    desk.services.casework.take(1, desk.file(1).case.version)
    desk.now = NOW + timedelta(days=5)
    async with case_app(desk, 1) as (app, _):
        for key in ("s", "enter", "n", *"calm", "f2"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await app.settle()
        assert [entry.body for entry in desk.file(1).entries][-1] == "calm"
        assert "progress update was met too late just now." in app.text


async def test_who_closes_a_case_late_is_asked_why_before_they_are_led_on(desk: CaseDesk) -> None:
    desk.services.casework.take(1, desk.file(1).case.version)
    for promise in desk.file(1).promises:
        desk.services.items.settle_promise(1, promise.id, PromiseOutcome.KEPT)
    desk.now = NOW + timedelta(days=60)
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "x")
        desk.services.closure.close(
            1, {"outcome": "withdrawn", "closing_note": "Taken back."}, desk.file(1).case.version
        )
        await press(app, pilot, "escape")
        assert "was met too late just now." in app.text


async def test_a_clock_that_was_met_too_late_in_a_colleagues_case_is_only_told(desk: CaseDesk) -> None:
    desk.services.casework.assign(1, "marko", desk.file(1).case.version, "away")
    desk.now = NOW + timedelta(days=5)
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "s", "enter")
        assert "Late: progress update, no contact; B says why." in app.text
        await press(app, pilot, "B", "p", *"ill", "f2")
        assert "Late by 2d: progress update" in app.text
        await press(app, pilot, "W", "end")
        assert "It was late because: ill" in app.text
        late = [clock.late_because for clock in desk.file(1).clocks if clock.late_because]
        assert late == ["ill"]
        await press(app, pilot, "q", "u")
        assert len(desk.file(1).unexplained(desk.now)) == 2


async def test_what_is_due_once_the_customer_is_no_longer_waited_for_is_said_beforehand(desk: CaseDesk) -> None:
    desk.services.casework.move(1, Status.OPEN, desk.file(1).case.version)
    desk.services.casework.move(1, Status.WAITING, desk.file(1).case.version)
    desk.now = NOW + timedelta(days=5)
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "m")
        assert "In another status the clocks go on. This is due then:" in app.text
        assert "progress update, Fri 20 Nov 2026, 23:59: overdue already" in app.text
        assert len(desk.file(1).lasting_pauses) == 1
        await press(app, pilot, "escape")
        desk.services.casework.move(1, Status.OPEN, desk.file(1).case.version)
        await press(app, pilot, "f5", "m")
        assert "the clocks go on" not in app.text


async def test_what_is_due_once_a_pause_ends_is_said_beforehand(desk: CaseDesk) -> None:
    desk.services.casework.pause(1, {"reason": "legal"}, desk.file(1).case.version)
    desk.now = NOW + timedelta(days=5)
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "P")
        assert "progress update, Fri 20 Nov 2026, 23:59: overdue already" in app.text
        assert "  resolve, Wed 2 Dec 2026, 16:00" in app.text


async def test_nothing_late_needs_no_reason(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "B")
        assert "Why late: no clock of this case was missed without a reason." in app.text


async def test_a_closed_case_is_not_paused(desk: CaseDesk) -> None:
    note = {"outcome": "withdrawn", "closing_note": "Taken back."}
    for promise in desk.file(1).promises:
        desk.services.items.settle_promise(1, promise.id, PromiseOutcome.KEPT)
    desk.services.closure.close(1, note, desk.file(1).case.version)
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "P")
        assert "Pause: the case is closed; nothing runs in it." in app.text


async def test_a_case_that_waits_for_the_customer_says_so(desk: CaseDesk) -> None:
    desk.services.casework.move(1, Status.OPEN, desk.file(1).case.version)
    desk.services.casework.move(1, Status.WAITING, desk.file(1).case.version)
    async with case_app(desk, 1) as (app, _):
        assert "Paused since Wed 18 Nov 13:00, waiting for customer: no contact" in app.text
