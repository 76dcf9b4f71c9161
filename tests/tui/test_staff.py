"""Agents and their work on a narrow terminal: figures, the lists behind them, absences, and who may change what."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.builders import an_absence, an_agent
from tests.tui.case_desk import CaseDesk, press, queue_app
from tests.tui.snapshot import check_snapshot
from tuitrack.domain.people import Absence
from tuitrack.domain.words import Role

DAY = timedelta(days=1)


@pytest.fixture
def desk() -> CaseDesk:
    """Two teams; Marko of the other one is away; two cases of Ana, one of Marko, one of nobody."""
    desk = CaseDesk()
    today = desk.now.date()
    with desk.store.writing() as writer:
        writer.put_agent(an_agent("ana", name="Ana Kovač", team="North", role=Role.ADMINISTRATOR))
        writer.put_agent(an_agent("marko", name="Marko Perić", team="South"))
        writer.put_agent(an_agent("old", active=False))
        writer.add(an_absence("marko", since=today, until=today + 9 * DAY))
    for owner in ("ana", "ana", "marko", None):
        desk.take(owner=owner)
    desk.services.drafts.keep("call:1", {"note": "secret words"})
    desk.now += 5 * DAY
    return desk


async def test_every_figure_opens_the_cases_behind_it(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "O")
        check_snapshot(app, "staff_by_agent")
        assert "secret" not in app.text
        await press(app, pilot, "down", "right", "enter")
        assert "owner:ana is:overdue" in app.text
        assert "2 of 4: open, of Ana Kovač, overdue" in app.text
        await press(app, pilot, "O", "v")
        check_snapshot(app, "staff_by_team")
        await press(app, pilot, "down", "down", "enter")
        assert "1 of 4: of the team South, open" in app.text
        await press(app, pilot, "O", "enter")
        assert "1 of 4: without an owner, open" in app.text


async def test_what_is_half_typed_is_listed_without_its_text_and_opens_its_case(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "O", "down", *["right"] * 5)
        assert "Enter lists who typed what behind [drafts]" in app.text
        assert re.search(r"Ana Kovač .*\[1\]", app.text)
        await press(app, pilot, "enter")
        assert "Half typed: Ana Kovač" in app.text
        assert re.search(r"call on C26-000001-9, ana, \d\d Nov \d\d:00", app.text)
        assert "secret" not in app.text
        await press(app, pilot, "enter")
        assert "Timeline:" in app.text
        await press(app, pilot, "escape", "down", "enter")
        assert "Marko Perić: nothing is half typed." in app.text


async def test_an_absence_is_entered_changed_and_ended(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "O", "down", "a", "down", *"+3d", "f2")
        assert "Ana Kovač is away from" in app.text
        assert len(absences(desk, "ana")) == 1
        await press(app, pilot, "a", "down", "down", *"ill", "f2")
        assert [one.reason for one in absences(desk, "ana")] == ["ill"]
        await press(app, pilot, "x")
        assert absences(desk, "ana") == ()
        await press(app, pilot, "x")
        assert "No absence is entered for this agent." in app.text
        await press(app, pilot, "up", "a")
        assert "Go to the line of an agent first." in app.text


async def test_an_agent_is_changed_and_another_joins(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "O", "down", "down", "e", "down", "down", *" East", "f2")
        assert "Stored: Marko Perić, marko." in app.text
        assert desk.services.staff.named("marko").team == "South East"
        await press(app, pilot, "n", *"Zoe", "f2")
        assert "Zoe" in app.text
        assert desk.services.staff.named("zoe").role is Role.AGENT


KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIkh4E2N9OKTZ1dsbGxKcD8u6z5dgnLpA4u3gmZtK6Ca marko@laptop"


async def test_a_key_of_an_agent_is_added_and_taken_away(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "O", "down", "down", "K")
        assert "Marko Perić has no key yet. Press n to add one." in app.text
        await press(app, pilot, "x")
        assert "There is no key to take away." in app.text
        await press(app, pilot, "n", *"no key", "f2")
        assert "Key: expected a key that begins with its kind" in app.text
        await press(app, pilot, "ctrl+u", *KEY, "f2")
        check_snapshot(app, "agent_keys")
        (key,) = desk.services.keys.of("marko")
        assert key.comment == "marko@laptop"
        await press(app, pilot, "x", "enter")
        assert desk.services.keys.of("marko") == [key]
        await press(app, pilot, "x", "right", "enter")
        assert f"Marko Perić may no longer log in with {key.fingerprint}"[:79] in app.text
        assert desk.services.keys.all() == []


async def test_who_may_not_is_told_so_before_anything_is_typed(desk: CaseDesk) -> None:
    with desk.store.writing() as writer:
        writer.put_agent(an_agent("ana", name="Ana Kovač", role=Role.AGENT))
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "O", "down", "e")
        assert "Ana Kovač may not add and change agents" in app.text
        await press(app, pilot, "K")
        assert "log in from afar" not in app.text
        await press(app, pilot, "down", "a")
        assert "may not enter an absence of somebody else" in app.text
        await press(app, pilot, "x")
        assert "may not enter an absence of somebody else" in app.text
        await press(app, pilot, "up", "a")
        assert "First day" in app.text


async def test_a_case_whose_owner_is_away_says_so_in_its_row_and_in_the_view_of_its_own(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "slash", *"is:absent", "enter", "escape")
        assert "OWNER AWAY" in app.text
        await press(app, pilot, "O", "down", "enter")
        assert "OWNER AWAY" not in app.text


def absences(desk: CaseDesk, handle: str) -> tuple[Absence, ...]:
    """What is entered of an agent."""
    return next(one.absences for one in desk.services.staff.everybody() if one.agent.handle == handle)
