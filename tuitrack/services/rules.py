"""The rules of deadlines as people look at them and change them: what is in force, what was, and who follows which."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tuitrack.domain.clock_rules import RuleBook
from tuitrack.domain.errors import Refusal
from tuitrack.domain.keeping import RuleVersion
from tuitrack.domain.permissions import Right
from tuitrack.domain.queue import QueueQuery, Sort
from tuitrack.lean import dataclass
from tuitrack.services.clock_rules import WHERE, RuleShelf, read_kept
from tuitrack.services.desk import Desk
from tuitrack.services.own_rules import SETTINGS, OwnRules, of_file, of_kept
from tuitrack.services.rights import writing

NO_VERSION = 0
"""The number of the rules of a desk that never put any in force, which are those of its settings."""
_COUNTED_MOST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class InForce:
    """Rules that are or were in force."""

    number: int
    """That of the version, which a query takes after `rules:`."""
    book: RuleBook
    own: OwnRules
    by: str = ""
    """Who put them in force; empty where the settings did."""


def following(number: int) -> QueueQuery:
    """The open cases that follow a version."""
    return QueueQuery(text=f"is:open -status:closed rules:{number}")


def not_following(number: int) -> QueueQuery:
    """The open cases that follow other rules than a version."""
    return QueueQuery(text=f"is:open -status:closed -rules:{number}", sort=Sort.ENTERED)


class RuleService:
    """Reads and changes the rules of a desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def versions(self) -> list[InForce]:
        """All that are or were in force, the newest first."""
        settings = self._desk.settings
        with self._desk.store.reading() as reader:
            kept = reader.rule_versions()
            first = RuleShelf(settings, ()).at(self._desk.clock())
        of_settings = InForce(NO_VERSION, first, OwnRules(presets=(SETTINGS,)))
        known = [
            InForce(one.id, read_kept(one.text, settings.time_zone, one.since), of_kept(one.text), one.by)
            for one in kept
        ]
        return [*reversed(known), of_settings]

    def in_force(self) -> InForce:
        """Those in force now."""
        return self.versions()[0]

    def followers(self, number: int) -> int:
        """How many open cases follow a version."""
        return self._count(following(number))

    def others(self, number: int) -> int:
        """How many open cases follow other rules than a version."""
        return self._count(not_following(number))

    def book(self, own: OwnRules, where: str = WHERE) -> RuleBook:
        """The rules as they would be in force; raises Refusal for whatever is wrong with them."""
        return own.book(self._desk.settings, where)

    def of_file(self, path: Path) -> OwnRules:
        """What a file says; raises Refusal for whatever is wrong with it."""
        own = of_file(path)
        self.book(own, path.name)
        return own

    def put_in_force(self, own: OwnRules, seen: int) -> int:
        """Let rules hold from now on, and return their number; the same as before are no new version.

        `seen` is the number of those that the person had before their eyes. Raises Refusal where somebody else has put
        others in force since, or the person at work may not.
        """
        with writing(self._desk, Right.EDIT_RULES) as writer:
            return settled(self._desk, writer, own, seen)

    def _count(self, query: QueueQuery) -> int:
        with self._desk.store.reading() as reader:
            return reader.count(query, self._desk.now(), _COUNTED_MOST)


def newest(reader: Reader) -> RuleVersion | None:
    """The version in force; None where the settings are."""
    return next(reversed(reader.rule_versions()), None)


def settled(desk: Desk, writer: Writer, own: OwnRules, seen: int) -> int:
    """Put rules in force in the caller's transaction; return their number."""
    version, text = newest(writer), own.text(desk.settings)
    if version is not None and version.text == text:
        return version.id
    if version is not None and version.id != seen:
        when = f"{version.since.astimezone(desk.zone):%d %b %Y %H:%M}"
        raise Refusal(
            f"{WHERE}: {version.by or 'somebody'} put others in force on {when}. Look, then change them again."
        )
    own.book(desk.settings, WHERE)
    return writer.add(RuleVersion(since=desk.clock(), by=desk.agent, text=text)).id


if TYPE_CHECKING:
    from tuitrack.services.ports import Reader, Writer
