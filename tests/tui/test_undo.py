"""Undo, redo and repeat by their keys, on a case and on the queue."""

from __future__ import annotations

import pytest

from tests.builders import NOW
from tests.tui.case_desk import CaseDesk, case_app, press, queue_app, type_text
from tuitrack.domain.case import Case
from tuitrack.domain.words import CallPurpose, CallResult, Priority
from tuitrack.services.undo import Reversal
from tuitrack.tui.form import FormScreen
from tuitrack.tui.screens.case import CaseScreen
from tuitrack.tui.undoing import reversal_text


@pytest.fixture
def desk() -> CaseDesk:
    """A desk with one case of five days ago."""
    desk = CaseDesk()
    desk.take()
    desk.now = NOW
    return desk


def case(desk: CaseDesk) -> Case:
    """The case as it is stored."""
    return desk.file(1).case


async def test_a_change_is_undone_named_and_done_again(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "exclamation_mark", "u")
        assert f"Undone: Priority: urgent on {case(desk).reference}. Ctrl+Y does it again." in app.text
        assert case(desk).priority is Priority.NORMAL
        assert "URGENT" not in app.text
        assert "UNDONE Wed 18 Nov" in app.text
        await press(app, pilot, "ctrl+y")
        assert f"Done again: Priority: urgent on {case(desk).reference}. u takes it back." in app.text
        assert case(desk).priority is Priority.URGENT
        assert "UNDONE" not in app.text
        await press(app, pilot, "ctrl+z", "U", "u")
        assert case(desk).priority is Priority.NORMAL


async def test_an_undone_call_is_no_longer_counted_and_its_words_stay(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "c", *"wrong case", "f2")
        assert "Customer had to ask 1 time" in app.text
        await press(app, pilot, "u")
        assert "Customer never had to ask" in app.text
        assert "wrong case" in app.text


async def test_undo_is_refused_with_who_came_after(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "exclamation_mark")
        desk.services_of("marko").casework.add_note(1, {"text": "I looked into it."})
        await press(app, pilot, "u")
        assert f"! Not undone: marko changed {case(desk).reference} after “Priority: urgent”: Note." in app.text
        assert case(desk).priority is Priority.URGENT


async def test_the_taking_of_a_case_is_not_undone(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "u")
        assert f"! Not undone: the customer was told {case(desk).reference}, so the case stays." in app.text


async def test_a_case_undoes_what_was_changed_in_it_and_the_queue_what_was_changed_last(desk: CaseDesk) -> None:
    other = desk.take(subject="Dryer too")
    desk.services.casework.toggle_urgent(1, 1)
    desk.services.casework.toggle_urgent(other.id, other.version)
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "u")
        assert (case(desk).priority, desk.file(other.id).case.priority) == (Priority.NORMAL, Priority.URGENT)
        await press(app, pilot, "ctrl+y", "q", "u")
        assert f"Undone: Priority: urgent on {other.reference}." in app.text
        assert (case(desk).priority, desk.file(other.id).case.priority) == (Priority.URGENT, Priority.NORMAL)


async def test_the_queue_shows_what_was_undone_and_says_when_there_is_nothing(desk: CaseDesk) -> None:
    desk.services.casework.take(1, 1)
    async with queue_app(desk) as (app, pilot):
        assert "open     ana" in app.text
        await press(app, pilot, "u")
        assert f"Undone: Owner: ana on {case(desk).reference}. Ctrl+Y does it again." in app.text
        assert "open     ana" not in app.text
        await press(app, pilot, "ctrl+y", "ctrl+y")
        assert "! Nothing to do again: you have undone nothing here." in app.text
        assert case(desk).owner == "ana"


async def test_changes_and_their_undoing_in_one_burst(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "n", *"one", "f2", "t", "exclamation_mark", "u", "u", "n", *"two", "f2", "q", "u")
        assert [entry.summary for entry in desk.file(1).entries[-7:]] == [
            "Note",
            "Owner: ana",
            "Priority: urgent",
            "Undone: Priority: urgent",
            "Undone: Owner: ana",
            "Note",
            "Undone: Note",
        ]
        assert (case(desk).owner, case(desk).priority) == (None, Priority.NORMAL)


async def test_a_call_out_is_repeated_with_the_same_choices(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "o", "v", "n", "f4", *"nobody there", "f2")
        first = desk.file(1).calls[-1]
        assert (first.purpose, first.result) == (CallPurpose.VERIFY, CallResult.NO_ANSWER)
        await press(app, pilot, "full_stop")
        assert isinstance(app.screen, FormScreen)
        assert app.screen.body.texts["note"] == ""
        await type_text(app, pilot, "again nobody")
        await press(app, pilot, "f2")
        again = desk.file(1).calls[-1]
        assert (again.id != first.id, again.purpose, again.result) == (True, CallPurpose.VERIFY, CallResult.NO_ANSWER)
        assert desk.file(1).entries[-1].body == "again nobody"


async def test_a_command_is_repeated_on_another_case_and_a_form_opened_by_its_key_starts_anew(desk: CaseDesk) -> None:
    other = desk.take(subject="Dryer too")
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "full_stop")
        assert "! Nothing to repeat yet" in app.text
        await press(app, pilot, "o", "v", "n", "f2", "exclamation_mark", "u", "q")
        await app.open_case(other.id)
        await app.settle()
        await press(app, pilot, "full_stop")
        assert (case(desk).priority, desk.file(other.id).case.priority) == (Priority.NORMAL, Priority.URGENT)
        await press(app, pilot, "o")
        assert isinstance(app.screen, FormScreen)
        assert app.screen.body.texts["purpose"] == ""
        await press(app, pilot, "escape")
        assert isinstance(app.screen, CaseScreen)


@pytest.mark.parametrize("width", [80, 60, 200])
def test_the_key_that_takes_it_back_is_read_however_long_the_change_is_named(desk: CaseDesk, width: int) -> None:
    told = reversal_text(Reversal(case(desk), "Closed: " + "very " * 90), "Undone", "Ctrl+Y does it again.", width)
    assert len(told) <= max(width, 72)
    assert told.endswith(f"… on {case(desk).reference}. Ctrl+Y does it again.")
