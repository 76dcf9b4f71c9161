"""The case under the cursor of the queue, shown beside it."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import Any

import pytest
from rich.cells import cell_len
from textual import events

from tests.builders import NOW
from tests.fakes import MemoryReader
from tests.tui.case_desk import CaseDesk, DeskApp, press, queue_app
from tests.tui.snapshot import check_snapshot
from tuitrack.domain.case import Case
from tuitrack.tui.previewing import BELOW_FROM, BESIDE_FROM
from tuitrack.tui.screens.case import CaseScreen
from tuitrack.tui.widgets.case_list import CaseList
from tuitrack.tui.widgets.line_view import LineView

WIDE = (200, 50)
SMALL = (80, 24)
HOSTILE = "\x1b]52;c;cm0=\x07[@click=app.quit]x[/] [/b] \u202e李小龙 سلام 👩‍👩‍👧\t\x1b[2J "


@pytest.fixture
def desk() -> CaseDesk:
    """A desk with twelve cases."""
    desk = CaseDesk()
    for number in range(1, 13):
        desk.take(subject=f"Router {number}", words=f"Router {number} smells of [b]smoke[/b].")
    desk.now = NOW
    return desk


def preview(app: DeskApp) -> str:
    """What stands right of the rule between the list and the pane."""
    return "\n".join(line.partition("│")[2].strip() for line in app.text.splitlines())


def is_shown(app: DeskApp) -> bool:
    return any(pane.display for pane in app.queue.query("#preview"))


@pytest.mark.parametrize(("name", "size"), [("preview_beside", WIDE), ("preview_below", (80, 50))])
async def test_a_case_is_shown_where_there_is_room(desk: CaseDesk, name: str, size: tuple[int, int]) -> None:
    desk.services.items.add_action(1, {"what": "send the technician", "track": "customer"})
    desk.services.casework.add_note(1, {"text": "Sounds calm.\nWants a call before eight."})
    async with queue_app(desk, size=size) as (app, _):
        check_snapshot(app, name)


async def test_a_small_terminal_has_no_pane_and_loads_nothing_for_it(
    desk: CaseDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = {"tuitrack.tui.preview", "tuitrack.tui.present_preview"}
    for part in parts:
        monkeypatch.delitem(sys.modules, part, raising=False)
    async with queue_app(desk, size=SMALL) as (app, pilot):
        await press(app, pilot, "j", "J", "K")
        assert not app.queue.query("#preview")
        assert not app.queue.query_one(CaseList).tells_moves
        await press(app, pilot, "p")
        assert f"it needs {BESIDE_FROM} columns or {BELOW_FROM} lines; there are 80 and 24." in app.text
        assert not parts & sys.modules.keys()
    assert desk.services.preferences.preview()


async def test_it_follows_the_cursor_and_the_clock(desk: CaseDesk) -> None:
    async with queue_app(desk, size=WIDE) as (app, pilot):
        assert "Router 1 smells of [b]smoke[/b]." in preview(app)
        await press(app, pilot, "j")
        assert "Router 2 smells" in preview(app)
        assert "Router 1" not in preview(app)
        assert "! OVERDUE 1d" in preview(app)
        desk.now += timedelta(days=1)
        await press(app, pilot, "f5")
        assert "! OVERDUE 2d" in preview(app)


async def test_of_a_burst_only_the_last_case_is_read(desk: CaseDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    read = MemoryReader.case

    def noted(reader: MemoryReader, case_id: int) -> Case:
        asked.append(case_id)
        return read(reader, case_id)

    async with queue_app(desk, size=WIDE) as (app, pilot):
        monkeypatch.setattr(MemoryReader, "case", noted)
        for _ in range(8):
            app.post_message(events.Key("j", "j"))
        await app.settle()
        last = app.queue.query_one(CaseList).selected
        assert last is not None
        assert asked == [last.id]
        await press(app, pilot, *"kkkkk")
        assert len(asked) == 2


async def test_nothing_is_drawn_where_nothing_changed(desk: CaseDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    draw = LineView.render_line

    def noted(view: LineView, y: int) -> Any:
        drawn.append(y)
        return draw(view, y)

    async with queue_app(desk, size=WIDE) as (app, pilot):
        monkeypatch.setattr(LineView, "render_line", noted)
        await press(app, pilot, "f5")
        assert not drawn
        await press(app, pilot, "j")
        # The reference and subject, and the words.
        assert len(set(drawn)) == len(drawn) <= 4


async def test_it_comes_and_goes_with_the_size_of_the_terminal(desk: CaseDesk) -> None:
    async with queue_app(desk, size=SMALL) as (app, pilot):
        for width, height, shown in [(140, 24, True), (139, 24, False), (100, 46, True), (80, 24, False)]:
            await pilot.resize_terminal(width, height)
            await app.settle()
            assert is_shown(app) is shown
            assert ("smells of" in app.text) is shown
        await press(app, pilot, "enter")
        await pilot.resize_terminal(*WIDE)
        await press(app, pilot, "q")
        assert is_shown(app)


async def test_a_key_takes_it_away_and_brings_it_back_also_at_the_next_start(desk: CaseDesk) -> None:
    async with queue_app(desk, size=WIDE) as (app, pilot):
        await press(app, pilot, "p")
        assert not is_shown(app)
        assert "Preview off" in app.text
        await press(app, pilot, "j")
        assert not app.queue.query_one(CaseList).tells_moves
    async with queue_app(desk, size=WIDE) as (app, pilot):
        assert not app.queue.query("#preview")
        await press(app, pilot, "p")
        assert "Router 1 smells" in preview(app)
    async with queue_app(desk, size=WIDE) as (app, _):
        assert is_shown(app)


async def test_a_long_case_is_gone_through_by_half_pages(desk: CaseDesk) -> None:
    for number in range(30):
        desk.services.casework.add_note(1, {"text": f"Note {number} of many"})
    async with queue_app(desk, size=(140, 24)) as (app, pilot):
        assert "Note 29" not in preview(app)
        await press(app, pilot, "J", "J")
        assert "Note 29" in preview(app)
        await press(app, pilot, *"JJJJJJJJ")
        assert "Note 10" in preview(app)
        await press(app, pilot, "f5")
        assert "Note 10" in preview(app)
        await press(app, pilot, *"KKKKKKKK")
        assert "Router 1" in preview(app)
        await press(app, pilot, "J", "j")
        assert "Router 2" in preview(app)


async def test_what_a_customer_says_moves_nothing(desk: CaseDesk) -> None:
    desk.take(subject=HOSTILE, words=HOSTILE * 200, remedy_wanted=HOSTILE * 3)
    async with queue_app(desk, size=WIDE) as (app, pilot):
        await press(app, pilot, "end")
        lines = app.text.splitlines()[2:-2]
        assert {cell_len(line.partition("│")[0]) for line in lines} == {120}
        assert max(map(cell_len, lines)) <= WIDE[0]
        assert "[@click=app.quit]x[/]" in preview(app)
        assert "What happened" in preview(app)


async def test_it_shows_nothing_beside_an_empty_list_and_a_sentence_for_a_case_that_is_gone(desk: CaseDesk) -> None:
    async with queue_app(desk, size=WIDE) as (app, pilot):
        desk.store.data.records[Case].pop(2)
        await press(app, pilot, "j")
        assert "there is none" in preview(app)
        await press(app, pilot, "slash", *"nobody has this")
        assert preview(app).strip() == ""


async def test_enter_opens_the_case_that_is_shown(desk: CaseDesk) -> None:
    async with queue_app(desk, size=WIDE) as (app, pilot):
        await press(app, pilot, "j", "enter")
        assert isinstance(app.screen, CaseScreen)
        assert app.screen.file.case.subject == "Router 2"
