"""Phrases by their keys: read aloud in a case and over the status card, and put into a text."""

from __future__ import annotations

import pytest

from tests.tui.case_desk import CaseDesk, case_app, press, queue_app, type_text
from tests.tui.snapshot import check_snapshot
from tuitrack.domain.errors import Refusal
from tuitrack.domain.phrases import PhraseBook
from tuitrack.domain.words import EntryKind
from tuitrack.tui.form import FormScreen
from tuitrack.tui.screens.status_card import StatusCardScreen

HOSTILE = "Ivo [b]Kos[/b] {promise} [@click=app.quit]x[/]"


@pytest.fixture
def desk() -> CaseDesk:
    """A desk with one case of a customer with a hostile name."""
    desk = CaseDesk()
    desk.take(customer={"name": HOSTILE, "phones": ("091 234 567",), "language": "en"})
    return desk


async def test_what_was_said_is_kept(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "F")
        check_snapshot(app, "phrases_80x24")
        await press(app, pilot, *["down"] * 7, "enter")
        assert "Told the customer what happens next." in app.text
        entry = desk.file(1).entries[-1]
        assert (entry.kind, entry.by) == (EntryKind.NOTE, "ana")
        assert desk.file(1).case.reference in entry.body
        await press(app, pilot, "u")
        assert desk.file(1).entries[-1].kind is EntryKind.UNDONE


async def test_nothing_is_kept_of_manners_and_of_leaving(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "F", "escape")
        await press(app, pilot, "F", "down", "enter")
        assert "Said: empathy. Nothing is stored of it." in app.text
        assert len(desk.file(1).entries) == 2


async def test_phrases_over_the_status_card(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "s", "F", "down", "down", "down", "enter")
        assert isinstance(app.screen, StatusCardScreen)
        assert desk.file(1).entries[-1].kind is EntryKind.THANKS
        await press(app, pilot, "enter")
        assert desk.file(1).calls


async def test_a_phrase_is_put_into_a_text_where_the_cursor_is(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "n")
        await type_text(app, pilot, "Said: .")
        await press(app, pilot, "left", "ctrl+p")
        await press(app, pilot, *["down"] * 5, "enter")
        await type_text(app, pilot, "!")
        await press(app, pilot, "f2")
        assert desk.file(1).entries[-1].body == (
            f"Said: Thank you for your patience, {HOSTILE}. I know that this has taken your time.!."
        )


async def test_a_phrase_is_not_put_into_a_date(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "p", "tab", "ctrl+p")
        assert "! A phrase goes into a field of free text." in app.text
        assert isinstance(app.screen, FormScreen)


async def test_a_form_of_no_case_has_no_phrases(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "V", "n", "ctrl+p")
        assert "Phrases are for what the customer is told" in app.text


async def test_a_form_for_the_desk_alone_says_that_phrases_are_for_customers(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "E", "ctrl+p")
        assert "! Phrases are for what the customer is told; this form asks for none of that." in app.text


async def test_a_wrong_file_is_told_and_nothing_is_lost(desk: CaseDesk) -> None:
    def wrong() -> PhraseBook:
        raise Refusal("phrases.toml, phrase 1: expected a table; not '1'.")

    async with case_app(desk, 1) as (app, pilot):
        object.__setattr__(app.services.desk, "phrases", wrong)
        await press(app, pilot, "F")
        assert "phrases.toml, phrase 1: expected a table" in app.text
        await press(app, pilot, "n")
        await type_text(app, pilot, "kept")
        await press(app, pilot, "ctrl+p")
        assert "! phrases.toml, phrase 1: expected a table" in app.text
        assert "kept" in app.text
