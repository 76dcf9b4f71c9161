"""Taking a complaint by keys alone: the customer found, nothing typed lost, the reference large."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from textual.pilot import Pilot

from tests.builders import NOW
from tests.tui.case_desk import CaseDesk, DeskApp, press, type_text
from tests.tui.snapshot import check_snapshot
from tuitrack.domain.case import Case
from tuitrack.domain.queue import CaseRow
from tuitrack.domain.words import Channel, Status
from tuitrack.tui.big_letters import big
from tuitrack.tui.screens.case import CaseScreen
from tuitrack.tui.screens.intake import IntakeScreen
from tuitrack.tui.screens.queue import QueueScreen
from tuitrack.tui.screens.reference_card import ReferenceCardScreen

ZAGREB = ZoneInfo("Europe/Zagreb")


@pytest.fixture
def desk() -> CaseDesk:
    made = CaseDesk()
    made.now = NOW
    return made


@asynccontextmanager
async def intake(desk: CaseDesk, size: tuple[int, int] = (80, 24)) -> AsyncIterator[tuple[DeskApp, Pilot[None]]]:
    """The app with an empty intake open."""
    app = DeskApp(desk)
    async with app.run_test(size=size) as pilot:
        await app.settle()
        await press(app, pilot, "n")
        yield app, pilot


def rows(desk: CaseDesk) -> list[CaseRow]:
    """All cases, by number."""
    with desk.store.reading() as reader:
        customers = range(1, 9)
        return sorted((row for number in customers for row in reader.cases_of(number, 20)), key=lambda row: row.id)


def newest(desk: CaseDesk) -> Case:
    """The case taken last."""
    return desk.file(rows(desk)[-1].id).case


async def test_name_phone_problem_and_date_are_enough(desk: CaseDesk) -> None:
    async with intake(desk) as (app, pilot):
        await type_text(app, pilot, "Ivo Kos")
        await press(app, pilot, "enter", *"091 5", "enter", *"No heating", "enter", *"+1d", "f2")
        assert isinstance(app.screen, ReferenceCardScreen)
        assert "C two six" not in app.text
        assert "Read out: C, two six" in app.text
    file = desk.file(newest(desk).id)
    assert (file.customer.name, file.customer.phones) == ("Ivo Kos", ("091 5",))
    assert file.case.owner == "ana"
    assert file.promises[0].due_at == datetime(2026, 11, 19, 17, 0, tzinfo=ZAGREB)


async def test_a_number_is_said_back_as_it_was_understood_and_an_odd_one_taken(desk: CaseDesk) -> None:
    async with intake(desk) as (app, pilot):
        await press(app, pilot, *"Ivo", "tab", *"091/2345678")
        assert "= +385 91 234 5678" in app.text
        await press(app, pilot, *", the shop")
        assert "? unknown, kept as typed" in app.text
        await press(app, pilot, "tab", *"Cold", "tab", *"+1d", "f2")
        assert "Their number, to read back: +385 91 234 5678, the shop" in app.text
        await press(app, pilot, "enter")
        assert "+385 91 234 5678, the shop" in app.text
    assert desk.file(newest(desk).id).customer.phones == ("091/2345678", "the shop")


async def test_everything_that_is_needed_is_seen_at_once_at_80_by_24(desk: CaseDesk) -> None:
    async with intake(desk) as (app, _):
        check_snapshot(app, "intake-empty-80x24")


async def test_a_refusal_names_the_field_and_keeps_the_text(desk: CaseDesk) -> None:
    async with intake(desk) as (app, pilot):
        await press(app, pilot, *"Ivo", "tab", "tab", *"Cold", "f2")
        assert "Back to the customer: agree when they hear from us" in app.text
        assert "Cold" in app.text
        await press(app, pilot, "tab", *"wants none", "f2")
        assert "Phone: give one way to reach the customer" in app.text
        await press(app, pilot, *"091", "f2")
    assert newest(desk).no_return_reason == "wants none"


async def test_a_known_customer_is_found_while_typing_and_taken(desk: CaseDesk) -> None:
    known = desk.take()
    async with intake(desk) as (app, pilot):
        await type_text(app, pilot, "zor")
        assert "Ana Zorić · 1 open of 1" in app.text
        await press(app, pilot, "down", "enter")
        assert known.reference in app.text
        await press(app, pilot, *"Again", "enter", *"+1d", "f2")
    assert [row.customer_name for row in rows(desk)] == ["Ana Zorić", "Ana Zorić"]
    assert newest(desk).customer_id == known.customer_id


async def test_keys_ahead_of_the_search_still_take_the_customer(desk: CaseDesk) -> None:
    known = desk.take()
    async with intake(desk) as (app, pilot):
        await press(app, pilot, *"zor", "down", "enter", *"Again", "enter", *"+1d", "f2")
    assert newest(desk).customer_id == known.customer_id


async def test_typing_on_makes_a_new_customer(desk: CaseDesk) -> None:
    desk.take()
    async with intake(desk) as (app, pilot):
        await press(
            app, pilot, *"zor", "down", "enter", "up", "up", *" jr", "enter", "enter", *"X", "tab", *"+1d", "f2"
        )
    assert [row.customer_name for row in rows(desk)] == ["Ana Zorić", "Ana Zorić jr"]


async def test_a_new_phone_of_a_known_customer_is_stored_with_them(desk: CaseDesk) -> None:
    known = desk.take()
    async with intake(desk) as (app, pilot):
        await press(app, pilot, *"zor", "down", "enter", "up", *", 01 55", "tab", *"X", "enter", *"+1d", "f2")
    assert desk.file(known.id).customer.phones == ("+385 91 234 567", "01 55")


async def test_their_open_case_is_opened_instead_of_a_second_one(desk: CaseDesk) -> None:
    known = desk.take()
    async with intake(desk) as (app, pilot):
        await press(app, pilot, *"zor", "down", "enter", *"half", "f9")
        assert isinstance(app.screen, CaseScreen)
        assert app.screen.file.case.id == known.id
        assert "What was typed is kept" in app.text
        await press(app, pilot, "q", "n", *" done", "enter", *"+1d", "f2")
    assert (newest(desk).subject, newest(desk).customer_id) == ("half done", known.customer_id)


async def test_a_picked_customer_comes_back_with_the_text_that_was_put_aside(desk: CaseDesk) -> None:
    known = desk.take()
    async with intake(desk) as (app, pilot):
        await press(app, pilot, *"zor", "down", "enter", *"Again", "f8", "f8", "f4", "f2")
        assert known.reference in app.text
        await press(app, pilot, *"+1d", "f2")
    assert newest(desk).customer_id == known.customer_id


async def test_a_complaint_begun_at_a_customer_takes_no_draft_of_somebody_else(desk: CaseDesk) -> None:
    known = desk.file(desk.take().id).customer
    async with intake(desk) as (app, pilot):
        await press(app, pilot, *"Ivo", "tab", "tab", *"Cold", "escape")
        await app.push_screen(IntakeScreen(app.services, known))
        await press(app, pilot, *"Late", "enter", *"+1d", "f2")
    assert (newest(desk).subject, newest(desk).customer_id) == ("Late", known.id)


async def test_what_was_typed_is_there_again_with_its_cursor(desk: CaseDesk) -> None:
    async with intake(desk) as (app, pilot):
        await press(app, pilot, *"Ivo", "f4", *"It is c", "escape")
        assert isinstance(app.screen, QueueScreen)
        assert "Kept as a draft" in app.text
        desk.now += timedelta(hours=2)
        await press(app, pilot, "n", *"old")
        assert isinstance(app.screen, IntakeScreen)
        assert app.screen.body.texts["words"] == "It is cold"
        assert app.screen.body.texts["received_at"] == "2026-11-18 13:00"


async def test_a_stored_case_leaves_no_draft(desk: CaseDesk) -> None:
    async with intake(desk) as (app, pilot):
        await press(app, pilot, *"Ivo", "tab", *"091", "tab", *"Cold", "tab", *"+1d", "f2")
        await app.keep_everything()
        assert desk.services.drafts.all() == []
        await press(app, pilot, "n")
        assert isinstance(app.screen, IntakeScreen)
        assert app.screen.body.typed == {}


async def test_a_case_is_resolved_in_the_same_call(desk: CaseDesk) -> None:
    async with intake(desk) as (app, pilot):
        await press(app, pilot, *"Ivo", "tab", *"091", "tab", *"Cold", "shift+tab", "shift+tab", "shift+tab", "up")
        await type_text(app, pilot, "Reset it by phone.")
        await press(app, pilot, "f2")
    case = newest(desk)
    assert (case.status, case.resolution) == (Status.RESOLVED, "Reset it by phone.")
    assert (case.company_resolved_on, case.customer_confirmed_on) == (date(2026, 11, 18), None)


async def test_everything_else_that_was_said_is_stored(desk: CaseDesk) -> None:
    async with intake(desk) as (app, pilot):
        await press(
            app, pilot, *"Ivo", "tab", *"091", "tab", *"Cold", "tab", *"+1d", "f4", *"It froze", "f4", *"rude too"
        )
        await press(app, pilot, "tab", *"new one", "tab", *"12,50", "tab", *"bill", "down", "tab", *"Boiler", "tab")
        await press(app, pilot, *"second winter", "tab", *"yesterday", "tab", "l", "h", "y", "y", "f2")
    case = newest(desk)
    assert (case.words, case.further_issues, case.details) == ("It froze", "rude too", "second winter")
    assert (case.remedy_wanted, str(case.amount_asked)) == ("new one", "12.50")
    assert (case.category, case.product) == ("billing or payment error", "Boiler")
    assert case.occurred_on == date(2026, 11, 17)
    assert (case.kind.value, case.priority.value, case.likely_to_leave) == ("claim", "high", True)
    assert case.channel is Channel.PHONE
    assert desk.file(case.id).calls[0].recording_told


@pytest.mark.parametrize(("key", "screen"), [("enter", CaseScreen), ("q", QueueScreen), ("n", IntakeScreen)])
async def test_the_reference_card_leads_on(desk: CaseDesk, key: str, screen: type) -> None:
    async with intake(desk) as (app, pilot):
        await press(app, pilot, *"Ivo", "tab", *"091", "tab", *"Cold", "tab", *"+1d", "f2")
        check_snapshot(app, "reference-card-80x24")
        await press(app, pilot, key)
        assert isinstance(app.screen, screen)


def test_large_letters_fit_or_stay_small() -> None:
    assert [len(line) for line in big("C26-004517-7", 78)] == [47] * 5
    assert [len(line) for line in big("C26-004517-7", 120)] == [94] * 5
    assert big("C26-004517-7", 40) == ["C26-004517-7"]
