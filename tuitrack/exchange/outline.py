"""Named facts in sections, which Markdown, HTML and plain lines only write down differently."""

from __future__ import annotations

from tuitrack.lean import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """What something is called, and what it is; of one line or several."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One of several like things: a promise, a call, an entry of the timeline."""

    title: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the outline, with facts of its own or with items."""

    title: str
    facts: tuple[Fact, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """All sections under one title, such as a case as it stood at one moment."""

    title: str
    sections: tuple[Section, ...]
