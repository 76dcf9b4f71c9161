"""What is told of the texts of the desk, the same in every list of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from tuitrack.domain.desk_texts import DeskText
from tuitrack.domain.people import names_of
from tuitrack.domain.spoken_time import plain_day, plain_when
from tuitrack.services.texts import TextVersion


def valid_text(text: DeskText) -> str:
    """From when a version is in force: `valid from Tue 1 Dec 2026`."""
    if text.is_shipped:
        return "as shipped, until the desk brings in its own"
    return f"valid from {plain_day(text.valid_from)}"


def brought_line(text: DeskText, zone: tzinfo) -> str:
    """From when a version is in force, and who brought it in."""
    brought = "" if text.is_shipped else f", brought in by {text.by} on {plain_when(text.entered_at.astimezone(zone))}"
    return f"{valid_text(text)}{brought}"


def read_text(version: TextVersion, zone: tzinfo) -> str:
    """Whether the person at work has read a version, and when."""
    return f"read by you {plain_when(version.read_at.astimezone(zone))}" if version.read_at else "not read by you"


def read_count(version: TextVersion) -> str:
    """How many of those who work at the desk have read a version: `2 of 5 have read it`."""
    agents = len(version.agents)
    return f"{agents - len(version.not_read_by)} of {agents} have read it"


def version_line(version: TextVersion, zone: tzinfo) -> str:
    """A version on one line."""
    stands = ["in force"] if version.is_in_force else []
    told = [version.text.title, valid_text(version.text), *stands, read_text(version, zone), read_count(version)]
    return "; ".join(told)


def reader_lines(version: TextVersion, zone: tzinfo) -> list[str]:
    """Who has read a version and when, then who has not, by name."""
    names = names_of(version.agents)
    read = [
        f"read      {names.get(one.agent, one.agent)}, {plain_when(one.at.astimezone(zone))}"
        for one in version.readings
    ]
    return [*read, *(f"not read  {agent.name}" for agent in version.not_read_by)]


def to_read_line(texts: Sequence[DeskText], key: str) -> str:
    """What to say at the start to somebody who has not read what the desk brought in, at least one text."""
    first = f"New text to read: {texts[0].title}, {valid_text(texts[0])}"
    more = f", and {len(texts) - 1} more" if len(texts) > 1 else ""
    return f"{first}{more}. {key} opens it."
