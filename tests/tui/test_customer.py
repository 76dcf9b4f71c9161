"""One customer with all cases, by the keys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot

from tests.builders import NOW
from tests.tui.case_desk import CaseDesk, DeskApp, press, type_text
from tests.tui.snapshot import check_snapshot
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


def marko_edits(desk: CaseDesk, **fields: str) -> None:
    """Marko changes fields of the customer."""
    seen = desk.services.customers.open(1).customer
    kept = {"name": seen.name, "account": seen.account, "phones": seen.phones}
    desk.services_of("marko").customers.edit(seen, kept | fields)


async def test_two_who_change_different_things_of_a_customer_are_merged(desk: CaseDesk) -> None:
    async with customer_app(desk) as (app, pilot):
        await press(app, pilot, "e", "end")
        await type_text(app, pilot, "-Kos")
        marko_edits(desk, email="ana@example.org")
        await press(app, pilot, "f2")
        assert isinstance(app.screen, CustomerScreen)
    customer = desk.services.customers.open(1).customer
    assert (customer.name, customer.email) == ("Ana Zorić-Kos", "ana@example.org")


@pytest.mark.parametrize(
    ("answer", "name", "other"), [("m", "Ana Zorić-Kos", "Ana Horvat"), ("t", "Ana Horvat", "Ana Zorić-Kos")]
)
async def test_the_same_field_of_a_customer_asks_and_both_texts_are_kept(
    desk: CaseDesk, answer: str, name: str, other: str
) -> None:
    async with customer_app(desk) as (app, pilot):
        await press(app, pilot, "e", "end")
        await type_text(app, pilot, "-Kos")
        marko_edits(desk, name="Ana Horvat", email="ana@example.org")
        await press(app, pilot, "f2")
        for shown in ("Somebody else changed the same", "Somebody else: “Ana Horvat”", "you: “Ana Zorić-Kos”"):
            assert shown in app.text
        await press(app, pilot, answer)
        assert isinstance(app.screen, CustomerScreen)
    customer = desk.services.customers.open(1).customer
    assert (customer.name, customer.email) == (name, "ana@example.org")
    told = {(entry.summary, entry.body) for entry in desk.services.customers.open(1).entries}
    assert ("Typed at the same time and not taken: Name", other) in told


async def test_what_changed_in_a_case_is_seen_on_coming_back(desk: CaseDesk) -> None:
    async with customer_app(desk) as (app, pilot):
        await press(app, pilot, "enter", "n")
        await type_text(app, pilot, "Looked it up")
        await press(app, pilot, "f2", "q")
        assert isinstance(app.screen, CustomerScreen)
        assert app.text.count("ana Note") == 1
