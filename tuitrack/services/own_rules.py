"""What a desk itself says about deadlines: presets, calendars and rules of its own, and the whole they make."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from importlib import resources
from pathlib import Path
from typing import Any

from tuitrack.domain.clock_rules import RuleBook
from tuitrack.domain.errors import Refusal
from tuitrack.domain.rule_reading import read_rules
from tuitrack.lean import dataclass
from tuitrack.settings import Settings, read_toml

SETTINGS = "settings"
"""The preset that says what the settings do."""
PRESETS = (SETTINGS, "desk", "social", "disp", "cfpb")
"""The rules that come with the program, by the names under which they are taken."""
_OF_PRESET = "preset "
"""What the origin of a preset's rule begins with, but for those of the settings."""
_NAMES = ("presets", "calendars", "rules")

Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OwnRules:
    """The part of the rules that the desk wrote; its rules and calendars come before those of the presets."""

    presets: tuple[str, ...] = ()
    calendars: Mapping[str, Table] = field(default_factory=dict)
    rules: tuple[Table, ...] = ()

    def with_rule(self, rule: Table, place: int | None = None) -> OwnRules:
        """With one rule in the place of another, or behind all where it is new."""
        rules = (*self.rules, rule) if place is None else (*self.rules[:place], rule, *self.rules[place + 1 :])
        return replace(self, rules=rules)

    def without_rule(self, place: int) -> OwnRules:
        """With one rule less."""
        return replace(self, rules=(*self.rules[:place], *self.rules[place + 1 :]))

    def with_rule_moved(self, place: int, by: int) -> OwnRules:
        """With one rule tried earlier or later; as it is where there is no such place."""
        rules, to = list(self.rules), place + by
        if not 0 <= to < len(rules):
            return self
        rules.insert(to, rules.pop(place))
        return replace(self, rules=tuple(rules))

    def with_calendar(self, name: str, calendar: Table) -> OwnRules:
        """With a calendar of that name, new or in the place of another."""
        return replace(self, calendars={**self.calendars, name: calendar})

    def without_calendar(self, name: str) -> OwnRules:
        """With one calendar less."""
        return replace(self, calendars={one: table for one, table in self.calendars.items() if one != name})

    def whole(self, settings: Settings) -> dict[str, Any]:
        """Its own part with that of the presets behind it, each with its origin."""
        parts: list[dict[str, Any]] = [{"calendars": self.calendars, "rules": self.rules}]
        parts += [_preset(name, settings) for name in self.presets]
        calendars = {name: table for part in reversed(parts) for name, table in part.get("calendars", {}).items()}
        return {"calendars": calendars, "rules": [rule for part in parts for rule in part["rules"]]}

    def text(self, settings: Settings) -> str:
        """The whole as it is kept."""
        return json.dumps(self.whole(settings), ensure_ascii=False)

    def book(self, settings: Settings, where: str) -> RuleBook:
        """The rules as they would be in force; raises Refusal, which names the place within `where`."""
        return read_rules(self.whole(settings), settings.time_zone, where)


def as_given(given: Table, where: str) -> OwnRules:
    """What tables hold; raises Refusal where their shape is not that of rules. What they say is not looked at."""
    for name in given:
        if name not in _NAMES:
            raise Refusal(f"{where}: “{name}” means nothing here; expected {', '.join(_NAMES)}.", name)
    named, calendars, rules = given.get("presets", []), given.get("calendars", {}), given.get("rules", [])
    if not isinstance(named, list) or not all(name in PRESETS for name in named):
        raise Refusal(f"{where}, presets: expected a list of {', '.join(PRESETS)}; not {named!r}.", "presets")
    if not isinstance(calendars, dict):
        expected = "expected tables such as [calendars.office]"
        raise Refusal(f"{where}, calendars: {expected}; not {calendars!r}.", "calendars")
    if not isinstance(rules, list):
        raise Refusal(f"{where}, rules: expected tables, each one begun with [[rules]]; not {rules!r}.", "rules")
    return OwnRules(tuple(named), _plain(calendars), tuple(_plain(rules)))


def of_file(path: Path) -> OwnRules:
    """What a file says; raises Refusal."""
    given = read_toml(path)
    if given is None:
        raise Refusal(f"File: {path} is not there.", "path")
    return as_given(given, path.name)


def of_kept(text: str) -> OwnRules:
    """The desk's own part of what was kept."""
    kept = json.loads(text)
    origins = [str(rule.get("origin", "")) for rule in kept["rules"]]
    return OwnRules(
        presets=tuple(dict.fromkeys(preset for origin in origins if (preset := _preset_of(origin)))),
        calendars={name: one for name, one in kept["calendars"].items() if not _preset_of(one.get("origin", ""))},
        rules=tuple(rule for rule, origin in zip(kept["rules"], origins, strict=True) if not _preset_of(origin)),
    )


def as_toml(own: OwnRules) -> Iterable[str]:
    """The desk's own part as the lines of a file that says the same."""
    yield f"presets = {_toml(own.presets)}"
    for name, calendar in own.calendars.items():
        yield from _table_lines(f"[calendars.{_toml(name)}]", calendar)
        yield from _table_lines(f"[calendars.{_toml(name)}.hours]", calendar.get("hours", {}))
    for rule in own.rules:
        yield from _table_lines("[[rules]]", rule)


def _table_lines(heading: str, table: Table) -> Iterable[str]:
    yield from ("", heading)
    yield from (f"{_toml(name)} = {_toml(value)}" for name, value in table.items() if not isinstance(value, dict))


def _toml(value: Any) -> str:
    """A text, or a list of them, as TOML has it, which is as JSON has it but for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _preset_of(origin: str) -> str:
    """The preset that an origin names; empty where it is the desk's own."""
    return origin if origin == SETTINGS else origin.removeprefix(_OF_PRESET) if origin.startswith(_OF_PRESET) else ""


def _preset(name: str, settings: Settings) -> dict[str, Any]:
    if name == SETTINGS:
        return settings_rules(settings)
    import tomllib

    text = resources.files("tuitrack.services").joinpath("presets", f"{name}.toml").read_text("utf-8")
    preset, origin = tomllib.loads(text), {"origin": f"{_OF_PRESET}{name}"}
    calendars = {called: calendar | origin for called, calendar in preset.get("calendars", {}).items()}
    return {"calendars": calendars, "rules": [rule | origin for rule in preset["rules"]]}


def settings_rules(settings: Settings) -> dict[str, Any]:
    """What the settings say, as a file would."""
    days = {"resolve": settings.resolve_in_days, "confirm": settings.confirm_in_days}
    rules = [{"clock": clock, "within": f"{number} days", "origin": SETTINGS} for clock, number in days.items()]
    return {"rules": rules}


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
