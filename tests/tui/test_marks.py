"""Marking cases in the queue and what is done with the marked ones."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from tests.builders import NOW
from tests.tui.case_desk import CaseDesk, DeskApp, press, type_text
from tests.tui.snapshot import check_snapshot
from tests.tui.test_exporting import OpenExporter, until
from tuitrack.tui import marking
from tuitrack.tui.widgets.case_list import CaseList


@pytest.fixture
def desk() -> CaseDesk:
    """Five cases, due one after the other; the first two are ana's."""
    desk = CaseDesk()
    for number in range(1, 6):
        case = desk.take(subject=f"Router {number}", return_at=desk.now + timedelta(days=number))
        if number < 3:
            desk.services.casework.assign(case.id, "ana", seen=case.version)
    desk.now = NOW + timedelta(days=1)
    return desk


@asynccontextmanager
async def queue(desk: CaseDesk) -> AsyncIterator[tuple[DeskApp, Pilot[None]]]:
    app = DeskApp(desk)
    app.services = replace(app.services, exporter=lambda: OpenExporter(desk.services.desk))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settle()
        yield app, pilot


def signs(app: DeskApp) -> list[str]:
    """What stands before the lines of the list."""
    return [line[:2] for line in app.text.splitlines()[2 : 2 + len(app.queue.query_one(CaseList).rows)]]


def beside(app: DeskApp) -> str:
    """What stands at the end of the query line."""
    return app.text.splitlines()[0].rpartition("  ")[2].strip()


async def test_a_mark_is_a_sign_in_its_line_and_the_cursor_goes_on(desk: CaseDesk) -> None:
    async with queue(desk) as (app, pilot):
        await press(app, pilot, "plus", "j", "plus")
        assert signs(app) == ["+ ", "  ", "+ ", "> ", "  "]
        assert beside(app) == "2 marked"
        await press(app, pilot, "k")
        assert signs(app)[2] == ">+"
        check_snapshot(app, "queue_marks")
        await press(app, pilot, "plus")
        assert signs(app) == ["+ ", "  ", "  ", "> ", "  "]


async def test_marks_stay_with_their_cases_and_those_not_listed_are_counted(desk: CaseDesk) -> None:
    async with queue(desk) as (app, pilot):
        await press(app, pilot, "plus", "plus", "plus", "m")
        assert signs(app) == ["+ ", ">+"]
        assert beside(app) == "3 marked, 1 not in this list"
        await press(app, pilot, "m", "s")
        assert signs(app).count("+ ") + signs(app).count(">+") == 3
        assert beside(app) == "3 marked · newest first"
        await press(app, pilot, "f5", "enter", "q")
        assert beside(app) == "3 marked · newest first"


async def test_the_last_case_is_marked_as_any_other(desk: CaseDesk) -> None:
    async with queue(desk) as (app, pilot):
        await press(app, pilot, "end", "plus")
        assert signs(app)[-1] == ">+"


async def test_keys_in_one_write_mark_line_by_line(desk: CaseDesk) -> None:
    async with queue(desk) as (app, _):
        for key in ("plus", "plus", "j", "plus", "k", "k", "plus"):
            app.post_message(events.Key(key, None))
        await app.settle()
        assert signs(app) == ["+ ", "+ ", "+ ", ">+", "  "]


async def test_all_that_the_query_finds_is_marked_whether_it_is_loaded_or_not(desk: CaseDesk) -> None:
    for number in range(120):
        desk.take(subject=f"Fridge {number}")
    async with queue(desk) as (app, pilot):
        await press(app, pilot, "slash", *"fridge", "down", "asterisk")
        assert len(app.queue.query_one(CaseList).rows) == 100
        assert beside(app) == "120 marked"
        await press(app, pilot, "escape")
        assert beside(app) == "120 marked"
        assert len(app.queue.marks) == 120


async def test_of_a_longer_list_only_so_many_are_marked_and_that_is_said(
    desk: CaseDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marking, "MARKS_MOST", 3)
    async with queue(desk) as (app, pilot):
        await press(app, pilot, "asterisk")
        assert signs(app) == [">+", "+ ", "+ ", "  ", "  "]
        assert "Only the first 3 cases of this list are marked" in app.text


async def test_no_key_drops_marks_without_a_word(desk: CaseDesk) -> None:
    async with queue(desk) as (app, pilot):
        await press(app, pilot, "minus")
        assert "No case is marked; + marks" in app.text
        await press(app, pilot, "plus", "o", "escape", "escape")
        assert "1 marked; - takes the marks away." in app.text
        assert beside(app) == "1 marked"
        await press(app, pilot, "minus")
        assert "1 no longer marked; - brings the marks back." in app.text
        assert signs(app)[0] == "  "
        await press(app, pilot, "m", "minus")
        assert beside(app) == "1 marked"
        await press(app, pilot, "w")
        assert beside(app) == "1 marked, 1 not in this list"


async def test_the_marked_are_listed_closed_ones_too_and_the_list_before_comes_back(desk: CaseDesk) -> None:
    async with queue(desk) as (app, pilot):
        await press(app, pilot, "M")
        assert "No case is marked" in app.text
        await press(app, pilot, "j", "plus", "plus", "m", "M")
        assert app.text.splitlines()[1].startswith("2 of 5: all cases, marked")
        assert signs(app) == [">+", "+ "]
        await press(app, pilot, "plus")
        assert len(app.queue.query_one(CaseList).rows) == 2
        await press(app, pilot, "f5")
        assert len(app.queue.query_one(CaseList).rows) == 1
        await press(app, pilot, "M")
        assert app.text.splitlines()[1].startswith("Mine, open work: 2")


async def test_references_of_the_marked_are_copied_together(desk: CaseDesk) -> None:
    async with queue(desk) as (app, pilot):
        await press(app, pilot, "y")
        assert "\n" not in app.clipboard
        await press(app, pilot, "plus", "plus", "y")
        assert app.clipboard.splitlines() == [desk.file(number).case.reference for number in (1, 2)]
        assert "2 references" in app.text


@pytest.mark.parametrize(("answer", "expected"), [("t", 2), ("l", 5)])
async def test_the_marked_or_the_list_goes_to_a_file(
    desk: CaseDesk, tmp_path: Path, answer: str, expected: int
) -> None:
    async with queue(desk) as (app, pilot):
        await press(app, pilot, "j", "plus", "plus", "x", "ctrl+u")
        await type_text(app, pilot, str(tmp_path / "a.csv"))
        await press(app, pilot, "tab", "tab", "tab", answer, "f2")
        await until(app, pilot, f"Exported {expected} cases")
    assert len((tmp_path / "a.csv").read_text("utf-8-sig").splitlines()) == expected + 1


async def test_the_list_of_marked_cases_is_left_for_what_was_there_also_with_other_columns(desk: CaseDesk) -> None:
    async with queue(desk) as (app, pilot):
        await press(app, pilot, "m", "plus", "M", "c", "x", "f2")
        assert app.queue.query_shown.text.startswith("columns:")
        await press(app, pilot, "M")
        assert (app.queue.query_shown.text, app.queue.query_shown.owner) == ("", "ana")
