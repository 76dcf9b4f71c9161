"""The quality report by its keys: its tables, the lists behind its numbers, its targets, other periods."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import NOW, a_call, a_case, a_customer, a_promise, an_agent
from tests.tui.case_desk import CaseDesk, press, queue_app, type_text
from tests.tui.snapshot import check_snapshot
from tuitrack.domain.quality.report import NOTE, Number, Row, Table, Topic
from tuitrack.domain.words import PromiseOutcome, Role, Status
from tuitrack.tui.present_quality import ROWS_MOST, head_line, row_blocks
from tuitrack.tui.screens.ledger import LedgerScreen

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def wait_for_every_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold keys until the report is there, however slow the machine is."""
    monkeypatch.setattr("tuitrack.tui.screens.quality.KEYS_HELD_S", 600)


@pytest.fixture
def desk() -> CaseDesk:
    """Twelve cases of this month and as many of the one before, half of them closed."""
    desk = CaseDesk()
    desk.now = NOW
    with desk.store.writing() as writer:
        writer.put_agent(an_agent("ana", name="Ana Zorić"))
        writer.put_agent(an_agent("marko", name="Marko Kos", role=Role.AGENT))
        writer.add(a_customer())
        for number in range(24):
            received = NOW - (number if number < 12 else number + 20) * DAY
            closed = {
                "status": Status.CLOSED,
                "closed_at": min(received + (number % 4) * DAY, NOW),
                "resolved_at": min(received + (number % 4) * DAY, NOW),
            }
            cause = "[b]training[/b]" if number < 8 else "" if number % 2 else "capacity"
            owner = ("ana", "marko", None)[number % 3]
            fields = {"received_at": received, "owner": owner, "category": "billing", "cause": cause}
            case = writer.add(a_case(number + 1, 1, **fields, **(closed if number % 2 else {})))
            if number % 3 == 0:
                writer.add(a_call(case.id, recording_told=number > 0))
        kept = {"outcome": PromiseOutcome.KEPT, "settled_at": NOW}
        writer.add(a_promise(1, due_at=NOW - DAY, what="call back", **kept))
    return desk


@pytest.mark.parametrize(("name", "size"), [("quality_80x24", (80, 24)), ("quality_200x50", (200, 50))])
async def test_the_measures_of_this_month(desk: CaseDesk, name: str, size: tuple[int, int]) -> None:
    async with queue_app(desk, size=size) as (app, pilot):
        await press(app, pilot, "Q")
        check_snapshot(app, name)


@pytest.mark.parametrize(("digit", "topic"), list(enumerate(Topic, 1)))
async def test_a_digit_or_tab_shows_a_table(desk: CaseDesk, digit: int, topic: Topic) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "Q", str(digit))
        if topic is not Topic.MEASURES:
            check_snapshot(app, f"quality_{topic.value}")
        shown = app.text
        await press(app, pilot, "1", *["tab"] * (digit - 1))
        assert app.text == shown


async def test_a_number_opens_its_cases_and_the_report_comes_back_to_it(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "Q", *["down"] * 5, "enter")
        assert app.queue.query_shown.text.endswith("is:all has:call is:unannounced")
        assert [row.id for row in app.queue._list.rows] == [1]
        await press(app, pilot, "Q")
        assert "[25 %]" in next(line for line in app.text.splitlines() if line.startswith("> recording not told"))
        await press(app, pilot, "right", "enter")
        assert len(app.queue._list.rows) == 4
        await press(app, pilot, "escape")
        assert app.queue.query_shown.text == ""


async def test_promises_kept_open_in_the_ledger(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "Q", "end", "enter")
        assert isinstance(app.screen, LedgerScreen)
        assert "Promises kept, November 2026" in app.text
        assert "call back" in app.text
        await press(app, pilot, "q")
        assert "> promises kept" in app.text


async def test_what_is_worked_out_lists_nothing(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "Q", "right", "right", "right", "enter")
        assert "worked out of other numbers" in app.text


async def test_another_period(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "Q", "left_square_bracket")
        assert "Quality report, October 2026, against September 2026" in app.text
        await press(app, pilot, "right_square_bracket", "p")
        await type_text(app, pilot, "all")
        await press(app, pilot, "f2")
        assert "a report begins on some day" in app.text
        await press(app, pilot, *["backspace"] * 3)
        await type_text(app, pilot, "10.11..11.11.")
        await press(app, pilot, "f2")
        assert "10 Nov 2026 to 11 Nov 2026, against 8 Nov 2026 to 9 Nov 2026" in app.text


async def test_what_has_not_begun_is_not_reported_on(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "Q", "right_square_bracket")
        assert "No later period has begun yet." in app.text
        assert f"Quality report, {NOW:%B %Y}" in app.text


async def test_days_without_anything_say_so(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "Q", *["left_square_bracket"] * 9, "4")
        assert "Nothing was counted in these days. Press p for another period." in app.text
        await press(app, pilot, "enter")
        assert "Quality report, February 2026" in app.text


async def test_a_supervisor_sets_a_target(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "Q", "e")
        assert "Go to a measure that is a share" in app.text
        await press(app, pilot, "down", "e")
        await type_text(app, pilot, "half")
        await press(app, pilot, "f2")
        assert "whole number of percent" in app.text
        await press(app, pilot, *["backspace"] * 4)
        await type_text(app, pilot, "50")
        await press(app, pilot, "f2")
        assert "Target: resolved the same day, min 50 %." in app.text
        assert "min 50 %  ! missed" in next(line for line in app.text.splitlines() if "resolved the same" in line)


async def test_an_agent_reads_the_report_and_sets_no_target(desk: CaseDesk) -> None:
    desk.services = desk.services_of("marko")
    async with queue_app(desk, agent="marko") as (app, pilot):
        await press(app, pilot, "Q", "down", "e")
        assert "may not set targets" in app.text


async def test_keys_typed_ahead_reach_the_report(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await pilot.press("Q", "6", "enter")
        await app.settle()
        assert "cause=" in app.queue.query_shown.text


def a_table(rows: int) -> Table:
    """A trend with that many rows."""
    numbers = tuple(Number(text, 1, "is:all") for text in ("1,234", "1", "+0", "1.0"))
    return Table(Topic.PRODUCT, ("now", "before", "change", "usual"), tuple(
        Row(f"product={number}", "長い名前" * 20, numbers, "rising", is_alert=True, bar=1.0) for number in range(rows)
    ))  # fmt: skip


@pytest.mark.parametrize("width", [78, 118, 198])
def test_every_line_fits_whatever_it_says(width: int) -> None:
    from rich.cells import cell_len

    blocks = row_blocks(a_table(ROWS_MOST + 3), 0, width)
    lines = [line.text for _, block in blocks for line in block]
    assert max(map(cell_len, [*lines, head_line(a_table(1), 3, width)])) <= width
    assert "! rising" in lines[0]
    assert lines[-1] == "3 more with fewer cases; tuitrack report --csv has them all."


def test_the_share_that_complains_is_told_as_the_documents_figure() -> None:
    assert "4 %" in NOTE
    assert "that document’s, not measured" in NOTE
