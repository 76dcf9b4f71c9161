"""Importing a register by the keys, on a database of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.builders import NOW, an_agent
from tests.tui.case_desk import CaseDesk, DeskApp, press, queue_app, type_text
from tests.tui.snapshot import check_snapshot
from tuitrack.domain.queue import QueueQuery, Scope
from tuitrack.exchange.importer import RegisterImporter
from tuitrack.services.bundle import Services
from tuitrack.services.desk import Desk
from tuitrack.services.registers import Registers
from tuitrack.settings import Settings
from tuitrack.storage.store import open_store
from tuitrack.tui.screens.confirm import ConfirmScreen
from tuitrack.tui.screens.importing import ImportScreen
from tuitrack.tui.screens.pick import PickScreen


class FileDesk(CaseDesk):
    """A desk over a database file, whose importing has a connection of its own as in the program."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.opened = open_store(folder / "tuitrack.db", folder / "backups")
        with self.opened.writing() as writer:
            writer.put_agent(an_agent("ana"))
        self.desk = Desk(self.opened, "ana", replace(Settings(), time_zone="Europe/Zagreb"), lambda: NOW)

    def services_of(self, agent: str) -> Services:
        return Services(self.desk, self.registers)

    def registers(self) -> Registers:
        store = open_store(self.folder / "tuitrack.db", self.folder / "backups")
        return RegisterImporter(replace(self.desk, store=store), self.folder / "reports", self.folder / "profiles")

    def case_count(self) -> int:
        with self.opened.reading() as reader:
            return reader.counts(QueueQuery(scope=Scope.ALL), self.desk.now(), 9_999).all


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[FileDesk]:
    desk = FileDesk(tmp_path / "desk")
    yield desk
    desk.opened.close()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "register.csv"
    path.write_text(
        "Id;Date received;Issue;Remark\n1;14.11.2024.;Late;[/]x\n2;15.11.2024.;Torn;\n3;soon;Late;\n", encoding="utf-8"
    )
    return path


@asynccontextmanager
async def import_app(desk: FileDesk) -> AsyncIterator[tuple[DeskApp, Pilot[None]]]:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "i")
        await finish(app)
        yield app, pilot


async def finish(app: DeskApp) -> None:
    """Wait until the importing thread has done what it was asked for, and the screen shows it."""
    screen = next(screen for screen in app.screen_stack if isinstance(screen, ImportScreen))
    await screen.thread.do(lambda registers: None)
    await app.settle()


async def name_file(app: DeskApp, pilot: Pilot[None], path: Path) -> None:
    await type_text(app, pilot, str(path))
    await press(app, pilot, "enter")
    await finish(app)


async def test_a_register_is_shown_tried_asked_for_and_taken(desk: FileDesk, book: Path) -> None:
    async with import_app(desk) as (app, pilot):
        assert "Nothing was imported yet" in app.text
        await name_file(app, pilot, book)
        assert "semicolon" in app.text
        assert "Issue" in app.text
        await press(app, pilot, "f2")
        await finish(app)
        assert isinstance(app.screen, ConfirmScreen)
        assert "Import 2 cases from register.csv?" in app.text
        await press(app, pilot, "enter")
        assert desk.case_count() == 0
        await press(app, pilot, "f2")
        await finish(app)
        await press(app, pilot, "right", "enter")
        await finish(app)
        assert "2 taken as they stand" in app.text
        assert "1 refused" in app.text
        assert "tuitrack import --undo 1" in app.text
    assert desk.case_count() == 2


async def test_a_trial_stores_nothing(desk: FileDesk, book: Path) -> None:
    async with import_app(desk) as (app, pilot):
        await name_file(app, pilot, book)
        await press(app, pilot, "t")
        await finish(app)
        assert "2 would be taken" in app.text
    assert desk.case_count() == 0


