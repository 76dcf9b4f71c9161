"""A form over a database that fails: every key is noted, what was stored is stored once, and the text stays."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import cast

import pytest

from tests.patience import PATIENCE_S
from tests.tui.form_desk import NOW, DraftStore, FormDeskApp, form_services
from tests.tui.test_form import Opened
from tuitrack.domain.errors import StoredAlready, StoreFault
from tuitrack.domain.keeping import Draft
from tuitrack.services.bundle import Services
from tuitrack.tui.fields import Field
from tuitrack.tui.form import FormScreen
from tuitrack.tui.widgets import form_body

FULL = StoreFault("The disk is full.")
FIELDS = (Field("subject", "Subject"), Field("note", "Note"))


class MemoryJournal:
    """Notes what is typed, unless it is told that it cannot."""

    def __init__(self) -> None:
        self.noted: list[str] = []
        self.can_note = True

    def note(self, draft: Draft) -> bool:
        """Note the subject alone."""
        self.noted.append(draft.values.get("subject", ""))
        return self.can_note

    def drop(self, form: str) -> None:
        """Forget everything."""
        self.noted.clear()

    def left_behind(self) -> Iterator[Draft]:
        """Nothing is left of anybody."""
        return iter(())


@pytest.fixture
def store() -> DraftStore:
    return DraftStore()


@pytest.fixture
def journal() -> MemoryJournal:
    return MemoryJournal()


@pytest.fixture
async def desk(store: DraftStore, journal: MemoryJournal, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Opened]:
    monkeypatch.setattr(form_body, "TRY_AGAIN_AFTER_S", 0.05)
    services = form_services(store)
    app = FormDeskApp(Services(replace(services.desk, journal=lambda: journal)))
    async with app.run_test(size=(80, 24)) as pilot:
        yield Opened(app, pilot.press)
    app.backstage.drain()


async def until_told(form: FormScreen[str], sentence: str) -> None:
    """Wait until the form says something above its fields."""
    async with asyncio.timeout(PATIENCE_S):
        while sentence not in str(form.body.query_one(".news").render()):
            await asyncio.sleep(0)


async def test_every_key_is_noted_until_the_database_has_it(
    desk: Opened, store: DraftStore, journal: MemoryJournal
) -> None:
    await desk.open(FIELDS)
    await desk.press(*"Rou")
    assert journal.noted == ["R", "Ro", "Rou"]
    await desk.press("escape")
    assert journal.noted == []
    assert store.kept["ana", "f"].values == {"subject": "Rou"}


@pytest.mark.parametrize(
    ("can_note", "where"), [(True, "kept in a file beside it"), (False, "on this screen alone: leave it open")]
)
async def test_a_full_disk_is_told_and_the_text_goes_in_when_there_is_room(
    desk: Opened, store: DraftStore, journal: MemoryJournal, can_note: bool, where: str
) -> None:
    journal.can_note = can_note
    form = await desk.open(FIELDS)
    store.fault = FULL
    await desk.press(*"Rou", "escape")
    await until_told(form, where)
    assert form in desk.app.screen_stack
    # Typed while the disk is full still, for it is tried again at any moment.
    await desk.press("t")
    store.fault = None
    await until_told(form, "The database has what you typed again.")
    assert store.kept["ana", "f"].values == {"subject": "Rout"}


async def test_what_an_earlier_try_stored_is_not_stored_again(desk: Opened) -> None:
    form = await desk.open(FIELDS)
    desk.fault = StoreFault("The database went away.")
    await desk.press(*"Rou", "f2")
    await until_told(form, "went away")
    desk.fault, desk.refusal = None, StoredAlready("Stored already.")
    await desk.press("f2")
    assert desk.answers == [None]
    assert desk.app.said == ["Stored already."]


async def test_what_was_changed_after_the_try_that_was_stored_can_be_saved_as_well(desk: Opened) -> None:
    form = await desk.open(FIELDS)
    desk.fault = StoreFault("The database went away.")
    await desk.press(*"Rou", "f2")
    await until_told(form, "went away")
    desk.fault, desk.refusal = None, StoredAlready("Stored already.")
    await desk.press("t", "f2")
    await until_told(form, "What you changed since is not in it")
    desk.refusal = None
    await desk.press("f2")
    assert [values["subject"] for values in desk.saved] == ["Rout"]
    assert len(set(desk.keys)) == 2


async def test_a_draft_that_is_not_read_yet_outlasts_the_end_of_the_program(desk: Opened, store: DraftStore) -> None:
    store.kept["ana", "f"] = Draft(agent="ana", form="f", values={"subject": "Router"}, saved_at=NOW)
    asked, answered, answer = threading.Event(), threading.Event(), store.draft

    def answer_late(agent: str, form: str) -> Draft | None:
        asked.set()
        assert answered.wait(PATIENCE_S)
        return answer(agent, form)

    store.draft = answer_late  # type: ignore[method-assign]
    opening = asyncio.create_task(desk.open(FIELDS))
    await asyncio.to_thread(asked.wait, PATIENCE_S)
    form = cast(FormScreen[str], desk.app.screen)
    ending = asyncio.create_task(form.keep_draft())
    await asyncio.sleep(0)
    answered.set()
    await asyncio.gather(opening, ending)
    assert form.body.texts["subject"] == "Router"
    assert store.kept["ana", "f"].values == {"subject": "Router"}


async def test_a_draft_that_cannot_be_read_is_not_written_over(desk: Opened, store: DraftStore) -> None:
    kept = store.kept["ana", "f"] = Draft(agent="ana", form="f", values={"subject": "Router"}, saved_at=NOW)

    def fail(agent: str, form: str) -> Draft | None:
        raise FULL

    store.draft = fail  # type: ignore[method-assign]
    form = await desk.open(FIELDS)
    await until_told(form, "What you type here is not kept before it is saved.")
    await desk.press(*"Rou")
    assert not await form.body.keep_draft()
    assert store.kept == {("ana", "f"): kept}
    await desk.press("f2")
    assert [values["subject"] for values in desk.saved] == ["Rou"]
