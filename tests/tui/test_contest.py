"""Two people save at once: the form asks which value stands where both changed the same field, and loses neither."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from tests.tui.case_desk import CaseDesk, DeskApp, case_app, press, type_text
from tuitrack.domain.errors import Conflict
from tuitrack.domain.words import PromiseOutcome, Status
from tuitrack.tui.screens.case import CaseScreen


@pytest.fixture
def desk() -> CaseDesk:
    """A desk with one case."""
    desk = CaseDesk()
    desk.take()
    return desk


def marko_edits(desk: CaseDesk, **fields: str) -> None:
    """Marko changes fields of the case."""
    desk.services_of("marko").casework.edit(1, fields, desk.file(1).case.version)


async def rewrite_subject(app: DeskApp, pilot: Pilot[None], text: str) -> None:
    """Open the case for editing and give it another subject."""
    await press(app, pilot, "e", "end", "ctrl+u")
    await type_text(app, pilot, text)


async def test_other_fields_are_merged_without_a_question(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await rewrite_subject(app, pilot, "Ana was here")
        marko_edits(desk, product="Washer")
        await press(app, pilot, "f2")
        assert isinstance(app.screen, CaseScreen)
    case = desk.file(1).case
    assert (case.subject, case.product) == ("Ana was here", "Washer")


@pytest.mark.parametrize(
    ("answer", "subject"), [("m", "Ana was here"), ("t", "Marko was here")], ids=["mine", "theirs"]
)
async def test_the_same_field_asks_and_both_texts_are_kept(desk: CaseDesk, answer: str, subject: str) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await rewrite_subject(app, pilot, "Ana was here")
        marko_edits(desk, subject="Marko was here", product="Washer")
        await press(app, pilot, "f2")
        for shown in ("marko changed the same meanwhile", "“Marko was here”", "you: “Ana was here”"):
            assert shown in app.text
        await press(app, pilot, answer)
        assert isinstance(app.screen, CaseScreen)
    file = desk.file(1)
    assert (file.case.subject, file.case.product) == (subject, "Washer")
    told = str([(entry.changes, entry.body) for entry in file.entries])
    assert "Ana was here" in told
    assert "Marko was here" in told


async def test_it_can_be_written_anew_and_nothing_is_stored_until_then(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await rewrite_subject(app, pilot, "Ana was here")
        marko_edits(desk, subject="Marko was here", product="Washer")
        await press(app, pilot, "f2", "w")
        assert "Subject: marko, " in app.text
        assert desk.file(1).case.subject == "Marko was here"
        await press(app, pilot, "end", "ctrl+u")
        await type_text(app, pilot, "Both were here")
        await press(app, pilot, "f2")
    case = desk.file(1).case
    assert (case.subject, case.product) == ("Both were here", "Washer")


async def test_leaving_the_question_leaves_the_form_as_it_was(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await rewrite_subject(app, pilot, "Ana was here")
        marko_edits(desk, subject="Marko was here")
        await press(app, pilot, "f2", "escape")
        assert "Ana was here" in app.text
        assert desk.file(1).case.subject == "Marko was here"


async def test_a_status_given_at_the_same_time_asks_as_well(desk: CaseDesk) -> None:
    marko = desk.services_of("marko").casework
    marko.take(1, desk.file(1).case.version)
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "m", "i")
        marko.move(1, Status.WAITING, desk.file(1).case.version)
        await press(app, pilot, "f2")
        assert "waiting" in app.text
        assert "you: “investigating”" in app.text
        await press(app, pilot, "m")
    assert desk.file(1).case.status is Status.INVESTIGATING


async def test_a_promise_settled_meanwhile_is_told_and_the_text_stays(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "w", "b")
        await type_text(app, pilot, "Forgotten on Friday")
        (promise,) = desk.file(1).promises
        marko = desk.services_of("marko").items
        marko.settle_promise(1, promise.id, PromiseOutcome.KEPT)
        await press(app, pilot, "f2")
        assert "already kept" in app.text
        assert "marko: Promise kept" in app.text
        assert "Others were first" in app.text
        await press(app, pilot, "s")
        assert "Forgotten on Friday" in app.text
        await press(app, pilot, "f2", "k")
        assert isinstance(app.screen, CaseScreen)
        assert "What you typed is kept on the timeline" in app.text
    (kept,) = [entry for entry in desk.file(1).entries if entry.body == "Forgotten on Friday"]
    assert (kept.by, kept.summary) == ("ana", "Typed at the same time and not taken: Because")
    assert desk.file(1).promises[0].outcome is PromiseOutcome.KEPT


async def test_closing_asks_at_its_step(desk: CaseDesk) -> None:
    marko = desk.services_of("marko").closure
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "x")
        await type_text(app, pilot, "A new one was sent.")
        marko.save_resolution(1, {"resolution": "It was repaired."}, desk.file(1).case.version)
        await press(app, pilot, "f2")
        assert "“It was repaired.”" in app.text
        await press(app, pilot, "t")
        assert "A new one was sent." in str([entry.body for entry in desk.file(1).entries])
    assert desk.file(1).case.resolution == "It was repaired."
    with pytest.raises(Conflict):
        desk.services.closure.save_resolution(1, {"resolution": "Neither."}, 1)
