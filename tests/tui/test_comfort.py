"""Comfort: keys of one's own, looks, copies, an editor, and where one is after closing a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from textual.pilot import Pilot

from tests.builders import NOW
from tests.tui.case_desk import CaseDesk, DeskApp, case_app, press, queue_app, type_text
from tuitrack.domain.words import PromiseOutcome
from tuitrack.services.preferences import AfterClosing
from tuitrack.tui.commands import Place
from tuitrack.tui.copying import summary_text
from tuitrack.tui.screens.case import CaseScreen
from tuitrack.tui.screens.intake import IntakeScreen
from tuitrack.tui.screens.queue import QueueScreen
from tuitrack.tui.screens.reader import ReaderScreen


@pytest.fixture
def desk() -> CaseDesk:
    """A desk with three cases, whose promises were kept."""
    desk = CaseDesk()
    for subject in ("First", "Second", "Third"):
        case = desk.take(subject=subject)
        (promise,) = desk.file(case.id).promises
        desk.services.items.settle_promise(case.id, promise.id, PromiseOutcome.KEPT)
    desk.now = NOW
    return desk


async def close(app: DeskApp, pilot: Pilot[None]) -> None:
    """Close the open case as withdrawn, which needs no step but the last one."""
    await press(app, pilot, "x", "ctrl+r", *["shift+tab"] * 4, "w")
    await type_text(app, pilot, "found it at home")
    await press(app, pilot, "f2", "right", "enter")


async def test_keys_of_ones_own_work_and_are_named(desk: CaseDesk) -> None:
    keymap = {(Place.QUEUE, "new_case"): "N F4", (Place.QUEUE, "cycle_sort"): "n"}
    async with queue_app(desk, keymap=keymap) as (app, pilot):
        assert "N new" in app.text
        await press(app, pilot, "n")
        assert isinstance(app.screen, QueueScreen)
        assert "Order: newest first" in app.text
        await press(app, pilot, "question_mark", *"take a complaint")
        assert "N F4" in app.text
        await press(app, pilot, "escape", "N")
        assert isinstance(app.screen, IntakeScreen)


async def test_sentences_name_the_keys_of_ones_own(desk: CaseDesk) -> None:
    app = DeskApp(desk, keymap={(Place.CASE, "redo_change"): "K", (Place.CASE, "undo_change"): "Z"})
    async with app.run_test(size=(80, 24)) as pilot:
        await app.open_case(1)
        await app.settle()
        await press(app, pilot, "exclamation_mark", "Z")
        assert "K does it again." in app.text
        await press(app, pilot, "K")
        assert "Z takes it back." in app.text


async def test_a_theme_is_chosen_and_found_again(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "T")
        assert "blue and orange" in app.text
        await press(app, pilot, "down", "enter")
        assert app.theme == "light"
        assert app.screen.styles.background.hex == "#FFFFFF"
    assert desk.services.preferences.theme() == "light"
    assert DeskApp(desk, theme="light").theme == "light"
    assert DeskApp(desk, theme="of a later version").theme == "dark"
    assert DeskApp(desk, theme="light", environ={"NO_COLOR": "1"}).theme == "monochrome"


async def test_leaving_the_list_of_themes_changes_nothing(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "T", "down", "escape")
        assert app.theme == "dark"
    assert desk.services.preferences.theme() is None


async def test_a_reference_is_copied_and_shown(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        reference = desk.file(1).case.reference
        await press(app, pilot, "y")
        assert app.clipboard == reference
        assert f"Copied, if your terminal takes it: {reference}" in app.text
        await press(app, pilot, "q", "y")
        assert isinstance(app.screen, QueueScreen)
        assert app.clipboard in {desk.file(case_id).case.reference for case_id in (1, 2, 3)}


async def test_a_summary_is_copied_and_shown_whole(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "Y")
        assert isinstance(app.screen, ReaderScreen)
        assert app.clipboard == summary_text(desk.file(1).case, "Ana Zorić", desk.services.desk.now())
        assert all(line in app.text for line in app.clipboard.splitlines())


def test_a_summary_is_safe_to_paste(desk: CaseDesk) -> None:
    case = replace(desk.file(1).case, subject="a\x1b[201~\nrm -rf /\u202e")
    text = summary_text(case, "Ana\rZorić", NOW)
    assert text.splitlines()[0] == f"{case.reference}  a\ufffd[201~ rm -rf /"
    assert all(letter.isprintable() or letter == "\n" for letter in text)


async def test_nothing_is_copied_from_an_empty_queue() -> None:
    async with queue_app(CaseDesk()) as (app, pilot):
        await press(app, pilot, "y")
        assert "there is no case under the cursor" in app.text
        await press(app, pilot, "Y")
        assert app.clipboard == ""


@pytest.mark.parametrize(
    ("way", "screen", "told"),
    [
        (None, CaseScreen, "Closed: "),
        (AfterClosing.STAY, CaseScreen, "Closed: "),
        (AfterClosing.NEXT, CaseScreen, "Now at the next of the queue, "),
        (AfterClosing.QUEUE, QueueScreen, "Back in the queue."),
    ],
)
async def test_after_closing_one_is_where_one_wants_to_be(
    desk: CaseDesk, way: AfterClosing | None, screen: type, told: str
) -> None:
    if way is not None:
        desk.services.preferences.choose_after_closing(way)
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "enter")
        closed = app.screen
        assert isinstance(closed, CaseScreen)
        await close(app, pilot)
        assert not desk.file(closed.case_id).case.is_open
        assert type(app.screen) is screen
        assert told in app.text
        if way is AfterClosing.NEXT:
            assert isinstance(app.screen, CaseScreen)
            assert app.screen.case_id == app.queue.following(closed.case_id)[0]
            assert len(app.screen_stack) == 2


async def test_after_the_last_of_the_queue_one_stays(desk: CaseDesk) -> None:
    desk.services.preferences.choose_after_closing(AfterClosing.NEXT)
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "end", "enter")
        closed = app.screen
        assert isinstance(closed, CaseScreen)
        await close(app, pilot)
        assert app.screen is closed
        assert "It was the last of the queue." in app.text


async def test_where_to_go_after_closing_is_chosen_from_a_list(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "A", "down", "enter")
        assert "Once a case is closed: go to the next case of the queue." in app.text
    assert desk.services.preferences.after_closing() is AfterClosing.NEXT


async def test_no_editor_opens_where_it_is_not_allowed(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "n")
        await type_text(app, pilot, "half a note")
        await press(app, pilot, "f5")
        assert "only where the administrator allows it" in app.text
        assert "half a note" in app.text


async def test_an_editor_needs_a_terminal_that_can_be_left(desk: CaseDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "/nonexistent/editor")
    desk.settings = replace(desk.settings, editor=True)
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "n")
        await type_text(app, pilot, "half a note")
        await press(app, pilot, "ctrl+o")
        assert "Editor: this terminal cannot be left to another program." in app.text
        assert desk.services.drafts.all()[0].values["text"] == "half a note"


def test_the_day_of_a_summary_is_the_offices(desk: CaseDesk) -> None:
    late = replace(desk.file(1).case, received_at=NOW.replace(hour=23, minute=30))
    now = (NOW + timedelta(days=1)).astimezone(desk.services.desk.zone)
    assert "Received: Thu 19 Nov 2026" in summary_text(late, "Ana", now)
