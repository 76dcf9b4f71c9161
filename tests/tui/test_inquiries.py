"""Inquiries by their keys: an investigation, information that is wanted, legal advice, and their answers."""

from __future__ import annotations

import pytest

from tests.builders import NOW
from tests.tui.case_desk import CaseDesk, case_app, press, type_text
from tests.tui.snapshot import check_snapshot
from tuitrack.domain.words import ActionKind, PauseReason, Status


@pytest.fixture
def desk() -> CaseDesk:
    """A desk with one case of Ana's, on which nothing was asked yet."""
    desk = CaseDesk()
    desk.take(owner="ana")
    desk.now = NOW
    return desk


async def test_the_list_says_how_it_is_filled(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "I")
        assert "Nothing was asked yet: i opens an investigation, a wants information" in app.text
        await press(app, pilot, "d")
        assert "Nothing was asked yet." in app.text


async def test_an_investigation_is_opened_and_its_finding_written_down(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "I", "i", *"Who [b]packed[/b] it", "tab", *"marko", "tab", *"fri", "f2")
        assert "Investigation, due Fri 20 Nov 17:00: Who [b]packed[/b] it" in app.text
        assert desk.file(1).case.status is Status.INVESTIGATING
        await press(app, pilot, "enter", "f2")
        assert "Finding: this is needed." in app.text
        await type_text(app, pilot, "Nobody put the foam in.")
        await press(app, pilot, "f2")
        assert "Finding: Nobody put the foam in." in app.text
        await press(app, pilot, "d")
        assert "Investigation: it is answered." in app.text
        await press(app, pilot, "u")
        assert "Finding: not yet" in app.text


async def test_all_three_kinds_stand_in_one_list_the_open_ones_first(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "I", "i", *"Who packed it", "tab", *"marko", "tab", *"fri", "f2")
        await press(app, pilot, "d", *"Nobody put the foam in.", "f2")
        await press(app, pilot, "a", *"Delivery note", "tab", *"carrier", "tab", *"+3d", "f2")
        await press(app, pilot, "l", *"Are we liable", "tab", *"Dr. Novak", "tab", *"today 14:00")
        await press(app, pilot, "tab", "tab", "y", "f2")
        check_snapshot(app, "inquiries_80x24")
        await press(app, pilot, "escape")
        assert "LEGAL ADVICE AWAITED" in app.text
        assert [pause.reason for pause in desk.file(1).lasting_pauses] == [PauseReason.LEGAL]
        assert [action.kind for action in desk.file(1).actions] == [
            ActionKind.INVESTIGATION,
            ActionKind.INFORMATION,
            ActionKind.LEGAL,
        ]


async def test_the_answer_is_asked_for_where_the_open_work_of_a_case_is_done(desk: CaseDesk) -> None:
    told = {"what": "Are we liable", "kind": ActionKind.LEGAL, "assignee": "Dr. Novak", "pause_clocks": True}
    desk.services.items.add_action(1, told)
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "tab", "j", "d")
        assert "Answered on" in app.text
        await press(app, pilot, *"We are not.", "f2")
        assert "LEGAL ADVICE AWAITED" not in app.text
        assert desk.file(1).actions[0].done_note == "We are not."


async def test_information_and_legal_advice_are_asked_of_somebody_by_some_day(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "I", "l", *"Are we liable", "f2")
        assert "Adviser: this is needed." in app.text
        await press(app, pilot, *"Dr. Novak", "f2")
        assert "Due: this is needed." in app.text
        assert desk.file(1).actions == ()
