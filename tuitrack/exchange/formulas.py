"""Keeps spreadsheets from running what people typed, and takes that care back when such a table comes in again."""

from __future__ import annotations

from tuitrack.domain.text import clean

_BLANKS = (
    " \t\r\n\x0b\x0c\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b"
    "\u202f\u205f\u3000\ufeff"
)
"""What spreadsheets skip before they look for a formula."""
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def neutral(text: str) -> str:
    """Text that no spreadsheet takes for a formula: control characters gone, an apostrophe before a risky start."""
    if text[:1].isalnum():
        # No formula begins so; and most text has nothing to clean either.
        return text.rstrip(" ") if text.isascii() and text.isprintable() else clean(text)
    if not text:
        return text
    cleaned = clean(text)
    return "'" + cleaned if _is_risky(cleaned) or (text != cleaned and _is_risky(text)) else cleaned


def as_it_was(text: str) -> str:
    """The text that `neutral` put an apostrophe before; any other text as it stands."""
    return text[1:] if text.startswith("'") and _is_risky(text[1:]) else text


def _is_risky(text: str) -> bool:
    return text.startswith(_FORMULA_STARTS) or text.lstrip(_BLANKS).startswith(_FORMULA_STARTS)
