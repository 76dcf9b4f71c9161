"""No key of a burst is lost, and none lands where it was not meant."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import ClassVar

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static, TextArea

from tests.patience import PATIENCE_S
from tuitrack.tui.base_app import KeyedApp


class Form(ModalScreen[str]):
    """A text saved by a priority key."""

    AUTO_FOCUS = "TextArea"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "save", priority=True)]

    def compose(self) -> ComposeResult:
        yield TextArea()

    def action_save(self) -> None:
        self.dismiss(self.query_one(TextArea).text)


class Desk(App[None]):
    """Letters are commands until the query has the focus; `f` loads, opens a form and saves what it gives back."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "query"),
        Binding("f", "form"),
        Binding("p", "push"),
        Binding("ctrl+q", "leave", priority=True),
        *[Binding(letter, f"stray('{letter}')") for letter in "overdua"],
    ]

    def __init__(self) -> None:
        super().__init__()
        self.strays = ""
        self.queries: list[str] = []
        self.saved: list[str] = []
        self.loaded = asyncio.Event()
        self.stored = asyncio.Event()

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Input()
        yield Static()

    def action_query(self) -> None:
        self.query_one(Input).focus()

    def action_stray(self, letter: str) -> None:
        self.strays += letter

    def action_leave(self) -> None:
        self.exit()

    def action_push(self) -> None:
        self.push_screen(Form(), lambda text: self.saved.append(text or ""))

    def action_form(self) -> None:
        self.run_worker(self.fill_form())

    async def fill_form(self) -> None:
        await self.push_screen_wait(Form())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.queries.append(event.value)
        event.input.clear()
        self.screen.set_focus(None)


class KeyedDesk(Desk, KeyedApp):
    """The desk behind the key feed."""

    async def fill_form(self) -> None:
        with self.hold_keys():
            await self.loaded.wait()
        text = await self.push_screen_wait(Form())
        with self.hold_keys():
            await self.stored.wait()
            self.saved.append(text)

    async def keep_everything(self) -> None:
        self.saved.append(self.query_one(Input).value)


def burst(app: App[None], keys: Iterable[str]) -> None:
    """Post keys all at once, as one read of the terminal delivers them."""
    names = {"/": "slash", "\r": "enter", "\x13": "ctrl+s", "\x11": "ctrl+q"}
    for key in keys:
        app.post_message(events.Key(names.get(key, key), key))


async def test_a_stock_app_runs_stray_commands() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        burst(app, "/overdue\r")
        await pilot.pause()
    assert app.strays, "Textual feeds keys one at a time now: the key feed may go"


async def test_a_burst_is_typed_into_the_query() -> None:
    app = KeyedDesk()
    async with app.run_test():
        burst(app, "/overdue\r/over\rd")
        await app.keys.settled()
    assert (app.queries, app.strays) == (["overdue", "over"], "d")


async def test_keys_typed_while_a_screen_loads_land_on_it() -> None:
    app = KeyedDesk()
    app.stored.set()
    async with app.run_test():
        burst(app, "fover due\x13d")
        await asyncio.sleep(0)
        app.loaded.set()
        await app.keys.settled()
    assert (app.saved, app.strays) == (["over due"], "d")


async def test_the_screen_is_painted_while_a_burst_waits_for_a_load() -> None:
    app = KeyedDesk()
    app.stored.set()
    async with app.run_test():
        await app.keys.settled()
        burst(app, "fdue\x13d")
        async with asyncio.timeout(PATIENCE_S):
            while not app._batch_count:
                await asyncio.sleep(0)
            # Nothing is painted while this is more.
            while app._batch_count:
                await asyncio.sleep(0)
        app.loaded.set()
        await app.keys.settled()
    assert (app.saved, app.strays) == (["due"], "d")


async def test_keys_wait_for_a_save() -> None:
    app = KeyedDesk()
    app.loaded.set()
    async with app.run_test():
        burst(app, "fa\x13d")
        for _ in range(1000):
            await asyncio.sleep(0)
        assert (app.saved, app.strays) == ([], "")
        app.stored.set()
        await app.keys.settled()
    assert (app.saved, app.strays) == (["a"], "d")


async def test_a_save_key_does_not_overtake_the_text() -> None:
    app = KeyedDesk()
    text = "a" * 300
    async with app.run_test():
        burst(app, f"p{text}\x13d")
        await app.keys.settled()
    assert (app.saved, app.strays) == ([text], "d")


async def test_a_paste_keeps_its_place_among_the_keys() -> None:
    app = KeyedDesk()
    async with app.run_test():
        burst(app, "/a")
        app.post_message(events.Paste("PASTED"))
        burst(app, "o\r")
        await app.keys.settled()
    assert app.queries == ["aPASTEDo"]


async def test_keys_after_the_one_that_leaves_are_dropped() -> None:
    app = KeyedDesk()
    async with app.run_test():
        burst(app, "d\x11over")
        await app.keys.settled()
    assert app.strays == "d"


async def test_pilot_waits_for_what_a_key_sets_off() -> None:
    app = KeyedDesk()
    app.stored.set()
    app.loaded.set()
    async with app.run_test() as pilot:
        await pilot.press("f")
        assert isinstance(app.screen, Form)
        await pilot.press("a", "ctrl+s")
        assert app.saved == ["a"]


async def test_a_hold_within_a_hold_counts_once() -> None:
    app = KeyedDesk()
    async with app.run_test():
        with app.hold_keys():
            with app.hold_keys():
                burst(app, "d")
            for _ in range(1000):
                await asyncio.sleep(0)
            assert app.strays == ""
        await app.keys.settled()
    assert app.strays == "d"


async def test_a_hold_ends_when_its_body_fails() -> None:
    app = KeyedDesk()
    async with app.run_test():
        with pytest.raises(LookupError), app.hold_keys():
            raise LookupError
        burst(app, "d")
        await app.keys.settled()
    assert app.strays == "d"


async def test_hanging_up_keeps_what_was_typed_and_leaves() -> None:
    app = KeyedDesk()
    async with app.run_test() as pilot:
        await pilot.press("slash", "d", "u")
        app.hang_up(15)
        app.hang_up(1)
        await app._leaving  # type: ignore[misc]
    assert (app.saved, app.return_code) == (["du"], 143)


async def test_a_keeper_that_never_ends_does_not_hold_the_program() -> None:
    class Stuck(KeyedApp):
        KEEP_LIMIT_S = 0.01

        async def keep_everything(self) -> None:
            await asyncio.Event().wait()

    app = Stuck()
    async with app.run_test():
        app.hang_up()
        await app._leaving  # type: ignore[misc]
    assert app.return_code == 129


async def test_fields_do_not_blink_and_links_open_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    app = KeyedDesk()
    async with app.run_test() as pilot:
        await pilot.press("slash")
        assert not app.query_one(Input).cursor_blink
        app.open_url("https://example.org")
    assert opened == []


async def test_no_key_of_textual_is_inherited() -> None:
    class Bare(KeyedApp):
        pass

    app = Bare()
    async with app.run_test() as pilot:
        await pilot.press("ctrl+q", "ctrl+c", "ctrl+p")
        assert app.is_running
        assert app.active_bindings.keys().isdisjoint({"ctrl+q", "ctrl+p"})
