"""The looks of the program: one set of tokens for every theme; the sheets name tokens and no colours."""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import Theme

_DARK = {
    "line-ink": "#ffffff",
    "line-ground": "#000080",
    "strong-ink": "#ffffff",
    "quiet-ink": "#a8a8a8",
    "overdue-ink": "#ff5f5f",
    "overdue-ground": "#800000",
    "soon-ink": "#ffd75f",
    "good-ink": "#87d787",
    "cursor-ink": "#000000",
    "cursor-ground": "#c0c0c0",
    "field-ink": "#ffffff",
    "field-ground": "#262626",
    "focus-ink": "#ffffff",
    "focus-ground": "#000080",
    "dialog-ground": "#121212",
    "dialog-edge": "#a8a8a8",
}
"""Colours chosen so that the nearest of 16 terminal colours still tells ink from ground."""
_LIGHT = {
    "line-ink": "#ffffff",
    "line-ground": "#000080",
    "strong-ink": "#000000",
    "quiet-ink": "#5f5f5f",
    "overdue-ink": "#af0000",
    "overdue-ground": "#ffd7d7",
    "soon-ink": "#875f00",
    "good-ink": "#005f00",
    "cursor-ink": "#ffffff",
    "cursor-ground": "#303030",
    "field-ink": "#000000",
    "field-ground": "#e4e4e4",
    "focus-ink": "#ffffff",
    "focus-ground": "#000080",
    "dialog-ground": "#f4f4f4",
    "dialog-edge": "#5f5f5f",
}
_BLACK, _WHITE = "#000000", "#ffffff"
_HIGH_CONTRAST = {
    "line-ink": _BLACK,
    "line-ground": _WHITE,
    "strong-ink": _WHITE,
    "quiet-ink": "#dadada",
    "overdue-ink": "#ffaf87",
    "overdue-ground": _BLACK,
    "soon-ink": "#ffff5f",
    "good-ink": "#5fff5f",
    "cursor-ink": _BLACK,
    "cursor-ground": "#ffff00",
    "field-ink": _WHITE,
    "field-ground": "#303030",
    "focus-ink": _BLACK,
    "focus-ground": "#ffff00",
    "dialog-ground": _BLACK,
    "dialog-edge": _WHITE,
}
_COLOUR_BLIND = _DARK | {
    "line-ground": "#00005f",
    "overdue-ink": "#ffaf00",
    "overdue-ground": "#5f3700",
    "soon-ink": "#ffd787",
    "good-ink": "#87afff",
    "focus-ground": "#00005f",
}
"""Blue against orange, which nearly everybody tells apart; red and green stand nowhere."""
_MONOCHROME = {name: _BLACK if name.endswith("-ground") else _WHITE for name in _DARK} | {
    "cursor-ink": _BLACK,
    "cursor-ground": _WHITE,
    "line-ink": _BLACK,
    "line-ground": _WHITE,
}


def _theme(name: str, tokens: dict[str, str], ink: str, ground: str, *, dark: bool) -> Theme:
    return Theme(
        name=name,
        primary=tokens["focus-ground"],
        secondary=tokens["quiet-ink"],
        warning=tokens["soon-ink"],
        error=tokens["overdue-ink"],
        success=tokens["good-ink"],
        accent=tokens["focus-ground"],
        foreground=ink,
        background=ground,
        surface=ground,
        panel=tokens["dialog-ground"],
        dark=dark,
        variables={"ink": ink, "ground": ground, **tokens},
    )


THEMES = {
    theme.name: theme
    for theme in (
        _theme("dark", _DARK, "#e4e4e4", _BLACK, dark=True),
        _theme("light", _LIGHT, _BLACK, _WHITE, dark=False),
        _theme("high-contrast", _HIGH_CONTRAST, _WHITE, _BLACK, dark=True),
        _theme("colour-blind", _COLOUR_BLIND, "#e4e4e4", _BLACK, dark=True),
        _theme("monochrome", _MONOCHROME, _WHITE, _BLACK, dark=True),
    )
}

THEME_LABELS = {
    "dark": "dark",
    "light": "light",
    "high-contrast": "high contrast",
    "colour-blind": "colour-blind safe (blue and orange)",
    "monochrome": "monochrome",
}
"""The looks one may choose, by the name a person reads."""


def theme_for(wanted: str, environ: Mapping[str, str]) -> str:
    """The theme to start with: the wanted one, unless the person's environment asks for no colours."""
    return "monochrome" if environ.get("NO_COLOR") else wanted
