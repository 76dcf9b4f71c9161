"""Which rules of deadlines a case follows: each version is kept in the database, with the moment since when.

A case follows those of when it was received, unless it was moved to later ones. A desk that never put any in force
counts by its settings.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from tuitrack.domain.clock_rules import RuleBook
from tuitrack.domain.keeping import RuleVersion
from tuitrack.domain.rule_reading import read_rules
from tuitrack.services.own_rules import settings_rules
from tuitrack.settings import Settings

WHERE = "Rules"
"""What a sentence about rules that stand in no file begins with."""


class RuleShelf:
    """All versions of the rules of a desk."""

    def __init__(self, settings: Settings, versions: Sequence[RuleVersion]) -> None:
        """`versions` are the oldest first."""
        self._settings = settings
        self._versions = versions

    @classmethod
    def of(cls, settings: Settings, reader: Reader) -> RuleShelf:
        """Those that are kept."""
        return cls(settings, reader.rule_versions())

    def at(self, moment: datetime) -> RuleBook:
        """The rules in force at a moment; where none had been put in force yet, those of the settings."""
        in_force = next((one for one in reversed(self._versions) if one.since <= moment), None)
        if in_force is None:
            return read_kept(json.dumps(settings_rules(self._settings)), self._settings.time_zone, None)
        return read_kept(in_force.text, self._settings.time_zone, in_force.since)


@lru_cache(maxsize=64)
def read_kept(text: str, zone: str, since: datetime | None) -> RuleBook:
    """The rules of a version; remembered, for every change of a case asks for them."""
    return RuleBook(read_rules(json.loads(text), zone, WHERE).rules, since)


if TYPE_CHECKING:
    from tuitrack.services.ports import Reader
