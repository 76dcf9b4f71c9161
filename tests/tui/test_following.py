"""What others store appears on the screen in front by itself, and nothing under the hands moves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

import pytest
from textual.css.query import NoMatches
from textual.widgets import Static

from tests.fakes import MemoryStore
from tests.patience import PATIENCE_S
from tests.tui.case_desk import CaseDesk, DeskApp, case_app, press, queue_app, type_text
from tuitrack.domain.case import Case
from tuitrack.domain.presence import LEASE
from tuitrack.domain.words import PromiseOutcome
from tuitrack.services.bundle import Services
from tuitrack.services.desk import Desk
from tuitrack.services.ports import Store
from tuitrack.tui.desk_screen import run_told
from tuitrack.tui.screens.case import CaseScreen
from tuitrack.tui.screens.queue import QueueScreen
from tuitrack.tui.widgets.block_list import BlockList
from tuitrack.tui.widgets.case_view import CaseView


@pytest.fixture
def desk() -> CaseDesk:
    """A desk with three cases."""
    desk = CaseDesk()
    for subject in ("First", "Second", "Third"):
        desk.take(subject=subject)
        desk.now += timedelta(minutes=1)
    return desk


def elsewhere(desk: CaseDesk) -> Services:
    """What marko has in a session of his own."""
    store = cast(Store, MemoryStore(beside=desk.store))
    return Services(Desk(store, "marko", desk.settings, desk.clock))


def taken_by(services: Services) -> Case:
    """A new complaint of a new customer."""
    customer = {"name": "Ivo", "phones": ("091 555 111",)}
    now = services.desk.now()
    return services.intake.take(
        {"customer": customer, "subject": "New", "received_at": now, "return_at": now + timedelta(hours=1)}
    )


def line_of(app: DeskApp, text: str) -> str:
    """The line of the screen that has the text, empty where none has."""
    return next((line for line in app.text.splitlines() if text in line), "")


async def until(app: DeskApp, is_so: Callable[[], object]) -> None:
    """Wait for what comes without a key; the test's own time limit is what fails."""
    async with asyncio.timeout(PATIENCE_S):
        while not is_so():
            await asyncio.sleep(0.02)
    await app.settle()


async def test_a_case_taken_elsewhere_is_listed_and_the_cursor_stays(desk: CaseDesk) -> None:
    marko = elsewhere(desk)
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "down")
        queue = cast(QueueScreen, app.screen)
        before = queue._list.selected
        assert before is not None
        taken = taken_by(marko)
        await until(app, lambda: taken.reference in app.text)
        assert queue._list.selected == before
        assert "Open work: 4" in app.text


async def test_a_case_that_leaves_the_list_stays_under_the_cursor_and_says_so(desk: CaseDesk) -> None:
    marko = elsewhere(desk)
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "w")
        queue = cast(QueueScreen, app.screen)
        selected = queue._list.selected
        assert selected is not None
        case = desk.file(selected.id).case
        marko.casework.assign(case.id, "marko", case.version)
        await until(app, lambda: "is no longer in this list" in app.text)
        assert queue._list.selected is not None
        assert (queue._list.selected.id, queue._list.selected.owner) == (case.id, "marko")
        await press(app, pilot, "f5")
        assert case.id not in [row.id for row in queue._list.rows]


async def test_an_open_case_shows_what_others_write_and_keeps_the_mark(desk: CaseDesk) -> None:
    marko = elsewhere(desk)
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "up")
        marked = app.screen.query_one("#timeline").chosen  # type: ignore[attr-defined]
        marko.casework.add_note(1, {"text": "The depot has it.", "kind": "note"})
        await until(app, lambda: "The depot has it." in app.text)
        assert app.screen.query_one("#timeline").chosen == marked  # type: ignore[attr-defined]


async def test_who_reads_at_the_end_of_a_long_timeline_sees_what_is_added_and_keeps_the_mark(desk: CaseDesk) -> None:
    marko = elsewhere(desk)
    for number in range(12):
        marko.casework.add_note(1, {"text": f"Note number {number}.", "kind": "note"})
    async with case_app(desk, 1) as (app, _):
        timeline = app.screen.query_one("#timeline", BlockList)
        marked = timeline.chosen
        marko.casework.add_note(1, {"text": "The depot has it.", "kind": "note"})
        await until(app, lambda: "The depot has it." in app.text)
        assert timeline.chosen == marked
        assert "Note number 11." in app.text


async def test_what_is_typed_stays_and_the_case_below_is_shown_anew_when_it_is_left(desk: CaseDesk) -> None:
    marko = elsewhere(desk)
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "n")
        await type_text(app, pilot, "half typed")
        marko.casework.add_note(1, {"text": "The depot has it.", "kind": "note"})
        await asyncio.to_thread(lambda: None)
        assert "half typed" in app.text
        await press(app, pilot, "escape")
        await until(app, lambda: "The depot has it." in app.text)


