"""Texts of the desk: brought in version by version, read inside the program, and who has read which."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tuitrack.domain.desk_texts import DESK_TEXT_MAX, SHIPPED, DeskText, TextReading, in_force
from tuitrack.domain.errors import NotFound, Refusal
from tuitrack.domain.people import Agent
from tuitrack.domain.permissions import Right
from tuitrack.domain.spoken_time import plain_day
from tuitrack.domain.text import clean
from tuitrack.lean import dataclass
from tuitrack.services.desk import Desk
from tuitrack.services.rights import writing
from tuitrack.settings import read_text

SHIPPED_NAME = "procedure"
"""The text that comes with the program, so that there is always one to read."""
_NAME = re.compile("[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True)
class TextVersion:
    """A version of a text, and who has read it."""

    text: DeskText
    readings: tuple[TextReading, ...]
    """Oldest first."""
    agents: tuple[Agent, ...]
    """Everybody who works at the desk, by name."""
    is_in_force: bool
    read_at: datetime | None
    """When the person at work said that they have read it."""

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from every other version of every text."""
        return self.text.name, self.text.version

    @property
    def not_read_by(self) -> list[Agent]:
        """Who works at the desk and has not said so, by name."""
        readers = {reading.agent for reading in self.readings}
        return [agent for agent in self.agents if agent.handle not in readers]


class TextService:
    """Brings texts in and keeps who has read them; what was brought in is never changed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def take(self, name: str, path: Path, valid_from: date) -> DeskText:
        """Bring a file in as the next version of a text; raises Refusal, and NotAllowed where that is for others."""
        if _NAME.fullmatch(name) is None:
            raise Refusal(
                f"Name: expected small letters, digits and hyphens, such as policy; not {name[:60]!r}.", "name"
            )
        text = read_desk_text(path)
        with writing(self._desk, Right.EDIT_TEXTS) as writer:
            known = [one for one in _all(writer) if one.name == name]
            standing = next(iter(in_force(known, self._desk.today())), None)
            if standing is not None and valid_from < standing.valid_from:
                raise Refusal(
                    f"From: {standing.title} is in force since {plain_day(standing.valid_from)}; "
                    "a new version begins on that day at the earliest, so that what was in force stays so.",
                    "from",
                )
            return writer.add(
                DeskText(
                    name=name,
                    version=max((one.version for one in known), default=SHIPPED) + 1,
                    valid_from=valid_from,
                    by=self._desk.agent,
                    entered_at=self._desk.clock(),
                    text=text,
                )
            )

    def all(self) -> list[TextVersion]:
        """Every version of every text, by name, the newest first."""
        with self._desk.store.reading() as reader:
            return self._versions(reader, self._desk.today())

    def of_case(self, case_id: int) -> list[TextVersion]:
        """The versions that were in force when a case was received, by name; raises NotFound."""
        with self._desk.store.reading() as reader:
            day = self._desk.day_of(reader.case(case_id).received_at)
            return [one for one in self._versions(reader, day) if one.is_in_force]

    def version(self, name: str, number: int | None = None) -> TextVersion:
        """A version by its number, without one the one in force, else the next to come; raises NotFound."""
        known = [one for one in self.all() if one.text.name == name]
        if not known:
            raise NotFound(f"Text: there is none called {clean(name, lines=False)[:40]}.")
        if number is None:
            return next((one for one in known if one.is_in_force), known[-1])
        for one in known:
            if one.text.version == number:
                return one
        raise NotFound(f"Text: {name} has no version {number}; the newest is version {known[0].text.version}.")

    def to_read(self) -> list[DeskText]:
        """What was brought in, is in force or will be, and was not read by the person at work."""
        with self._desk.store.reading() as reader:
            if not reader.desk_texts():
                return []
        return [one.text for one in self.all() if self._asks_to_be_read(one)]

    def confirm(self, name: str, number: int) -> TextReading:
        """Keep that the person at work has read a version; said again, it stays as it was first said."""
        version = self.version(name, number)
        with writing(self._desk) as writer:
            for reading in writer.text_readings():
                if (reading.name, reading.version, reading.agent) == (*version.key, self._desk.agent):
                    return reading
            me, now = self._desk.agent, self._desk.clock()
            return writer.add(TextReading(name=name, version=number, agent=me, at=now))

    def _asks_to_be_read(self, version: TextVersion) -> bool:
        coming = version.text.valid_from > self._desk.today()
        return not version.text.is_shipped and version.read_at is None and (version.is_in_force or coming)

    def _versions(self, reader: Reader, day: date) -> list[TextVersion]:
        """Every version, with those marked that were in force on a day."""
        texts, readings = _all(reader), reader.text_readings()
        standing = in_force(texts, day)
        agents = tuple(agent for agent in reader.agents() if agent.active)
        versions = []
        for text in sorted(texts, key=lambda one: (one.name, -one.version)):
            of_text = tuple(one for one in readings if (one.name, one.version) == (text.name, text.version))
            mine = next((one.at for one in of_text if one.agent == self._desk.agent), None)
            versions.append(TextVersion(text, of_text, agents, text in standing, mine))
        return versions


def read_desk_text(path: Path) -> str:
    """The text of a Markdown or plain file, made safe; raises Refusal for what is no such file."""
    text = read_text(path) if path.is_file() else None
    if text is None:
        raise Refusal(f"{path} is no file that can be read.", "file")
    text = clean(text).strip("\n")
    if not text.strip():
        raise Refusal(f"{path} is empty; a text of the desk says something.", "file")
    if len(text) > DESK_TEXT_MAX:
        raise Refusal(f"{path} has {len(text):,} characters; a text has {DESK_TEXT_MAX:,} at the most.", "file")
    return text


def _all(reader: Reader) -> list[DeskText]:
    return [_shipped(), *reader.desk_texts()]


@cache
def _shipped() -> DeskText:
    """The procedure that holds until the desk brings in its own."""
    text = (Path(__file__).parent / "shipped" / f"{SHIPPED_NAME}.md").read_text("utf-8")
    return DeskText(
        name=SHIPPED_NAME,
        version=SHIPPED,
        valid_from=date.min,
        by="",
        entered_at=datetime.min.replace(tzinfo=UTC),
        text=text.rstrip("\n"),
    )


if TYPE_CHECKING:
    from tuitrack.services.ports import Reader
