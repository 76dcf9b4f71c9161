"""A form by its keys: what is typed is read or refused in place, and kept as a draft until it is saved."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from textual import events
from textual.geometry import Region

from tests.tui.form_desk import NOW, DraftStore, FormDeskApp, form_services
from tuitrack.domain.errors import Refusal, StoreFault
from tuitrack.domain.text import TEXT_MAX
from tuitrack.domain.words import CallPurpose, CallResult
from tuitrack.services.once import key_in_force
from tuitrack.tui.fields import (
    ChoiceField,
    DayField,
    Field,
    MoneyField,
    PhonesField,
    SuggestField,
    TextField,
    WhenField,
    YesNoField,
    words,
)
from tuitrack.tui.form import FormScreen
from tuitrack.tui.widgets.choice import letters_for, marked, packed
from tuitrack.tui.widgets.typed_input import TextInput

FIELDS = (
    ChoiceField("purpose", "Purpose", choices=words(CallPurpose), required=True),
    ChoiceField("result", "Result", choices=words(CallResult)),
    YesNoField("told", "Told recorded"),
    TextField("note", "Note"),
    WhenField("due_at", "Due"),
    Field("subject", "Subject"),
)


class Opened:
    """An app with a form on it, and what came of it."""

    def __init__(self, app: FormDeskApp, press: Any) -> None:
        self.app = app
        self.saved: list[dict[str, Any]] = []
        self.answers: list[str | None] = []
        self.refusal: Refusal | None = None
        self.fault: StoreFault | None = None
        self.keys: list[str | None] = []
        """The key under which each save was tried."""
        self._press = press

    async def open(self, fields: Any = FIELDS, **options: Any) -> FormScreen[str]:
        """Push the form under the draft key `f`."""
        form = FormScreen(
            "Form",
            fields,
            self.save,
            services=self.app.services,
            backstage=self.app.backstage,
            draft_key="f",
            **options,
        )
        await self.app.push_screen(form, self.answers.append)
        await self.app.settle()
        return form

    async def save(self, values: dict[str, Any]) -> str:
        """Store the values, or refuse them when the test wants that."""
        self.keys.append(key_in_force())
        if (failure := self.refusal or self.fault) is not None:
            raise failure
        self.saved.append(values)
        return "saved"

    async def press(self, *keys: str) -> None:
        """Press keys and wait for all that follows."""
        await self._press(*keys)
        await self.app.settle()

    async def paste(self, text: str) -> None:
        """Paste, as a terminal does."""
        self.app.post_message(events.Paste(text))
        await self.app.settle()


@pytest.fixture
def store() -> DraftStore:
    return DraftStore()


@pytest.fixture
async def desk(store: DraftStore) -> AsyncIterator[Opened]:
    app = FormDeskApp(form_services(store))
    async with app.run_test(size=(80, 24)) as pilot:
        yield Opened(app, pilot.press)
    app.backstage.drain()


async def test_options_are_picked_by_letter_and_the_next_field_comes(desk: Opened) -> None:
    form = await desk.open()
    await desk.press("u", "v", "n", *"told him", "f2")
    assert desk.saved[0] == {
        "purpose": CallPurpose.UPDATE,
        "result": CallResult.VOICEMAIL,
        "told": False,
        "note": "told him",
        "due_at": None,
        "subject": "",
    }
    assert desk.answers == ["saved"]
    assert form not in desk.app.screen_stack


async def test_a_letter_of_no_option_moves_nothing(desk: Opened) -> None:
    form = await desk.open()
    await desk.press("x")
    assert form.body.rows["purpose"].is_focused
    assert form.body.typed == {}


async def test_a_refusal_goes_to_its_field_and_keeps_everything(desk: Opened) -> None:
    form = await desk.open()
    desk.refusal = Refusal("Subject: too vague.", "subject")
    await desk.press("u", "r", "y", *"a note", "f2")
    assert form.body.rows["subject"].is_focused
    assert form.body.texts["note"] == "a note"
    assert desk.answers == []


async def test_an_unknown_day_is_refused_where_it_stands(desk: Opened) -> None:
    form = await desk.open(focus="due_at", initial={"purpose": CallPurpose.STATUS})
    await desk.press(*"someday", "f2")
    assert form.body.rows["due_at"].is_focused
    assert desk.saved == []


async def test_enter_goes_on_and_in_the_last_line_saves(desk: Opened) -> None:
    await desk.open(focus="due_at", initial={"purpose": CallPurpose.STATUS})
    await desk.press(*"+3d", "enter", *"Late", "enter")
    assert desk.saved[0]["subject"] == "Late"
    assert desk.saved[0]["due_at"].isoformat() == "2026-11-23T17:00:00+01:00"


async def test_leaving_keeps_the_text_and_the_same_form_goes_on_with_it(desk: Opened, store: DraftStore) -> None:
    await desk.open(focus="note")
    await desk.press(*"half a sen", "escape")
    assert store.kept["ana", "f"].values == {"note": "half a sen"}
    assert desk.app.said == ["Kept as a draft. The same key goes on with it."]
    form = await desk.open()
    await desk.press(*"tence")
    assert form.body.texts["note"] == "half a sentence"


async def test_a_half_typed_date_goes_on_at_its_cursor(desk: Opened) -> None:
    await desk.open(focus="due_at")
    await desk.press(*"fri 10", "left", "escape")
    form = await desk.open()
    await desk.press(*"4:3")
    assert form.body.texts["due_at"] == "fri 14:30"


async def test_a_letter_replaces_the_date_that_is_gone_to(desk: Opened) -> None:
    form = await desk.open(focus="note", initial={"due_at": NOW})
    await desk.press("tab", *"mon")
    assert form.body.texts["due_at"] == "mon"


async def test_an_untouched_form_leaves_nothing_behind(desk: Opened, store: DraftStore) -> None:
    await desk.open(initial={"purpose": CallPurpose.STATUS})
    await desk.press("escape")
    assert (store.kept, desk.app.said) == ({}, [])


async def test_saving_forgets_the_draft(desk: Opened, store: DraftStore) -> None:
    form = await desk.open()
    await desk.press("u")
    await form.keep_draft()
    assert store.kept
    await desk.press("f2")
    assert store.kept == {}


async def test_starting_anew_throws_nothing_away(desk: Opened) -> None:
    form = await desk.open(focus="note")
    await desk.press(*"first", "f8")
    assert form.body.texts["note"] == ""
    await desk.press(*"second", "f8")
    assert form.body.texts["note"] == "first"
    await desk.press("f8")
    assert form.body.texts["note"] == "second"


async def test_one_key_goes_to_the_note(desk: Opened) -> None:
    form = await desk.open()
    await desk.press("f4")
    assert form.body.rows["note"].is_focused


async def test_what_is_pasted_is_text_and_one_line_in_a_line(desk: Opened) -> None:
    form = await desk.open(focus="subject")
    await desk.paste("[red]a[/]\n\x1b[2Jb\u202e")
    assert form.body.texts["subject"] == "[red]a[/] \ufffd[2Jb"
    await desk.press("f4")
    await desk.paste("one\r\ntwo")
    assert form.body.texts["note"] == "one\ntwo"


async def test_a_paste_that_is_too_long_is_refused_whole(desk: Opened) -> None:
    form = await desk.open(focus="note")
    await desk.press(*"mine")
    await desk.paste("x" * (TEXT_MAX + 1))
    assert form.body.texts["note"] == "mine"


async def test_suggestions_come_with_the_arrow_keys(desk: Opened) -> None:
    form = await desk.open((SuggestField("category", "Category", suggestions=("price", "privacy", "other")),))
    await desk.press(*"riv", "down")
    assert form.body.texts["category"] == "privacy"
    await desk.press("down")
    assert form.body.texts["category"] == "other"


@pytest.mark.parametrize(
    ("text", "said"), [("", "empty: nobody  ↓ ana · mira"), ("mi", "↓ mira"), ("mira", ""), ("x", "")]
)
def test_an_empty_line_says_what_may_be_taken_over_besides_its_hint(text: str, said: str) -> None:
    desk = form_services(DraftStore()).desk
    field = SuggestField("owner", "Owner", suggestions=("ana", "mira"), hint="empty: nobody")
    assert field.echo(text, desk) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "one is enough"),
        ("091 2", "? unknown, kept as typed"),
        ("091 234 5678", "= +385 91 234 5678"),
        ("091/2345-678 kl. 12; 004312345678", "= +385 91 234 5678 ext. 12, +43 1 2345678"),
        ("091 234 5678, ask for Ana", "? unknown, kept as typed"),
    ],
)
def test_what_was_understood_of_a_phone_is_said(text: str, said: str) -> None:
    desk = form_services(DraftStore()).desk
    assert PhonesField("phones", "Phone", hint="one is enough").echo(text, desk) == said


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (MoneyField("amount", "Amount"), "25,50", "25.50"),
        (PhonesField("phones", "Phones"), "091 23; 01 5", "('091 23', '01 5')"),
        (DayField("day", "Day"), "wed", "2026-11-18"),
        (WhenField("at", "At", prefer="past"), "today", "2026-11-20 10:00:00+01:00"),
        (WhenField("at", "At"), "today", "2026-11-20 17:00:00+01:00"),
        (Field("line", "Line"), "  words ", "words"),
        (DayField("day", "Day"), "", "None"),
    ],
)
def test_texts_are_read(field: Field, text: str, value: str) -> None:
    desk = form_services(DraftStore()).desk
    assert str(field.read(text, desk)) == value


def test_a_shown_value_reads_back() -> None:
    desk = form_services(DraftStore()).desk
    for field, value in (
        (WhenField("at", "At", prefer="past"), NOW),
        (DayField("day", "Day"), NOW.date()),
        (YesNoField("told", "Told"), False),
        (ChoiceField("result", "Result", choices=words(CallResult)), CallResult.NO_ANSWER),
    ):
        assert field.read(field.show(value, desk), desk) == value


def test_another_currency_is_refused() -> None:
    with pytest.raises(Refusal, match="EUR"):
        MoneyField("amount", "Amount").read("25 USD", form_services(DraftStore()).desk)


def test_the_letters_of_options_are_unique() -> None:
    labels = [purpose.label for purpose in CallPurpose]
    letters = letters_for(labels)
    assert len(set(letters)) == len(labels)
    assert [marked(label, letter) for label, letter in zip(labels, letters, strict=True)] == [
        "[s]tatus check",
        "[a]cknowledge",
        "[u]pdate",
        "[v]erify resolution",
        "[g]ather facts",
        "a[p]ology",
        "[o]ther",
    ]
    assert letters_for(["a", "a", "a"]) == ["a", "2", "3"]


def test_options_that_do_not_fit_go_to_the_next_line() -> None:
    assert packed(["reached", "voicemail", "no answer"], 80) == [[0, 1, 2]]
    assert packed(["reached", "voicemail", "no answer"], 30) == [[0, 1], [2]]


async def test_a_text_painted_once_more_after_it_is_gone_draws_nothing(desk: Opened) -> None:
    screen = await desk.open((TextField("note", "Note"),))
    text = screen.query_one(TextInput)
    await text.remove()
    assert [strip.text for strip in text.render_lines(Region(0, 0, 5, 2))] == [" " * 5] * 2
