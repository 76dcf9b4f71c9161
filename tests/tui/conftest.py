"""Screens are tested by their keys, without waiting for the processor to fall idle after each of them."""

from __future__ import annotations

from typing import Any

import pytest
import textual.app
from textual._context import active_app

from tuitrack.tui.base_app import KeyedApp


@pytest.fixture(autouse=True)
def keys_settle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `pilot.press` wait until the key feed says that a key is done, instead of guessing from the load.

    Textual measures how busy the process is, 40 ms a key at least; for other apps than ours it still does.
    """
    stock_wait = vars(textual.app)["wait_for_idle"]

    async def wait_for_keys(*limits: Any) -> None:
        app = active_app.get()
        if isinstance(app, KeyedApp):
            await app.keys.settled()
        else:
            await stock_wait(*limits)

    monkeypatch.setattr(textual.app, "wait_for_idle", wait_for_keys)
