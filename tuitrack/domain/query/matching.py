"""How typed values are compared with stored ones, the same way in every store: accents and case ignored."""

from __future__ import annotations

import re

from tuitrack.domain.phone import digits_of
from tuitrack.domain.query.fields import ANY_STEP
from tuitrack.domain.text import fold, words_of

_BETWEEN_TAGS = re.compile(r"[,;]")


def begins(stored: str, typed: str, whole: bool = False) -> bool:
    """Whether a stored value begins as typed, or with `whole` is nothing else."""
    return plain(stored) == plain(typed) if whole else plain(stored).startswith(plain(typed))


def has_tag(stored: str, typed: str, whole: bool = False) -> bool:
    """Whether one of the stored tags begins as typed, or is so called; commas or semicolons part them."""
    return any(begins(tag, typed, whole) for tag in tags_of(stored))


def step_begun(typed: str) -> str:
    """How the key words of the steps that are meant begin."""
    folded = fold(typed)
    return "" if folded == ANY_STEP else folded


def tags_of(stored: str) -> list[str]:
    """The single tags of a stored list."""
    return [tag.strip() for tag in _BETWEEN_TAGS.split(stored) if tag.strip()]


def has_number(reference: str, foreign_id: str, typed: str) -> bool:
    """Whether the typed words are parts of one of the case's numbers, whose leading zeros may be left off.

    The year and the check digit of a reference, which many have, are not enough.
    """
    wanted = set(words_of(typed))
    if not wanted <= set(number_words(reference)):
        return wanted <= set(number_words(foreign_id))
    longest, digits = max(words_of(reference), key=len), digits_of(reference)
    return not wanted.isdisjoint((longest, longest.lstrip("0"), digits)) or wanted <= set(number_words(foreign_id))


def number_words(number: str) -> list[str]:
    """The words by which a number is found: its parts, and its bare digits, with and without leading zeros."""
    parts, digits = words_of(number), digits_of(number)
    return [*parts, digits, digits.lstrip("0"), *(part.lstrip("0") for part in parts)]


def plain(text: str) -> str:
    """A value as it is compared: folded, its blanks single."""
    return " ".join(fold(text).split())
