"""What is left out of the bytes for a terminal is never missed on its screen."""

from __future__ import annotations

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.style import Style

from tuitrack.tui.terse import terse

COLOURS = st.sampled_from([None, "red", "bright_blue", "color(200)", "#808080", "#000000", "default"])
FLAGS = ("bold", "italic", "underline", "strike", "reverse", "blink")
STYLES = st.builds(
    lambda ink, ground, flags: Style(color=ink, bgcolor=ground, **flags),
    COLOURS,
    COLOURS,
    st.fixed_dictionaries({}, optional={flag: st.booleans() for flag in FLAGS}),
)
WORDS = st.sampled_from(["a", "two words", "Žarko", "李", "\r\n"])
STYLED = st.builds(
    lambda style, word, system: style.render(word, color_system=system), STYLES, WORDS, st.sampled_from(ColorSystem)
)
MOVES = st.builds(lambda row, column: f"\x1b[{row};{column}H", st.integers(1, 5), st.integers(1, 20))
TEXTS = st.lists(st.one_of(STYLED, MOVES, WORDS, st.just("\x1b[?2026h"))).map("".join)


def cells(text: str) -> object:
    screen = pyte.Screen(20, 5)
    pyte.Stream(screen).feed(text.replace("\x1b[?2026h", ""))
    return [[screen.buffer[y][x] for x in range(20)] for y in range(5)], screen.cursor.attrs


@given(TEXTS)
def test_the_screen_is_the_same(text: str) -> None:
    short = terse(text)
    assert cells(short) == cells(text)
    assert len(short) <= len(text)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("plain \x1b[?25l text", "plain \x1b[?25l text"),
        ("\x1b[1;31ma\x1b[0m\x1b[1;31mb\x1b[0m", "\x1b[1;31mab\x1b[m"),
        ("\x1b[31ma\x1b[0m\x1b[2;1H\x1b[31mb\x1b[0m", "\x1b[31ma\x1b[2;1Hb\x1b[m"),
        ("\x1b[31ma\x1b[0m\n\x1b[31mb\x1b[0m", "\x1b[31ma\nb\x1b[m"),
        (
            "\x1b[1;38;2;9;9;9;48;5;7ma\x1b[0m\x1b[38;2;9;9;9;48;5;7mb\x1b[0m",
            "\x1b[1;38;2;9;9;9;48;5;7ma\x1b[22mb\x1b[m",
        ),
        ("\x1b[1ma\x1b[0m\x1b[2mb\x1b[0m\x1b[1;2mc\x1b[0m", "\x1b[1ma\x1b[0;2mb\x1b[0;1;2mc\x1b[m"),
    ],
)
def test_only_what_differs_is_sent(text: str, short: str) -> None:
    assert terse(text) == short
