"""Go to: whatever the customer can name leads to the case or the customer."""

from __future__ import annotations

from dataclasses import replace

from tests.case_rows import NOW, case_row
from tests.tui.queue_desk import QueueDeskApp
from tests.tui.snapshot import check_snapshot, screen_text
from tuitrack.domain.people import Customer, CustomerMatch
from tuitrack.domain.reference import Reference
from tuitrack.tui.screens.goto import GoToScreen, customer_line
from tuitrack.tui.screens.queue import QueueScreen

REFERENCE = Reference("C", 2026, 4517)
CUSTOMERS = [
    CustomerMatch(
        customer=Customer(id=number, name=name, account=account, phones=("+385 91 555 01",), entered_at=NOW),
        open_count=number,
        case_count=3,
    )
    for number, (name, account) in enumerate([("Ana Zorić", "HR-1"), ("Iva Zorić [/]", "HR-2")], 1)
]


def desk() -> QueueDeskApp:
    return QueueDeskApp([case_row(7)._replace(reference=str(REFERENCE))], customers=CUSTOMERS)


async def test_a_reference_opens_its_case_however_it_is_written() -> None:
    app = desk()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("g", *f"26004517{REFERENCE.check_digit}", "enter")
        await app.keys.settled()
        assert isinstance(app.screen, QueueScreen)
        assert app.opened == ["case 7"]


async def test_a_wrong_digit_is_named_and_the_near_miss_offered() -> None:
    app = desk()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("g", *f"c26004571{REFERENCE.check_digit}", "enter")
        assert isinstance(app.screen, GoToScreen)
        await pilot.pause()
        assert "check digit does not fit" in screen_text(app)
        assert str(REFERENCE) in screen_text(app)
        check_snapshot(app, "goto_wrong_digit")


async def test_one_customer_is_opened_at_once() -> None:
    app = desk()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("g", *"ana", "enter")
        await app.keys.settled()
        assert app.opened == ["customer 1"]


async def test_several_customers_are_offered_to_choose_from() -> None:
    app = desk()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("g", *"zoric", "enter")
        await app.keys.settled()
        await pilot.pause()
        check_snapshot(app, "goto_several")
        await pilot.press("j", "enter")
        await app.keys.settled()
        assert app.opened == ["customer 2"]


async def test_typing_on_takes_the_list_away() -> None:
    app = desk()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("g", *"zoric", "enter", "shift+tab", "x")
        assert "Choose one" not in screen_text(app)


async def test_esc_leaves_without_going_anywhere() -> None:
    app = desk()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5", "escape")
        assert isinstance(app.screen, QueueScreen)
        assert app.opened == []


def test_a_customers_line_fits_and_says_what_tells_people_apart() -> None:
    ana = replace(CUSTOMERS[0], numbers=("+385 91 555 0123", "+385 1 4561 234"))
    assert customer_line(ana, 70) == "Ana Zorić · 1 open of 3 · HR-1 · +385 91 555 0123"
    assert len(customer_line(ana, 20)) <= 20
