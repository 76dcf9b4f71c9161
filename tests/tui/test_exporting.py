"""Cases go to files from the screens: asked by a small form, beside other work, refused while the form still stands."""

from __future__ import annotations

import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.patience import PATIENCE_S
from tests.tui.case_desk import CaseDesk, DeskApp, press, type_text
from tuitrack.domain.errors import Refusal
from tuitrack.domain.queue import QueueQuery
from tuitrack.exchange.export import CaseExporter
from tuitrack.services.exports import Exported, Format
from tuitrack.services.registers import Progress, never, silent


class OpenExporter(CaseExporter):
    """Works on the desk's own store in memory, which stays open."""

    def close(self) -> None:
        """Leave the store to the desk."""


class HeldExporter(OpenExporter):
    """Begins, and goes no further until it is stopped."""

    def cases(
        self,
        query: QueueQuery,
        path: Path,
        named: Format | None = None,
        *,
        replace: bool = False,
        on_progress: Callable[[Progress], None] = silent,
        stop: Callable[[], bool] = never,
    ) -> Exported:
        """Tell that a quarter is done, and wait."""
        on_progress(Progress(0.25, 1, 1.0, 3.0))
        waiting = threading.Event()
        while not stop():
            waiting.wait(0.01)
        return Exported(path, 0, stopped=True)


@asynccontextmanager
async def desk_app(exporter: type[CaseExporter]) -> AsyncIterator[tuple[DeskApp, Pilot[None]]]:
    """The queue of a desk with one case."""
    desk = CaseDesk()
    desk.take()
    app = DeskApp(desk)
    app.services = replace(app.services, exporter=lambda: exporter(desk.services.desk))
    async with app.run_test(size=(100, 24)) as pilot:
        await app.settle()
        yield app, pilot


async def name_file(app: DeskApp, pilot: Pilot[None], path: Path) -> None:
    """Type another name into the form and save it."""
    await press(app, pilot, "ctrl+u")
    await type_text(app, pilot, str(path))
    await press(app, pilot, "f2")


async def until(app: DeskApp, pilot: Pilot[None], text: str) -> None:
    """Wait until the screen shows a text."""
    deadline = time.monotonic() + PATIENCE_S
    while text not in app.text:
        assert time.monotonic() < deadline, app.text
        await pilot.pause()


async def test_the_list_goes_to_a_file(tmp_path: Path) -> None:
    async with desk_app(OpenExporter) as (app, pilot):
        await press(app, pilot, "x")
        assert "Export this list" in app.text
        await name_file(app, pilot, tmp_path / "a.csv")
        await until(app, pilot, "Exported 1 case")
    assert "Washing machine arrived broken" in (tmp_path / "a.csv").read_text("utf-8-sig")


async def test_what_cannot_be_written_is_said_in_the_form(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("mine")
    async with desk_app(OpenExporter) as (app, pilot):
        await press(app, pilot, "x")
        await name_file(app, pilot, tmp_path / "a.csv")
        assert "is there already" in app.text
        assert "Export this list" in app.text
        await name_file(app, pilot, tmp_path / "a.doc")
        assert "expected one of .csv" in app.text
    assert (tmp_path / "a.csv").read_text() == "mine"


async def test_work_goes_on_meanwhile_and_the_same_key_stops_it(tmp_path: Path) -> None:
    async with desk_app(HeldExporter) as (app, pilot):
        await press(app, pilot, "x")
        await name_file(app, pilot, tmp_path / "a.csv")
        await until(app, pilot, "Exporting [#####")
        await press(app, pilot, "enter")
        assert "Timeline" in app.text or "Washing machine" in app.text
        await press(app, pilot, "q")
        await press(app, pilot, "x")
        await until(app, pilot, "Export stopped; no file was left.")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "begins"), [("c.md", "# C26-"), ("c.html", "<!DOCTYPE html>"), ("c.json", "{")])
async def test_a_case_goes_to_a_file(tmp_path: Path, name: str, begins: str) -> None:
    async with desk_app(OpenExporter) as (app, pilot):
        await press(app, pilot, "enter")
        await press(app, pilot, "X")
        await name_file(app, pilot, tmp_path / name)
        await until(app, pilot, "Exported 1 case")
    assert (tmp_path / name).read_text("utf-8").startswith(begins)


def test_a_desk_without_files_says_so() -> None:
    with pytest.raises(Refusal, match="writes no files"):
        CaseDesk().services.exporter()
