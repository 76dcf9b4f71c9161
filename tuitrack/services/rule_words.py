"""How rules of deadlines and their versions are told to people, the same on the command line and on the screen."""

from __future__ import annotations

from datetime import tzinfo

from tuitrack.domain.spoken_time import plain_when
from tuitrack.domain.text import counted
from tuitrack.services.rules import InForce


def since_words(version: InForce, zone: tzinfo) -> str:
    """`Rules 3, since Tue 3 Nov 2026, 10:00 (ana)`, or those of the settings."""
    if version.book.since is None:
        return "Rules 0, of the settings"
    by = f" ({version.by})" if version.by else ""
    return f"Rules {version.number}, since {plain_when(version.book.since.astimezone(zone))}{by}"


def version_line(version: InForce, followers: int, zone: tzinfo) -> str:
    """A version with how many rules it has and how many open cases follow it."""
    return f"{since_words(version, zone)}: {counted(len(version.book.rules), 'rule')}, {followed(followers)}"


def followed(number: int) -> str:
    """`12,340 open cases`."""
    return counted(number, "open case")
