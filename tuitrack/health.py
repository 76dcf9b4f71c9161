"""What there is to say to an administrator about an installation: its files, one by one, and its database."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from tuitrack import __version__, bootstrap
from tuitrack.domain.errors import StoreFault, TuitrackError
from tuitrack.domain.finding import Finding
from tuitrack.domain.text import counted
from tuitrack.paths import find_paths
from tuitrack.services.desk import Desk
from tuitrack.services.letter_files import own_letters
from tuitrack.services.offers import offer_guide
from tuitrack.services.phrase_files import own_phrases
from tuitrack.services.procedure_file import own_procedures, shipped_procedures
from tuitrack.services.rules import RuleService
from tuitrack.settings import Settings, load

B = TypeVar("B")


def examine() -> Iterator[Finding]:
    """What was found, line by line."""
    paths = find_paths(os.environ)
    settings = load(paths, os.environ)
    yield Finding("tuitrack", __version__)
    has_settings = paths.config.exists()
    yield Finding("settings", f"{paths.config}{'' if has_settings else ', not there: the defaults are in force'}")
    yield from _keys(paths.keys)
    yield _found("offers", lambda: _offers(paths.offers, settings))
    yield _found("phrases", lambda: _own(paths.phrases, "phrase", lambda book: len(book.phrases), own_phrases))
    yield _found("letters", lambda: _own(paths.letters, "letter", lambda book: len(book.letters), own_letters))
    yield _found("procedure", lambda: _procedures(paths.procedure))
    yield Finding("agent", settings.agent)
    yield Finding("time zone", settings.time_zone)
    of_region = f"of {settings.region}, unless another country is typed"
    yield Finding("phone numbers", of_region if settings.region else "with + only: no region is set")
    try:
        store = bootstrap.open_database(paths, settings)
    except StoreFault as fault:
        yield Finding("database", fault.sentence, False)
        return
    try:
        desk = Desk(store=store, agent=settings.agent, settings=settings, clock=bootstrap.clock)
        yield _found("deadlines", lambda: _rules(desk))
        yield from store.findings()
    finally:
        store.close()


def _found(name: str, look: Callable[[], str]) -> Finding:
    """What is told of a side of the installation; what cannot be read there is not well."""
    try:
        return Finding(name, look())
    except TuitrackError as failure:
        return Finding(name, failure.sentence, False)


def _keys(path: Path) -> list[Finding]:
    """What the file of one's own keys does, or each thing that is wrong with it."""
    if not path.exists():
        return [Finding("keys", f"{path}, not there: the usual keys are in force")]
    from tuitrack.tui.keymap import read_keymap

    keymap, faults = read_keymap(path)
    wrong = [Finding("keys", fault, False) for fault in faults]
    return wrong or [Finding("keys", f"{path}, {len(keymap)} commands have other keys")]


def _rules(desk: Desk) -> str:
    """How many rules of deadlines are in force, and since when."""
    found = RuleService(desk).in_force()
    told = counted(len(found.book.rules), "rule")
    if found.book.since is None:
        return f"{told}, of the settings; `tuitrack deadlines --take FILE` puts others in force"
    return f"{told}, number {found.number}, in force since {found.book.since.astimezone(desk.zone):%Y-%m-%d %H:%M}"


def _offers(path: Path, settings: Settings) -> str:
    """How many lines the offer guide has."""
    if not path.exists():
        return f"{path}, not there: anything may be offered"
    return f"{path}, {counted(len(offer_guide(path, settings).offers), 'line')}"


def _own(path: Path, what: str, count: Callable[[B], int], read: Callable[[Path], B | None]) -> str:
    """How many texts of a kind the desk has of its own."""
    if (own := read(path)) is None:
        return f"{path}, not there: those that come with the program"
    return f"{path}, {counted(count(own), what)} before those that come with the program"


def _procedures(path: Path) -> str:
    """How many procedures the file of them has."""
    if (book := own_procedures(path)) is None:
        return f"{path}, not there: the twelve steps of the program are in force"
    return f"{path}, {counted(len(book.procedures) - len(shipped_procedures().procedures), 'procedure')}"
