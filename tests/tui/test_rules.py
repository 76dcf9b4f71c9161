"""The screen of the rules of deadlines: looked at by everybody, changed by whoever may."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import an_agent
from tests.clock_rules import put_in_force
from tests.tui.case_desk import CaseDesk, press, queue_app, type_text
from tests.tui.snapshot import check_snapshot
from tests.tui.test_exporting import until
from tuitrack.domain.words import DueKind, Role

RULES = """
presets = ["social", "desk"]
[calendars.office]
holidays = "HR"
[calendars.office.hours]
mon-fri = ["08:00-16:00"]
[[rules]]
clock = "resolve"
within = "5 working days"
category = ["fibre, perhaps"]
"""


@pytest.fixture
def desk() -> CaseDesk:
    """Rules are in force at a desk of a supervisor, with three cases."""
    desk = CaseDesk()
    put_in_force(desk.store, desk.settings, RULES, desk.now)
    with desk.store.writing() as writer:
        writer.put_agent(an_agent(desk.services.desk.agent, role=Role.SUPERVISOR))
    for number in range(1, 4):
        desk.take(subject=f"Router {number}", return_at=desk.now + timedelta(days=30))
    desk.now += timedelta(days=1)
    return desk


def may_not(desk: CaseDesk) -> None:
    with desk.store.writing() as writer:
        writer.put_agent(an_agent(desk.services.desk.agent, role=Role.AGENT))


def in_force(desk: CaseDesk) -> int:
    return desk.services.rules.in_force().number


async def test_everybody_sees_what_is_in_force_and_who_follows_it(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "R")
        check_snapshot(app, "rules_80x24")
        await press(app, pilot, "end", "up")
        await until(app, pilot, "(eva): 3 open cases")
        await press(app, pilot, "e")
        assert "Calendar office: Mon to Fri 08:00-16:00, holidays of HR, Europe/Zagreb" in app.text
        await press(app, pilot, "q", "enter")
        await until(app, pilot, "following rules 1")


async def test_whoever_may_not_is_told_so_and_nothing_opens(desk: CaseDesk) -> None:
    may_not(desk)
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "R")
        await until(app, pilot, "Only to read")
        assert "Only to read: supervisor and administrator change these rules." in app.text.splitlines()[0]
        for key in ("e", "n", "c", "x", "f2", "m", "left_square_bracket", "enter"):
            await press(app, pilot, key)
            assert app.text.splitlines()[1].startswith("> Rules")
    assert in_force(desk) == 1


async def test_a_rule_is_added_kept_as_a_draft_and_put_in_force(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "R", "n", "e")
        await type_text(app, pilot, "soon")
        await press(app, pilot, "f2")
        assert "Rules, rule 2, within: expected a span such as" in app.text
        assert "soon" in app.text
        await press(app, pilot, "ctrl+u", *"1 day", "f2")
        await until(app, pilot, "Changed, not yet in force")
        assert "resolve within 1 day, for all cases (own rule)" in app.text
        await press(app, pilot, "q", "R")
        await until(app, pilot, "Changed, not yet in force")
        await press(app, pilot, "f2")
        await until(app, pilot, "3 open cases follow other rules")
        await press(app, pilot, "enter")
        await until(app, pilot, "Rules 2 are in force.")
    assert in_force(desk) == 2
    assert desk.services.rules.followers(1) == 3
    assert desk.services.drafts.all() == []


async def test_open_cases_are_rehearsed_counted_anew_and_taken_back(desk: CaseDesk) -> None:
    before = [clock.due_at for clock in desk.file(1).clocks if clock.kind is DueKind.RESOLVE]
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "R", "n", "e", *"2 minutes", "f2")
        await until(app, pilot, "Changed, not yet in force")
        await press(app, pilot, "left_square_bracket", "m")
        await until(app, pilot, "3 to count anew, 3 are due at another time, 3 of them overdue by it")
        assert in_force(desk) == 1
        await press(app, pilot, "r")
        await until(app, pilot, "3 counted anew")
        await press(app, pilot, "escape")
        await until(app, pilot, "In force: Rules 2")
        await press(app, pilot, "q", "u")
        await until(app, pilot, "3 undone")
    assert [clock.due_at for clock in desk.file(1).clocks if clock.kind is DueKind.RESOLVE] == before


async def test_a_calendar_and_presets_are_changed_and_dropped_again(desk: CaseDesk) -> None:
    async with queue_app(desk, size=(100, 40)) as (app, pilot):
        await press(app, pilot, "R", "end", "up", "up", "e")
        await until(app, pilot, "Calendar office")
        await press(app, pilot, "enter", "ctrl+u", *"25:00", "f2")
        assert "calendar office, hours of mon: expected periods in their order" in app.text
        await press(app, pilot, "ctrl+u", *"06:00-07:00", "f2")
        await until(app, pilot, "Mon 06:00-07:00")
        await press(app, pilot, "up", "e", "ctrl+u", *"none", "f2")
        assert "Presets: “none” is none; expected settings, desk" in app.text
        await press(app, pilot, "ctrl+u", *"cfpb; cfpb", "f2")
        await until(app, pilot, "(preset cfpb)")
        await press(app, pilot, "f8")
        await until(app, pilot, "In force: Rules 1")
        assert "(preset desk)" in app.text


async def test_rules_of_the_desk_change_places_and_go_but_presets_stay(desk: CaseDesk) -> None:
    async with queue_app(desk, size=(100, 40)) as (app, pilot):
        await press(app, pilot, "R", "x")
        await until(app, pilot, "Changed, not yet in force")
        assert "(own rule)" not in app.text
        await press(app, pilot, "x")
        assert "Only rules and calendars of the desk's own can be removed" in app.text
        await press(app, pilot, "right_square_bracket")
        assert "Only rules of the desk's own change places" in app.text
        await press(app, pilot, "e", "f2")
        await until(app, pilot, "(own rule)")


async def test_a_category_with_a_comma_stays_one(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "R", "e", "down", "ctrl+u", *"6 working days", "f2")
        await until(app, pilot, "Changed, not yet in force")
        assert "6 working days, for category fibre, perhaps" in " ".join(app.text.split())
