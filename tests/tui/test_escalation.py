"""Escalating a case by its key."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from textual import events

from tests.builders import NOW
from tests.fakes import MemoryReader
from tests.patience import PATIENCE_S
from tests.tui.case_desk import CaseDesk, case_app, press, type_text
from tests.tui.snapshot import check_snapshot


async def test_a_case_is_escalated_goes_on_and_comes_to_an_end() -> None:
    desk = CaseDesk()
    desk.take()
    desk.now = NOW
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "E", "s")
        assert "ana · marko" in app.text
        await type_text(app, pilot, "marko")
        await press(app, pilot, "tab", *"He asks for you.", "f2")
        check_snapshot(app, "case_escalated_80x24")
        await press(app, pilot, "E", *"Not mine.", "tab", "m", *"board", "f2")
        assert "! ESCALATED to management, board, since Wed 18 Nov 13:00: Not mine." in app.text
        await press(app, pilot, "E", *"They pay.", "f2")
        assert "ESCALATED" not in app.text
        assert "Escalation to management, board ended" in app.text
        await press(app, pilot, "u")
        assert "! ESCALATED to management, board" in app.text


async def test_where_it_lies_before_somebody_a_refusal_keeps_what_was_typed() -> None:
    desk = CaseDesk()
    case = desk.take()
    values = {"level": "2", "to": "marko", "reason": "He asks."}
    desk.services.escalations.escalate(case.id, values, case.version)
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "E", *"Agreed.", "tab", "s", "f2")
        assert "To: this is needed." in app.text
        assert "Agreed." in app.text


@pytest.mark.parametrize("keys", ["Es", "hmar"])
async def test_keys_typed_ahead_wait_for_the_form_though_the_agents_are_slow_to_come(
    keys: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, gate = CaseDesk(), threading.Event()
    desk.take()
    quick = desk.store.reading

    @contextmanager
    def slow() -> Iterator[MemoryReader]:
        gate.wait(PATIENCE_S)
        with quick() as reader:
            yield reader

    async with case_app(desk, 1) as (app, _):
        monkeypatch.setattr(desk.store, "reading", slow)
        for key in keys:
            app.post_message(events.Key(key, key))
        # Long enough for a key that does not wait to land on the case.
        await asyncio.wait({asyncio.create_task(app.keys.settled())}, timeout=0.5)
        gate.set()
        await app.settle()
        assert "(•) [s]upervisor" in app.text or "New owner             mar" in app.text
