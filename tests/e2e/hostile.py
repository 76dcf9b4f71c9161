"""Texts made to act on a terminal or a screen, and what a program may send to show them."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

# What Textual itself sends: styles, places, modes, and the shape of a mouse pointer.
_OUR_OWN = re.compile(r"\x1b\[[?<>]?[\d;$]*[mHhlup]|\x1b\]22;default\x07")
_COLLECTION = Path(__file__).parents[3] / "shared" / "hostile.json"
_OWN_TEXTS = [
    "\x1b[2Jgone",
    "\x1b]52;c;cHduZWQ=\x07clipboard",
    "\x1b]0;title\x1b\\",
    "\x9b2J\x9d0;x\x9c",
    "\x1bPq\x1b\\",
    "[@click=app.quit]x[/]",
    "[/]",
    "\u202egpj.exe",
    "\u2066\u2069\u200b\ufeff",
    "\U000e0041",
    "a\x00\x05\x0e\x7fb",
    "line\u2028line\u2029\x85",
]
_OWN_BYTES = [b"abc\xe9def", b"\xc0\xaf", b"\x1b[99999999;1u", b"\x1b[48;0;0;0;0t\x1b[<0;1;1M", b"\x1b[200~abc"]


def hostile_texts() -> list[str]:
    """Texts of our own, and a larger collection where this checkout has one beside it."""
    return _OWN_TEXTS + [item["text"] for item in _items() if item["category"] != "input-bytes" and item.get("text")]


def hostile_bytes() -> list[bytes]:
    """Bytes that no keyboard sends; those with Ctrl+Q among them would rightly end the program."""
    found = [item["text"].encode("latin-1") for item in _items() if item["category"] == "input-bytes"]
    return _OWN_BYTES + [data for data in found if b"\x11" not in data]


def odd_characters(output: bytes) -> set[str]:
    """The controls, format marks and surrogates in what a program sent, beside its own way of drawing."""
    drawn = _OUR_OWN.sub("", output.decode())
    odd = {character for character in drawn if unicodedata.category(character) in {"Cc", "Cf", "Cs"}}
    return odd - {"\r", "\n", "\u200c", "\u200d", "\u200e", "\u200f", "\xad"}


def _items() -> list[dict[str, str]]:
    items: list[dict[str, str]] = json.loads(_COLLECTION.read_text("ascii"))["items"] if _COLLECTION.exists() else []
    return items
