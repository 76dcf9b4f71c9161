"""Which rules of deadlines are in force: those of the desk's file and the presets it names, each version kept.

A case keeps the rules that were in force when it was received. A desk without a file counts by its settings.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from tuitrack.domain.clock_rules import RuleBook
from tuitrack.domain.errors import Refusal
from tuitrack.domain.keeping import RuleVersion
from tuitrack.domain.rule_reading import read_rules
from tuitrack.services.ports import Reader, Store
from tuitrack.settings import Settings, read_toml

SETTINGS = "settings"
"""The preset that says what the settings do."""
PRESETS = (SETTINGS, "desk", "social", "disp", "cfpb")
"""The rules that come with the program, by the names under which a file takes them."""
_OWN = ("presets", "calendars", "rules")


class RuleShelf:
    """All versions of the rules of a desk."""

    def __init__(self, settings: Settings, reader: Reader) -> None:
        self._settings = settings
        self._versions = reader.rule_versions()

    def at(self, moment: datetime) -> RuleBook:
        """The rules in force at a moment; where none had been written down yet, those of the settings."""
        in_force = next((one for one in reversed(self._versions) if one.since <= moment), None)
        if in_force is None:
            return _read(json.dumps(_settings_rules(self._settings)), self._settings.time_zone, None)
        return _read(in_force.text, self._settings.time_zone, in_force.since)


def settle_rules(store: Store, path: Path, settings: Settings, now: datetime) -> None:
    """Keep the rules of the desk's file as a new version, where they are others than those last kept.

    Raises Refusal with a sentence for whatever is wrong with the file. Without a file what was kept stays in force.
    """
    written = written_rules(path, settings)
    if written is None:
        return
    text = json.dumps(written, ensure_ascii=False)
    with store.reading() as reader:
        kept = reader.rule_versions()
    if kept and kept[-1].text == text:
        return
    _read(text, settings.time_zone, now)
    with store.writing() as writer:
        writer.add(RuleVersion(since=now, text=text))


def written_rules(path: Path, settings: Settings) -> dict[str, Any] | None:
    """What the desk's file says, with the presets it names behind its own rules; None where there is no file."""
    own = read_toml(path)
    return None if own is None else _plain(_with_presets(own, path, settings))


def read_file(path: Path, settings: Settings) -> RuleBook | None:
    """The rules of the desk's file as they would be in force; raises Refusal. None where there is no file."""
    written = written_rules(path, settings)
    return None if written is None else read_rules(written, settings.time_zone, path.name)


def _with_presets(own: dict[str, Any], path: Path, settings: Settings) -> dict[str, Any]:
    for name in own:
        if name not in _OWN:
            raise Refusal(f"{path.name}: “{name}” means nothing here; expected {', '.join(_OWN)}.", name)
    named = own.get("presets", [])
    if not isinstance(named, list) or not all(name in PRESETS for name in named):
        raise Refusal(f"{path.name}, presets: expected a list of {', '.join(PRESETS)}; not {named!r}.", "presets")
    # What is wrong with the file's own part is told before anything is put together.
    parts = [own, *(_preset(name, settings) for name in named)]
    calendars = {name: table for part in reversed(parts) for name, table in _table(part, "calendars", path).items()}
    rules = [rule for part in parts for rule in _rules(part, path)]
    return {"calendars": calendars, "rules": rules}


def _table(part: dict[str, Any], name: str, path: Path) -> dict[str, Any]:
    table = part.get(name, {})
    if not isinstance(table, dict):
        raise Refusal(f"{path.name}, {name}: expected tables such as [{name}.office]; not {table!r}.", name)
    return table


def _rules(part: dict[str, Any], path: Path) -> Iterable[Any]:
    rules = part.get("rules", [])
    if not isinstance(rules, list):
        raise Refusal(f"{path.name}, rules: expected tables, each one begun with [[rules]]; not {rules!r}.", "rules")
    return rules


def _preset(name: str, settings: Settings) -> dict[str, Any]:
    if name == SETTINGS:
        return _settings_rules(settings)
    import tomllib

    text = resources.files("tuitrack.services").joinpath("presets", f"{name}.toml").read_text("utf-8")
    preset = tomllib.loads(text)
    return preset | {"rules": [rule | {"origin": f"preset {name}"} for rule in preset["rules"]]}


def _settings_rules(settings: Settings) -> dict[str, Any]:
    """What the settings say, as a file would."""
    days = {"resolve": settings.resolve_in_days, "confirm": settings.confirm_in_days}
    rules = [{"clock": clock, "within": f"{number} days", "origin": "settings"} for clock, number in days.items()]
    return {"rules": rules}


@lru_cache(maxsize=64)
def _read(text: str, zone: str, since: datetime | None) -> RuleBook:
    """The rules of a text; kept, for every change of a case asks for them."""
    return RuleBook(read_rules(json.loads(text), zone, "deadlines.toml").rules, since)


def _plain(value: Any) -> Any:
    """What TOML knows and JSON does not, as the text it was written as."""
    match value:
        case dict():
            return {name: _plain(one) for name, one in value.items()}
        case list():
            return [_plain(one) for one in value]
        case str() | int() | float() | bool():
            return value
        case _:
            return str(value)
