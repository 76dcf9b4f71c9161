"""The texts of the desk as lines: each version in the list, and one whole."""

from __future__ import annotations

from datetime import tzinfo

from tuitrack.domain.desk_texts import DeskText
from tuitrack.services.text_words import read_count, read_text, valid_text
from tuitrack.services.texts import TextVersion
from tuitrack.tui.lines import Line, Tone, wrapped


def version_block(version: TextVersion, zone: tzinfo, width: int) -> list[Line]:
    """A version in a list: what it is and since when, then whether it is read, by whom the person can list."""
    stands = "  IN FORCE" if version.is_in_force else ""
    return [
        *wrapped(f"{version.text.title}, {valid_text(version.text)}{stands}", width, Tone.STRONG),
        *wrapped(f"{read_text(version, zone)}; {read_count(version)}", width - 2, indent=2),
    ]


def text_lines(text: DeskText, width: int) -> list[Line]:
    """A text as it was written, its lines no longer than the width; nothing in it is markup."""
    return [Line(""), *wrapped(text.text, width)]
