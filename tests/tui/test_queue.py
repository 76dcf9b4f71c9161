"""The queue by its keys."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from tests.case_rows import case_row
from tests.tui.queue_desk import QueueDeskApp
from tests.tui.snapshot import check_snapshot, screen_text
from tuitrack.domain.errors import StoreFault
from tuitrack.domain.queue import CaseRow, Page
from tuitrack.domain.words import Status
from tuitrack.tui.screens.help import HelpScreen
from tuitrack.tui.widgets.case_list import CaseList
from tuitrack.tui.widgets.query_line import QueryLine

ROWS = [case_row(n, due=timedelta(hours=6 * n - 30), owner="mira" if n % 3 else None) for n in range(1, 31)]


@asynccontextmanager
async def queue(
    rows: list[CaseRow] = ROWS, *, size: tuple[int, int] = (80, 24), notice: str = ""
) -> AsyncIterator[tuple[QueueDeskApp, Pilot[None]]]:
    app = QueueDeskApp(rows, notice=notice)
    async with app.run_test(size=size) as pilot:
        await app.settle()
        yield app, pilot


async def press(app: QueueDeskApp, pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await app.settle()


def top(app: QueueDeskApp) -> str:
    return screen_text(app).splitlines()[1]


def selected(app: QueueDeskApp) -> int | None:
    row = app.screen.query_one(CaseList).selected
    return row.id if row else None


@pytest.mark.parametrize(("name", "size"), [("queue_80x24", (80, 24)), ("queue_200x50", (200, 50))])
async def test_open_work_by_what_is_due_next(name: str, size: tuple[int, int]) -> None:
    async with queue(size=size) as (app, _):
        check_snapshot(app, name)


async def test_a_desk_without_a_case_names_the_next_key() -> None:
    async with queue([]) as (app, _):
        check_snapshot(app, "queue_empty")


async def test_all_work_done_is_not_the_same_as_no_case_yet() -> None:
    closed = case_row(1)._replace(status=Status.CLOSED)
    async with queue([closed]) as (app, pilot):
        assert "No open case." in screen_text(app)
        await press(app, pilot, "v", "v")
        assert "[Closed: 1]" in top(app)


async def test_the_overdue_filter_goes_round_on_one_key() -> None:
    async with queue() as (app, pilot):
        active = []
        for _ in range(6):
            active.append(top(app).partition("[")[2].partition("]")[0])
            await press(app, pilot, "f")
        assert active == ["Open work: 30", "overdue 4", "due today 3", "due in 3 days 15", "paused 0", "met late 0"]
        assert "[Open work: 30]" in top(app)


@pytest.mark.parametrize(
    ("key", "active"),
    [("o", "overdue 4"), ("t", "due today 3"), ("d", "due in 3 days 15"), ("r", "paused 0"), ("l", "met late 0")],
)
async def test_a_filter_has_a_key_of_its_own(key: str, active: str) -> None:
    async with queue() as (app, pilot):
        await press(app, pilot, key)
        assert f"[{active}]" in top(app)
        await press(app, pilot, "a")
        assert "[Open work: 30]" in top(app)


async def test_mine_and_unowned() -> None:
    async with queue() as (app, pilot):
        await press(app, pilot, "m")
        assert top(app).startswith("Mine, open work: 20")
        await press(app, pilot, "w")
        assert "[unowned 10]" in top(app)
        await press(app, pilot, "w")
        assert "[Open work: 30]" in top(app)


async def test_the_case_stays_selected_through_filter_order_and_refresh() -> None:
    async with queue() as (app, pilot):
        await press(app, pilot, "j", "j", "s")
        assert selected(app) == 3
        await press(app, pilot, "o")
        assert selected(app) == 3
        app.store.rows.insert(0, case_row(99, due=timedelta(days=-9)))
        await press(app, pilot, "a", "f5")
        assert selected(app) == 3


async def test_the_best_match_is_an_order_of_a_search_alone() -> None:
    async with queue() as (app, pilot):
        await press(app, pilot, "s")
        assert "Order: newest first" in screen_text(app)
        await press(app, pilot, *"ssss")
        assert "Order: due next, or last entered while searching" in screen_text(app)
        await press(app, pilot, "slash", *"zoric", "enter", *"ssssss")
        assert "Order: best match" in screen_text(app)
        assert top(app).startswith("6 of 30: open, “zoric…”, best match")


async def test_search_as_one_types_finds_without_accents() -> None:
    async with queue() as (app, pilot):
        await press(app, pilot, "slash", *"zoric")
        assert top(app).startswith("6 of 30: open, “zoric…” · due today 1 · unowned 2")
        assert isinstance(app.focused, QueryLine)


async def test_after_a_search_the_list_has_no_gap() -> None:
    async with queue(ROWS[:6]) as (app, pilot):
        await press(app, pilot, "slash", *"zoric", "down", "escape")
        assert selected(app) != 1
        assert sum(row.reference in screen_text(app) for row in ROWS) == 6


async def test_letters_in_the_query_run_no_command() -> None:
    async with queue() as (app, pilot):
        await press(app, pilot, "slash", *"overdue q?")
        assert app.screen.query_one(QueryLine).value == "overdue q?"
        assert "Nothing found" in screen_text(app)


async def test_the_newest_search_wins_and_what_nobody_waits_for_is_stopped() -> None:
    async with queue() as (app, pilot):
        app.store.asked.clear()
        app.store.gate.clear()
        await pilot.press("slash", *"fridge 12")
        app.store.gate.set()
        await app.settle()
        assert app.store.asked[-1] == "fridge 12"
        assert app.store.given_up
        assert selected(app) == 12


async def test_enter_opens_the_only_hit_of_exactly_what_was_typed() -> None:
    async with queue() as (app, pilot):
        await press(app, pilot, "slash", *"fridge 12", "enter")
        assert app.opened == ["case 12"]


async def test_enter_goes_to_the_list_of_several_hits() -> None:
    async with queue() as (app, pilot):
        await press(app, pilot, "slash", *"zoric", "enter", "j", "enter")
        assert app.opened == ["case 10"]


async def test_a_key_after_a_filter_waits_for_its_answer() -> None:
    async with queue() as (app, pilot):
        await press(app, pilot, "t", "enter")
        assert app.opened == ["case 5"]


async def test_esc_clears_step_by_step() -> None:
    async with queue() as (app, pilot):
        await press(app, pilot, "o", "slash", *"zoric", "escape")
        assert "[overdue 4]" in top(app)
        assert isinstance(app.focused, QueryLine)
        await press(app, pilot, "escape")
        assert isinstance(app.focused, CaseList)
        await press(app, pilot, "escape")
        assert "[Open work: 30]" in top(app)
        await press(app, pilot, "escape")
        assert app.is_running


async def test_esc_takes_back_one_filter_at_a_time() -> None:
    async with queue() as (app, pilot):
        await press(app, pilot, "s", "v", "m", "o")
        told = []
        for _ in range(5):
            query = app.queue.query_shown
            told.append((query.due.value, query.owner, query.scope.value, query.sort.value))
            await press(app, pilot, "escape")
        assert told == [
            ("overdue", "mira", "unconfirmed", "newest"),
            ("all", "mira", "unconfirmed", "newest"),
            ("all", None, "unconfirmed", "newest"),
            ("all", None, "open", "newest"),
            ("all", None, "open", "usual"),
        ]


async def test_pages_are_fetched_ahead_and_never_all() -> None:
    async with queue([case_row(n, due=timedelta(hours=n)) for n in range(1, 1201)]) as (app, pilot):
        cases = app.screen.query_one(CaseList)
        assert len(cases.rows) == 100
        await press(app, pilot, "end")
        assert (selected(app), len(cases.rows)) == (100, 200)
        await press(app, pilot, "j")
        assert selected(app) == 101
        assert "[Open work: 1000+]" in top(app)


async def test_a_digit_starts_go_to() -> None:
    async with queue() as (app, pilot):
        await press(app, pilot, *"26")
        check_snapshot(app, "goto_digits")


async def test_a_command_found_in_the_help_runs_in_the_queue() -> None:
    async with queue() as (app, pilot):
        await pilot.press("question_mark")
        assert isinstance(app.screen, HelpScreen)
        await press(app, pilot, *"overdue", "down", "enter")
        assert "[overdue 4]" in top(app)


async def test_the_notice_is_told() -> None:
    async with queue(notice="A demo: nothing is kept.") as (app, _):
        assert screen_text(app).splitlines()[-1] == "A demo: nothing is kept."


async def test_a_store_that_fails_is_told_and_the_list_stays() -> None:
    async with queue() as (app, pilot):

        def fail(*asked: object) -> None:
            raise StoreFault("The disk is full.")

        app.store.page = fail  # type: ignore[assignment, method-assign]
        await press(app, pilot, "f5")
        assert "! The disk is full." in screen_text(app)
        assert selected(app) == 1


async def test_a_store_that_fails_while_the_cursor_moves_is_told() -> None:
    async with queue() as (app, pilot):
        await press(app, pilot, "slash", *"fridge", "down")

        def fail(*asked: object) -> None:
            raise StoreFault("The disk is full.")

        app.store.texts_of = fail  # type: ignore[assignment, method-assign]
        await press(app, pilot, "end")
        assert "! The disk is full." in screen_text(app)


async def test_a_store_that_fails_at_the_start_is_told() -> None:
    app = QueueDeskApp([])

    def fail(*asked: object) -> None:
        raise StoreFault("The disk is full.")

    app.store.preference = app.store.page = fail  # type: ignore[assignment, method-assign]
    async with app.run_test(size=(200, 50)):
        await app.settle()
        assert "! The disk is full." in screen_text(app)


async def test_q_leaves_the_program() -> None:
    async with queue() as (app, pilot):
        await pilot.press("q")
        assert app.return_code == 0


async def test_what_is_typed_before_the_first_picture_is_searched() -> None:
    class TypedAhead(QueueDeskApp):
        def on_load(self) -> None:
            super().on_load()
            for key in ("slash", *"zoric"):
                self.post_message(events.Key(key, key if len(key) == 1 else "/"))

    app = TypedAhead(ROWS)
    answer, painted = app.store.page, asyncio.Event()

    def hold_the_next(*asked: Any) -> Page:
        app.store.page = answer  # type: ignore[method-assign]
        page = answer(*asked)
        app.store.gate.clear()
        return page

    app.store.page = hold_the_next  # type: ignore[assignment, method-assign]
    async with app.run_test():
        await app.keys.settled()
        app.queue.call_after_refresh(painted.set)
        await painted.wait()
        app.store.gate.set()
        await app.settle()
        assert top(app).startswith("6 of 30: open, “zoric…”")


@asynccontextmanager
async def at_the_last_loaded() -> AsyncIterator[tuple[QueueDeskApp, Pilot[None], CaseList]]:
    """A queue of 300 cases with the cursor on the last one of those that are loaded."""
    async with queue([case_row(n, due=timedelta(hours=n)) for n in range(1, 301)]) as (app, pilot):
        # What is read again ends with the page that is in view.
        await press(app, pilot, "end", "f5")
        cases = app.screen.query_one(CaseList)
        assert (selected(app), len(cases.rows)) == (100, 100)
        yield app, pilot, cases


async def asked_once_more(app: QueueDeskApp, pilot: Pilot[None], before: int) -> None:
    """Wait until the store holds back an answer."""
    while len(app.store.asked) == before:
        await pilot.pause()


@pytest.mark.parametrize("key", ["pagedown", "down", "end"])
async def test_a_move_to_rows_not_loaded_yet_is_made_when_they_come_and_the_next_key_meets_its_row(key: str) -> None:
    async with at_the_last_loaded() as (app, pilot, cases):
        app.store.gate.clear()
        asked = len(app.store.asked)
        app.post_message(events.Key(key, None))
        app.post_message(events.Key("enter", None))
        await asked_once_more(app, pilot, asked)
        app.store.gate.set()
        await app.settle()
        goal = {"pagedown": 100 + cases.page_size, "down": 101, "end": 200}[key]
        assert (selected(app), app.opened) == (goal, [f"case {goal}"])


async def test_each_case_is_marked_once_where_the_next_one_is_not_loaded_yet() -> None:
    async with at_the_last_loaded() as (app, pilot, _):
        await press(app, pilot, "plus", "plus")
        assert app.queue.marks.ids == {100, 101}


@pytest.mark.parametrize("news_first", [True, False])
async def test_a_move_to_rows_not_loaded_yet_holds_where_the_list_is_read_again_meanwhile(news_first: bool) -> None:
    async with at_the_last_loaded() as (app, pilot, cases):
        app.store.gate.clear()
        asked = len(app.store.asked)
        if news_first:
            app.queue.run_command(app.queue.show_news)
            await asked_once_more(app, pilot, asked)
            app.post_message(events.Key("pagedown", None))
        else:
            app.post_message(events.Key("pagedown", None))
            await asked_once_more(app, pilot, asked)
            before = app.backstage.asked
            app.queue.run_command(app.queue.show_news)
            while app.backstage.asked == before:
                await pilot.pause()
        app.store.gate.set()
        await app.settle()
        assert selected(app) == 100 + cases.page_size
        assert [row.id for row in cases.rows] == [*range(1, len(cases.rows) + 1)]
        assert "no longer in this list" not in screen_text(app)


async def test_a_move_to_rows_that_cannot_be_read_is_told_and_not_made_later(monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_the_last_loaded() as (app, pilot, cases):

        def fail(*asked: object) -> None:
            raise StoreFault("The disk is full.")

        with monkeypatch.context() as patch:
            patch.setattr(app.store, "page", fail)
            await press(app, pilot, "pagedown")
        assert "! The disk is full." in screen_text(app)
        await press(app, pilot, "f5")
        assert selected(app) == 100
        await press(app, pilot, "pagedown")
        assert selected(app) == 100 + cases.page_size


async def test_a_move_beyond_the_last_case_is_not_made_when_others_are_entered_later() -> None:
    async with queue() as (app, pilot):
        await press(app, pilot, "end", "down", "pagedown", "end")
        app.store.rows.append(case_row(31, due=timedelta(days=99)))
        await press(app, pilot, "f5")
        assert (selected(app), len(app.screen.query_one(CaseList).rows)) == (30, 31)


async def test_keys_in_one_write_move_to_rows_that_are_not_loaded_yet() -> None:
    rows = [case_row(n, due=timedelta(hours=n)) for n in range(1, 301)]
    async with queue(rows) as (app, _):
        for _ in range(250):
            app.post_message(events.Key("down", None))
        await app.settle()
        cases = app.screen.query_one(CaseList)
        assert cases.selected == rows[250]
        app.post_message(events.Key("pageup", None))
        app.post_message(events.Key("enter", None))
        await app.settle()
        assert app.opened == [f"case {rows[250 - cases.page_size].id}"]
