"""The texts of the desk by their keys: announced once, listed, read whole, and said to be read."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import an_agent
from tests.tui.case_desk import CaseDesk, case_app, press, queue_app
from tests.tui.snapshot import check_snapshot
from tuitrack.domain.words import Role

HOSTILE = "# Refunds\n\n[b]Never[/b] \x1b[2Jin cash.\n" + "\n".join(f"line {number}" for number in range(60))


@pytest.fixture
def desk(tmp_path: Path) -> CaseDesk:
    """A desk with a case and a policy, brought in by a supervisor and valid from today on."""
    desk = CaseDesk()
    with desk.store.writing() as writer:
        writer.put_agent(an_agent("marko", role=Role.SUPERVISOR))
    desk.take()
    desk.now += timedelta(days=1)
    file = tmp_path / "policy.md"
    file.write_text(HOSTILE)
    desk.services_of("marko").texts.take("refunds", file, desk.services.desk.today())
    return desk


async def test_what_is_new_is_said_once_at_the_start(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        assert "New text to read: refunds, version 1, valid from Sat 14 Nov 2026. L opens it." in app.text
        await press(app, pilot, "j")
        assert "New text" not in app.text


async def test_the_list_leads_to_the_text_and_keeps_that_it_is_read(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "L")
        check_snapshot(app, "texts_80x24")
        await press(app, pilot, "down", "enter")
        check_snapshot(app, "text_80x24")
        await press(app, pilot, "q", "up", "up")
        assert "1 of 2 have read it" not in app.text
        await press(app, pilot, "down", "enter", "r")
        assert "Stored: you have read refunds, version 1." in app.text
        assert "1 of 2 have read it" in app.text
        assert desk.services.texts.version("refunds").read_at == desk.now


async def test_a_text_is_drawn_as_it_was_written(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "L", "down", "enter")
        assert "[b]Never[/b] \ufffd[2Jin cash." in app.text
        await press(app, pilot, "end")
        assert "line 59" in app.text


async def test_who_has_read_it_and_who_has_not(desk: CaseDesk) -> None:
    desk.services.texts.confirm("refunds", 1)
    async with queue_app(desk, agent="marko") as (app, pilot):
        await press(app, pilot, "L", "down", "w")
        assert "read      Ana, Sat 14 Nov 2026, 13:00" in app.text
        assert "not read  Marko" in app.text


async def test_a_case_has_the_texts_of_its_day(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "L")
        assert "was received" in app.text
        assert "procedure, version 0" in app.text
        assert "refunds" not in app.text
        await press(app, pilot, "L")
        assert "Here they are." in app.text
