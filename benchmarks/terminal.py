"""A terminal in memory: what a person would see of the bytes a program sent."""

from __future__ import annotations

import re

import pyte

COLUMNS, ROWS = 80, 24

# What pyte would show as text: private and intermediate sequences, and window operations.
_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<=>][0-9;:]*[ -/]*[@-~]|\x1b\[\??[0-9;:]*[ -/][@-~]|\x1b\[[0-9;]*t")
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-9;:?<=> ]*)?\Z")


class Terminal:
    """Takes bytes as they come, cut anywhere."""

    def __init__(self) -> None:
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self._held = b""

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of the screen."""
        return tuple(self._screen.display)

    def feed(self, data: bytes) -> None:
        """Draw what was sent."""
        data = self._held + data
        unfinished = _UNFINISHED.search(data)
        cut = unfinished.start() if unfinished else len(data)
        self._held = data[cut:]
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", data[:cut]))
