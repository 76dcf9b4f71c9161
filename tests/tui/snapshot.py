"""Screens as plain text, compared with what was accepted before; TUITRACK_SNAPSHOT=write accepts what is there."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

from textual.app import App

FOLDER = Path(__file__).parent / "snapshots"


def screen_text(app: App[Any]) -> str:
    """What the top screen shows, line by line, without the blanks at the ends of lines."""
    # The compositor is where Textual itself takes the lines from; no public name leads to them.
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips) + "\n"


async def painted(app: App[Any]) -> None:
    """Wait until the screen in front is painted: new widgets learn their size in one refresh, and show in the next."""
    for _ in range(2):
        screen, done = app.screen, asyncio.get_running_loop().create_future()
        screen.call_after_refresh(done.set_result, None)
        while app.is_running and app.screen is screen and not (await asyncio.wait({done}, timeout=0.1))[0]:
            pass


def check_snapshot(app: App[Any], name: str) -> None:
    """Fail where the screen differs from the accepted text of this name."""
    shown, accepted = screen_text(app), FOLDER / f"{name}.txt"
    if os.environ.get("TUITRACK_SNAPSHOT") == "write":
        FOLDER.mkdir(exist_ok=True)
        accepted.write_text(shown, encoding="utf-8")
    assert shown == accepted.read_text(encoding="utf-8")
