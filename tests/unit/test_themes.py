"""Themes: every pair of colours that stand on each other can be read, and each theme has all of them."""

from __future__ import annotations

from typing import get_args, get_type_hints

import pytest

from tuitrack.settings import Settings
from tuitrack.tui.themes import THEME_LABELS, THEMES, theme_for

PAIRS = [
    ("ink", "ground"),
    ("ink", "dialog-ground"),
    ("line-ink", "line-ground"),
    ("strong-ink", "ground"),
    ("quiet-ink", "ground"),
    ("quiet-ink", "dialog-ground"),
    ("overdue-ink", "ground"),
    ("overdue-ink", "dialog-ground"),
    ("soon-ink", "dialog-ground"),
    ("cursor-ink", "cursor-ground"),
    ("field-ink", "field-ground"),
    ("focus-ink", "focus-ground"),
]


def brightness(colour: str) -> float:
    """Relative luminance of a colour such as #8a2be2, by the formula of WCAG 2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How far apart two colours are, from 1 to 21."""
    dark, light = sorted((brightness(one), brightness(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_ink_can_be_read_on_its_ground(name: str, ink: str, ground: str) -> None:
    colours = THEMES[name].variables
    assert contrast(colours[ink], colours[ground]) >= (7 if name == "high-contrast" else 4.5)


def test_every_theme_has_every_token() -> None:
    assert {frozenset(theme.variables) for theme in THEMES.values()} == {frozenset(THEMES["dark"].variables)}


def test_every_theme_can_be_configured_and_chosen() -> None:
    configured = get_args(get_args(get_type_hints(Settings, include_extras=True)["theme"])[0])
    assert set(configured) == set(THEMES) == set(THEME_LABELS)


def test_nobody_who_asked_for_no_colours_gets_any() -> None:
    assert theme_for("light", {"NO_COLOR": "1"}) == "monochrome"
    assert theme_for("light", {"NO_COLOR": ""}) == "light"
