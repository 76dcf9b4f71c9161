"""Letters by their keys: chosen, read filled in, edited, written to a file and kept on the timeline."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.builders import NOW
from tests.tui.case_desk import CaseDesk, DeskApp, case_app, press, type_text
from tests.tui.snapshot import check_snapshot
from tests.tui.test_exporting import OpenExporter
from tuitrack.domain.errors import Refusal
from tuitrack.domain.letters import LetterBook
from tuitrack.domain.words import Channel, EntryKind
from tuitrack.tui.screens.letter import LetterScreen

HOSTILE = "Ivo [b]Kos[/b] {contact}"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CaseDesk:
    """A desk with one case of a customer with a hostile name; what begins with ~ lies in a folder of the test."""
    monkeypatch.setenv("HOME", str(tmp_path))
    desk = CaseDesk()
    desk.take(customer={"name": HOSTILE, "email": "ivo@kos.hr", "language": "en"}, owner="ana")
    desk.now = NOW
    return desk


@asynccontextmanager
async def letter_app(desk: CaseDesk) -> AsyncIterator[tuple[DeskApp, Pilot[None]]]:
    """The case, on a desk that writes files."""
    async with case_app(desk, 1) as (app, pilot):
        services = replace(app.services, exporter=lambda: OpenExporter(desk.services.desk))
        object.__setattr__(app.screen, "services", services)
        yield app, pilot


async def test_a_letter_is_chosen_read_edited_and_sent(desk: CaseDesk, tmp_path: Path) -> None:
    reference = desk.file(1).case.reference
    async with letter_app(desk) as (app, pilot):
        await press(app, pilot, "l")
        check_snapshot(app, "letters_80x24")
        await press(app, pilot, "down", "enter")
        check_snapshot(app, "letter_80x24")
        await press(app, pilot, "e")
        await type_text(app, pilot, "!")
        await press(app, pilot, "f2")
        assert "Letter kept on the timeline." in app.text
        written = (tmp_path / f"{reference}-apology.eml").read_text()
        assert f"Subject: We apologise ({reference})" in written
        letter, apology = desk.file(1).entries[-2:]
        assert (letter.kind, letter.channel, letter.summary) == (
            *(EntryKind.LETTER, Channel.EMAIL),
            "Apology to ivo@kos.hr",
        )
        assert f"Dear {HOSTILE}," in letter.body
        assert letter.body.count("!") == 1
        assert apology.kind is EntryKind.APOLOGY
        await press(app, pilot, "u")
        assert desk.file(1).entries[-1].kind is EntryKind.UNDONE


async def test_a_letter_by_post_may_be_kept_without_a_file(desk: CaseDesk, tmp_path: Path) -> None:
    async with letter_app(desk) as (app, pilot):
        await press(app, pilot, "l", "enter", "f2", "tab", "tab", "p", *"Ilica 1", "tab", "ctrl+u", "f2")
        assert "Letter kept on the timeline." in app.text
        assert list(tmp_path.iterdir()) == []
        letter = next(entry for entry in desk.file(1).entries if entry.kind is EntryKind.LETTER)
        assert (letter.channel, letter.summary) == (Channel.LETTER, "Thank-you e-mail to Ilica 1")


async def test_a_refusal_keeps_the_form_and_nothing_goes(desk: CaseDesk, tmp_path: Path) -> None:
    there = tmp_path / f"{desk.file(1).case.reference}-thanks.eml"
    there.write_text("there")
    async with letter_app(desk) as (app, pilot):
        before = desk.file(1)
        await press(app, pilot, "l", "enter", "e", "f2")
        assert "is there already" in " ".join(app.text.split())
        assert there.read_text() == "there"
        assert desk.file(1) == before


async def test_what_was_edited_is_kept_as_a_draft(desk: CaseDesk) -> None:
    async with letter_app(desk) as (app, pilot):
        await press(app, pilot, "l", "enter", "e")
        await type_text(app, pilot, "Half typed. ")
        await press(app, pilot, "escape", "l", "enter", "e")
        assert "Complaint deskHalf typed." in app.text


async def test_a_letter_is_copied_and_nothing_is_stored(desk: CaseDesk) -> None:
    async with letter_app(desk) as (app, pilot):
        await press(app, pilot, "l", "enter", "y")
        assert isinstance(app.screen, LetterScreen)
        assert "Copied, if your terminal takes it" in app.text
        assert app.clipboard.startswith("Thank you for telling us (")
        await press(app, pilot, "q")
        assert len(desk.file(1).entries) == 2


async def test_the_letter_as_it_was_edited_is_copied_with_sending(desk: CaseDesk) -> None:
    async with letter_app(desk) as (app, pilot):
        await press(app, pilot, "l", "enter", "e", "tab", "tab", "tab", "tab", "ctrl+u", "tab", "tab", "y", "f2")
        letter = next(entry for entry in desk.file(1).entries if entry.kind is EntryKind.LETTER)
        assert app.clipboard == letter.body


async def test_a_letter_that_needs_what_the_case_lacks_says_so(desk: CaseDesk) -> None:
    async with letter_app(desk) as (app, pilot):
        await press(app, pilot, "l", "end", "enter")
        assert "Not yet: the case lacks what was done." in app.text


async def test_keys_typed_ahead_land_in_the_letter(desk: CaseDesk) -> None:
    async with letter_app(desk) as (app, pilot):
        await pilot.press("l", "enter", "e", *"Ahead. ")
        await app.settle()
        assert "Complaint deskAhead." in app.text
        assert len(desk.file(1).entries) == 2


async def test_a_wrong_file_is_told(desk: CaseDesk) -> None:
    def wrong() -> LetterBook:
        raise Refusal("letters.toml, letter 1: expected a table; not '1'.")

    async with letter_app(desk) as (app, pilot):
        object.__setattr__(app.services.desk, "letters", wrong)
        await press(app, pilot, "l")
        assert "letters.toml, letter 1: expected a table" in app.text