async def test_board_ledger_and_customer_follow(desk: CaseDesk) -> None:
    marko = elsewhere(desk)
    due = {"what": "Call Ivo", "due_at": desk.now + timedelta(hours=1), "by": "ana"}
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "P")
        promise = marko.items.add_promise(1, due)
        await until(app, lambda: "Call Ivo" in app.text)
        await press(app, pilot, "home")
        marko.items.settle_promise(1, promise.id, PromiseOutcome.KEPT)
        await until(app, lambda: "kept" in line_of(app, "Call Ivo"))
        await press(app, pilot, "escape", "B")
        before = app.text
        taken_by(marko)
        await until(app, lambda: app.text != before)
        await app.open_customer(1)
        await app.settle()
        marko.casework.add_note(1, {"text": "Seen with the customer.", "kind": "note"})
        await until(app, lambda: "marko Note" in app.text)


async def test_what_somebody_types_elsewhere_is_nobodys_news(desk: CaseDesk) -> None:
    marko = elsewhere(desk)
    async with queue_app(desk) as (app, _):
        before = app.services.news.number()
        marko.drafts.keep("note:1", {"text": "half"})
        assert app.services.news.stirred()
        assert app.services.news.number() == before
        desk.take(subject="Own")
        assert app.services.news.number() == before


async def test_who_is_in_a_case_and_types_is_said_in_the_list_and_in_the_case(desk: CaseDesk) -> None:
    marko = elsewhere(desk)
    async with queue_app(desk) as (app, pilot):
        marko.presence.be_in(2, typing=False)
        await until(app, lambda: "(marko) Second" in app.text)
        marko.presence.be_in(2, typing=True)
        await until(app, lambda: "(marko types)" in app.text)
        await app.open_case(2)
        await until(app, lambda: "complaint · here: marko types" in app.text)
        desk.now += LEASE
        await until(app, lambda: "here: marko" not in app.text)
        await press(app, pilot, "escape")
        await until(app, lambda: "(marko" not in app.text)


async def test_others_hear_where_one_is_and_whether_one_types(desk: CaseDesk) -> None:
    marko = elsewhere(desk)

    def heard() -> list[tuple[int, bool]]:
        return [(one.case_id, one.typing) for one in marko.presence.others()]

    async with case_app(desk, 1) as (app, pilot):
        await until(app, lambda: heard() == [(1, False)])
        await press(app, pilot, "n")
        await type_text(app, pilot, "half typed")
        await until(app, lambda: heard() == [(1, True)])
        await press(app, pilot, "escape")
        await until(app, lambda: heard() == [(1, False)])
        await press(app, pilot, "escape")
        await until(app, lambda: heard() == [])
        await app.open_case(2)
        await until(app, lambda: heard() == [(2, False)])
        await app.keep_everything()
        assert heard() == []


async def test_a_full_disk_says_nothing_of_where_one_is(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, _):
        desk.store.full = True
        await asyncio.sleep(0)
        app.whereabouts.look()
        await app.workers.wait_for_complete([one for one in app.workers if one.group == "whereabouts"])
        assert "disk is full" not in app.text


async def test_a_program_that_ends_while_its_screen_is_read_ends_in_peace(desk: CaseDesk) -> None:
    seen: list[str] = []

    async def read(screen: CaseScreen) -> None:
        # On and on, so that the moment between the last widget and the last worker is met whenever it comes.
        while True:
            try:
                screen.query_one(CaseView)
            except NoMatches:
                seen.append("nothing left")
                raise
            await asyncio.sleep(0)

    async with case_app(desk, 1) as (app, _):
        screen = cast(CaseScreen, app.screen)
        run_told(screen, read, screen)
    assert seen == ["nothing left"]


async def test_work_that_meets_the_end_of_the_program_is_no_fault(desk: CaseDesk) -> None:
    async def go_on(screen: CaseScreen) -> None:
        # Told to end, the program runs on for a moment in which nothing can be mounted any more.
        app.exit()
        await screen.mount(Static())

    async with case_app(desk, 1) as (app, _):
        screen = cast(CaseScreen, app.screen)
        run_told(screen, go_on, screen)
        await asyncio.sleep(0)
        app.say("nobody is there to read this")
    assert app.return_code == 0
    app.say("nor this")


async def test_of_two_readings_of_a_list_the_later_one_is_shown(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "w")
        queue = cast(QueueScreen, app.screen)
        selected = queue._list.selected
        assert selected is not None
        case = desk.file(selected.id).case
        elsewhere(desk).casework.assign(case.id, "marko", case.version)
        held, freed = asyncio.Event(), asyncio.Event()
        read = app.backstage.read

        async def read_late(*asked: Any) -> Any:
            found = await read(*asked)
            held.set()
            await freed.wait()
            return found

        app.following.stop()
        app.backstage.read = read_late  # type: ignore[assignment, method-assign]
        earlier = asyncio.create_task(queue.show_news())
        await held.wait()
        app.backstage.read = read  # type: ignore[method-assign]
        await press(app, pilot, "f5")
        freed.set()
        await earlier
        await app.settle()
        assert case.id not in [row.id for row in queue._list.rows]