async def test_what_was_found_is_changed_by_picking(desk: FileDesk, book: Path) -> None:
    async with import_app(desk) as (app, pilot):
        await name_file(app, pilot, book)
        await press(app, pilot, "end", "enter")
        assert isinstance(app.screen, PickScreen)
        await press(app, pilot, "down", "enter")
        await finish(app)
        assert "Remark         number in the old register (chosen)" in app.text
        await press(app, pilot, "enter", "escape")
        assert "(chosen)" in app.text


async def test_a_choice_that_does_not_fit_the_file_is_taken_back(desk: FileDesk, book: Path) -> None:
    async with import_app(desk) as (app, pilot):
        await name_file(app, pilot, book)
        await press(app, pilot, "down", "down", "enter", "end", "enter")
        await finish(app)
        assert "has no column names in row 30" in app.text
        await press(app, pilot, "t")
        await finish(app)
        assert "2 would be taken" in app.text


async def test_what_is_no_register_is_one_sentence(desk: FileDesk, tmp_path: Path) -> None:
    async with import_app(desk) as (app, pilot):
        await press(app, pilot, "enter")
        await name_file(app, pilot, tmp_path)
        assert "is a folder" in app.text
        await press(app, pilot, "f2")
        assert "name a file first" in app.text


async def test_a_run_is_marked_and_taken_back(desk: FileDesk, book: Path) -> None:
    async with import_app(desk) as (app, pilot):
        await name_file(app, pilot, book)
        await press(app, pilot, "f2")
        await finish(app)
        await press(app, pilot, "right", "enter")
        await finish(app)
        await press(app, pilot, "r")
        await finish(app)
        assert "register.csv: 2 taken, 1 refused" in app.text
        await press(app, pilot, "u", "enter")
        assert desk.case_count() == 2
        await press(app, pilot, "u", "right", "enter")
        await finish(app)
        await finish(app)
        assert "2 cases removed" in app.text
        assert desk.case_count() == 0
        await press(app, pilot, "q")
        assert not isinstance(app.screen, ImportScreen)


async def test_the_only_file_that_begins_so_is_completed(desk: FileDesk, book: Path) -> None:
    async with import_app(desk) as (app, pilot):
        await type_text(app, pilot, str(book.parent / "regi"))
        await press(app, pilot, "right", "enter")
        await finish(app)
        assert "semicolon" in app.text


async def test_an_unknown_word_is_given_one_of_ours(
    desk: FileDesk, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(book.parent)
    book.write_text("Id;Date received;Issue;Status\n1;14.11.2024.;Late;Na Mjesecu\n", encoding="utf-8")
    async with import_app(desk) as (app, pilot):
        await name_file(app, pilot, Path(book.name))
        assert "status “na mjesecu” is not known: 1 rows, taken as open" in app.text
        await press(app, pilot, "end", "enter")
        assert isinstance(app.screen, PickScreen)
        await press(app, pilot, "end", "up", "up", "enter")
        await finish(app)
        check_snapshot(app, "import_80x24")
        await press(app, pilot, "enter", "home", "enter")
        await finish(app)
        assert "status “na mjesecu” is not known" in app.text


async def test_how_a_file_is_read_is_kept_for_the_next_one(desk: FileDesk, book: Path) -> None:
    async with import_app(desk) as (app, pilot):
        await name_file(app, pilot, book)
        await press(app, pilot, "end", "enter", "down", "enter")
        await finish(app)
        await press(app, pilot, "p")
        await type_text(app, pilot, "Shop 1")
        await press(app, pilot, "f2")
        await finish(app)
        assert "Profile name 'Shop 1' cannot be used" in app.text
        await press(app, pilot, *["backspace"] * 6)
        await type_text(app, pilot, "shop")
        await press(app, pilot, "f2")
        await finish(app)
        assert "Saved as profile shop" in app.text
        await press(app, pilot, "/", "enter")
        await finish(app)
        assert "(chosen)" not in app.text
        await press(app, pilot, "home", *["down"] * 4, "enter", "end", "enter")
        await finish(app)
        assert "Profile         shop" in app.text
        assert "Remark         number in the old register (chosen)" in app.text
