"""One customer with all cases, by the keys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot

from tests.builders import NOW
from tests.tui.case_desk import CaseDesk, DeskApp, press, type_text
from tests.tui.snapshot import check_snapshot
from tuitrack.tui.form import FormScreen
from tuitrack.tui.screens.case import CaseScreen
from tuitrack.tui.screens.customer import CustomerScreen


@pytest.fixture
def desk() -> CaseDesk:
    """A desk with one customer who came twice."""
    desk = CaseDesk()
    first = desk.take()
    desk.now = NOW
    desk.take(customer=None, customer_id=first.customer_id, subject="Nobody answers the phone")
    return desk


@asynccontextmanager
async def customer_app(desk: CaseDesk, size: tuple[int, int] = (80, 24)) -> AsyncIterator[tuple[DeskApp, Pilot[None]]]:
    app = DeskApp(desk)
    async with app.run_test(size=size) as pilot:
        await app.open_customer(1)
        await app.settle()
        yield app, pilot


@pytest.mark.parametrize(("name", "size"), [("customer_80x24", (80, 24)), ("customer_200x50", (200, 50))])
async def test_a_customer_at_once(desk: CaseDesk, name: str, size: tuple[int, int]) -> None:
    async with customer_app(desk, size) as (app, _):
        check_snapshot(app, name)


async def test_a_case_opens_from_the_list_and_from_what_happened_in_it(desk: CaseDesk) -> None:
    async with customer_app(desk) as (app, pilot):
        await press(app, pilot, "down", "enter")
        assert isinstance(app.screen, CaseScreen)
        opened = app.screen.case_id
        await press(app, pilot, "q", "up", "enter")
        assert isinstance(app.screen, CaseScreen)
        assert app.screen.case_id != opened
        await press(app, pilot, "q", "tab", "enter")
        assert isinstance(app.screen, CaseScreen)
        assert app.screen.case_id == desk.services.customers.open(1).entries[0].case_id


async def test_how_to_reach_the_customer_is_changed(desk: CaseDesk) -> None:
    async with customer_app(desk) as (app, pilot):
        await press(app, pilot, "e", "end")
        await type_text(app, pilot, "-Kos")
        await press(app, pilot, "f2")
        assert desk.services.customers.open(1).customer.name == "Ana Zorić-Kos"
        assert "Ana Zorić-Kos" in app.text


async def test_a_change_made_meanwhile_by_somebody_else_keeps_the_form(desk: CaseDesk) -> None:
    async with customer_app(desk) as (app, pilot):
        await press(app, pilot, "e", "end")
        await type_text(app, pilot, "-Kos")
        seen = desk.services.customers.open(1).customer
        values = {"name": "Ana Horvat", "account": seen.account, "phones": seen.phones}
        desk.services_of("marko").customers.edit(seen, values)
        await press(app, pilot, "f2")
        assert isinstance(app.screen, FormScreen)
        assert "somebody changed this customer meanwhile" in app.text
        assert app.screen.body.texts["name"] == "Ana Zorić-Kos"


async def test_what_changed_in_a_case_is_seen_on_coming_back(desk: CaseDesk) -> None:
    async with customer_app(desk) as (app, pilot):
        await press(app, pilot, "enter", "n")
        await type_text(app, pilot, "Looked it up")
        await press(app, pilot, "f2", "q")
        assert isinstance(app.screen, CustomerScreen)
        assert app.text.count("ana Note") == 1
