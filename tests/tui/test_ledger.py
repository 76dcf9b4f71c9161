"""The ledger of promises and the figures of what was kept, by their keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from rich.cells import cell_len

from tests.builders import NOW, a_promise, an_agent
from tests.clock_rules import put_in_force
from tests.tui.case_desk import CaseDesk, DeskApp, press, queue_app, type_text
from tests.tui.snapshot import check_snapshot
from tuitrack.domain.promises import Kept, PromiseLine, Standing
from tuitrack.domain.words import PromiseOutcome
from tuitrack.services.promises import PAGE_SIZE
from tuitrack.tui.present_promises import kept_head, promise_cells, promise_due, promise_words, rate_words
from tuitrack.tui.screens.ledger import LedgerScreen
from tuitrack.tui.widgets.promise_list import PromiseList

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def desk() -> CaseDesk:
    """Three cases: ana's with two promises, one of them overdue, and marko's with one to somebody else."""
    desk = CaseDesk()
    with desk.store.writing() as writer:
        writer.put_agent(an_agent("ana", team="north"))
        writer.put_agent(an_agent("marko", team="south"))
        writer.put_agent(an_agent("bo"))
    for owner in ("ana", "marko"):
        desk.take(return_at=None, no_return_reason="asked not to call", owner=owner, category="price")
    items = desk.services.items
    items.add_promise(1, {"what": "send the form", "due_at": NOW - DAY})
    items.add_promise(1, {"what": "call back", "due_at": NOW + 2 * HOUR})
    by_marko = {"what": "bring a [b]new[/b] one", "to": "her son", "by": "marko", "due_at": NOW + DAY}
    items.add_promise(2, by_marko)
    desk.now = NOW
    return desk


def rows(app: DeskApp) -> list[str]:
    """What is promised on the lines shown."""
    return [line.promise.what for line in app.screen.query_one(PromiseList).rows]


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_what_i_have_to_keep_comes_first_and_then_everybodys(desk: CaseDesk, size: tuple[int, int]) -> None:
    async with queue_app(desk, size=size) as (app, pilot):
        await press(app, pilot, "P")
        assert rows(app) == ["send the form", "call back"]
        await press(app, pilot, "m", "m")
        assert rows(app) == ["send the form", "call back", "bring a [b]new[/b] one"]
        check_snapshot(app, f"ledger_{size[0]}x{size[1]}")
        await press(app, pilot, "V")
        assert rows(app) == ["send the form"]


async def test_a_promise_is_kept_where_it_stands_and_the_same_key_meets_no_other_one(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "P", "d", "d")
        assert "already" in app.text
        assert rows(app) == ["send the form", "call back"]
        assert "kept 1d late" in app.text
        assert [one.outcome for one in desk.file(1).promises] == [PromiseOutcome.KEPT, None]
        await press(app, pilot, "K")
        assert rows(app) == ["send the form"]
        await press(app, pilot, "u", "O")
        assert rows(app) == ["send the form", "call back"]


async def test_a_promise_is_moved_from_the_ledger_with_the_call_that_told_it(desk: CaseDesk) -> None:
    call = desk.services.casework.log_call(1, {"direction": "outbound", "purpose": "update"})
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "P", "w", "r")
        await type_text(app, pilot, "no form yet")
        await press(app, pilot, "enter")
        await type_text(app, pilot, "+3d")
        await press(app, pilot, "enter", "1", "f2")
        [anew] = [one for one in desk.file(1).promises if one.renegotiates]
        assert (anew.what, anew.call_id, anew.due_at.date()) == ("send the form", call.id, (NOW + 3 * DAY).date())
        assert rows(app) == ["send the form", "call back", "send the form"]
        await press(app, pilot, "w")
        assert "renegotiated already" in app.text
        await press(app, pilot, "f5")
        assert rows(app) == ["call back", "send the form"]
        await press(app, pilot, "N")
        check_snapshot(app, "ledger_moved")


async def test_enter_opens_the_case_with_the_promise_marked(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "P", "down", "enter", "d")
        assert [one.outcome for one in desk.file(1).promises] == [None, PromiseOutcome.KEPT]
        await press(app, pilot, "q")
        assert rows(app) == ["send the form"]
        await press(app, pilot, "K", "enter")
        assert "> " in next(line for line in app.text.splitlines() if "Promise kept: call back" in line)


async def test_every_figure_opens_the_promises_behind_it(desk: CaseDesk) -> None:
    desk.services.items.settle_promise(1, 2, PromiseOutcome.KEPT)
    desk.services.items.settle_promise(2, 3, PromiseOutcome.BROKEN, "van broke down")
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "P", "r")
        check_snapshot(app, "kept_by_agent")
        await press(app, pilot, "down", "right", "right", "right", "enter")
        assert isinstance(app.screen, LedgerScreen)
        assert rows(app) == ["send the form"]
        await press(app, pilot, "m")
        assert "behind a figure" in app.text
        await press(app, pilot, "q", "v", "end", "left", "left", "enter")
        assert rows(app) == ["bring a [b]new[/b] one"]
        assert "South, due this month" in app.text


async def test_another_period_is_typed_and_one_that_is_none_is_refused(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "P", "r", "p")
        await type_text(app, pilot, "soonish")
        await press(app, pilot, "f2")
        assert "Period:" in app.text
        await press(app, pilot, *["backspace"] * 7)
        await type_text(app, pilot, "last month")
        await press(app, pilot, "f2")
        assert "due last month" in app.text
        assert "No promise was settled or overdue" in app.text
        await press(app, pilot, "enter")
        assert not isinstance(app.screen, LedgerScreen)


async def test_an_empty_ledger_says_which_key_leads_on(desk: CaseDesk) -> None:
    async with queue_app(desk, agent="bo") as (app, pilot):
        await press(app, pilot, "P")
        assert "No open promise is mine. Press m for more" in app.text
        await press(app, pilot, "B")
        assert "No promise here is broken. Press O for open ones." in app.text


async def test_the_next_page_comes_when_the_cursor_nears_the_end(desk: CaseDesk) -> None:
    with desk.store.writing() as writer:
        writer.add_all(a_promise(1, due_at=NOW + n * HOUR) for n in range(1, 2 * PAGE_SIZE))
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "P")
        assert len(rows(app)) == PAGE_SIZE
        await press(app, pilot, "end", "down")
        assert len(rows(app)) == 2 * PAGE_SIZE
        await press(app, pilot, "end", "down")
        assert len(rows(app)) == 2 * PAGE_SIZE + 1
        await press(app, pilot, "up", "up", "enter", "q")
        assert len(rows(app)) == 2 * PAGE_SIZE + 1
        selected = app.screen.query_one(PromiseList).selected
        assert selected is not None
        assert selected.promise.due_at == NOW + (2 * PAGE_SIZE - 3) * HOUR


async def test_a_page_that_could_not_be_read_is_read_for_the_next_key_which_goes_there(desk: CaseDesk) -> None:
    with desk.store.writing() as writer:
        writer.add_all(a_promise(1, due_at=NOW + n * HOUR) for n in range(1, 2 * PAGE_SIZE))
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "P")
        promises = app.screen.query_one(PromiseList)
        with desk.store.lost():
            await press(app, pilot, "end")
            assert "! The database is gone." in app.text
        assert promises.selected == promises.rows[PAGE_SIZE - 1] == promises.rows[-1]
        await press(app, pilot, "pagedown")
        assert promises.selected == promises.rows[PAGE_SIZE - 1 + promises.page_size]


RULES = """
presets = ["desk"]
[calendars.office]
[calendars.office.hours]
mon-fri = ["08:00-16:00"]
"""


@pytest.mark.parametrize(
    ("typed", "told"),
    [("sat 10:00", "weekend"), ("fri 18:30", "08:00-16:00"), ("fri 16:00", ""), ("fri 9:00", "")],
)
async def test_a_promise_for_a_time_at_which_nobody_works_is_pointed_out_and_taken(
    desk: CaseDesk, typed: str, told: str
) -> None:
    put_in_force(desk.store, desk.settings, RULES, desk.now)
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "P", "enter", "p")
        await type_text(app, pilot, "ring")
        await press(app, pilot, "enter")
        await type_text(app, pilot, typed)
        assert ("! Nobody is at work then" in app.text) == bool(told)
        assert told in app.text
        await press(app, pilot, "f2")
        assert len(desk.file(1).promises) == 3


async def test_a_desk_without_a_calendar_points_nothing_out(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "P", "enter", "p", *"ring", "enter", *"sat 3:00")
        assert "Sat 21 Nov 2026, 03:00" in app.text
        assert "Nobody is at work" not in app.text


async def test_the_return_date_of_a_new_case_is_looked_at_too(desk: CaseDesk) -> None:
    put_in_force(desk.store, desk.settings, RULES, desk.now)
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "n", "enter", "enter", "enter")
        await type_text(app, pilot, "sun 12:00")
        assert "! Nobody is at work then: weekend." in app.text


LINE = PromiseLine(promise=a_promise(id=3), reference="C26-000001-1", customer="Ivo Kos", owner=None)
SETTLED = replace(LINE.promise, settled_at=NOW, settled_by="ana", settled_note="no van")


@pytest.mark.parametrize(
    ("line", "due", "words"),
    [
        (LINE, "  due tomorrow", "call back"),
        (replace(LINE, promise=replace(LINE.promise, due_at=NOW - HOUR)), "! OVERDUE 1h", "call back"),
        (
            replace(LINE, promise=replace(SETTLED, outcome=PromiseOutcome.BROKEN)),
            "! broken Wed 18",
            "call back; no van",
        ),
        (
            replace(LINE, promise=replace(SETTLED, outcome=PromiseOutcome.KEPT, settled_note="")),
            "  kept Wed 18",
            "call back",
        ),
        (
            replace(LINE, promise=replace(SETTLED, outcome=PromiseOutcome.RENEGOTIATED), moved_to=NOW + 9 * DAY),
            "  moved 27 Nov",
            "call back; no van; told in no call",
        ),
    ],
)
def test_a_line_says_how_the_promise_stands(line: PromiseLine, due: str, words: str) -> None:
    assert promise_due(line, NOW).text == due
    assert promise_words(line, NOW) == words


@pytest.mark.parametrize("width", [78, 119, 120, 198])
def test_a_line_fills_its_width(width: int) -> None:
    line = replace(LINE, customer="سارا کریمی 李小龙", promise=replace(LINE.promise, to="Žana", what="x" * 300))
    assert sum(cell_len(cell.text) for cell in promise_cells(line, NOW, width, 12)) == width


def test_a_rate_without_anything_to_keep_is_a_dash() -> None:
    assert (rate_words(Kept()), rate_words(Kept(kept=1))) == ("-", "100 %")
    assert "[moved]" in kept_head(Standing.RENEGOTIATED, 78)
