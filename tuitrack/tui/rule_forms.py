"""The forms of the rules of deadlines: one rule, one calendar, and which presets are taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tuitrack.domain.clock_rules import CONDITIONS
from tuitrack.domain.counting import SPAN_EXAMPLES
from tuitrack.domain.errors import Refusal
from tuitrack.domain.rule_reading import DAYS, OFFICE, RULED_CLOCKS
from tuitrack.domain.text import fold
from tuitrack.domain.words import CaseKind, Channel, CustomerKind, PauseReason, Priority, Word
from tuitrack.services.bundle import Services
from tuitrack.services.own_rules import PRESETS, OwnRules, Table
from tuitrack.tui.backstage import Backstage
from tuitrack.tui.fields import ChoiceField, Field, SuggestField
from tuitrack.tui.form import FormScreen

Change = Callable[[dict[str, Any]], OwnRules]
"""What the values of a form make of the rules; it may raise Refusal."""

_APART = ";"
"""Parts the values of a list: a category may have a comma in it."""
_WORDS: dict[str, type[Word]] = {"kind": CaseKind, "channel": Channel, "priority": Priority, "customer": CustomerKind}


class RuleForms:
    """Makes the forms over what the rules are now; each answers with the rules as they are then, checked whole."""

    def __init__(self, services: Services, backstage: Backstage, own: OwnRules, calendars: Iterable[str]) -> None:
        self._services = services
        self._backstage = backstage
        self._own = own
        self._calendars = sorted({OFFICE, *calendars})

    def rule(self, rule: Table, place: int | None) -> FormScreen[OwnRules]:
        """A rule of the desk's own, new or in the place of another."""
        fields: list[Field] = [
            ChoiceField("clock", "Clock", choices={name: name for name in RULED_CLOCKS}, required=True),
            Field("within", "Within", required=True, hint=SPAN_EXAMPLES),
            Field("target", "If possible", hint="a shorter span, or empty"),
            SuggestField("calendar", "Calendar", suggestions=self._calendars, hint=f"empty: {OFFICE}, or every day"),
            Field("pauses", "Stands still for", hint=_several(PauseReason)),
            *(Field(name, f"Only {name}", hint=_several(_WORDS.get(name, ()))) for name in CONDITIONS),
        ]
        title = "New rule, before those of the presets" if place is None else f"Rule {place + 1}"
        draft = "rule" if place is None else f"rule-{place}"
        return self._form(title, fields, lambda given: self._own.with_rule(_rule(given), place), draft, _texts(rule))

    def calendar(self, name: str, calendar: Table) -> FormScreen[OwnRules]:
        """A calendar of the desk's own, which takes the place of any of that name."""
        hours = calendar.get("hours", {})
        fields = [
            Field("name", "Name", required=True, hint=f"{OFFICE} is that of rules which name none"),
            *(Field(f"hours of {day}", day.capitalize(), hint="08:00-12:00; 13:00-17:00") for day in DAYS),
            Field("holidays", "Holidays of", hint="a country, or a region of one: HR, DE-BY"),
            Field("closed", "Closed on", hint="2026-12-24; 2026-12-28..2026-12-31"),
            Field("zone", "Time zone", hint=f"empty: {self._services.desk.settings.time_zone}"),
        ]
        initial = _texts(calendar) | {"name": name, **_hours_by_day(hours)}
        draft = f"calendar-{name}" if name else "calendar"
        return self._form(f"Calendar {name}".strip(), fields, self._with_calendar, draft, initial)

    def presets(self) -> FormScreen[OwnRules]:
        """Which presets stand behind the desk's own rules."""

        def change(given: dict[str, Any]) -> OwnRules:
            named = tuple(dict.fromkeys(_list(given["presets"])))
            if unknown := [name for name in named if name not in PRESETS]:
                raise Refusal(f"Presets: “{unknown[0]}” is none; expected {', '.join(PRESETS)}.", "presets")
            return OwnRules(named, self._own.calendars, self._own.rules)

        field = Field("presets", "Presets", hint=f"{'; '.join(PRESETS)}: the first comes first")
        return self._form("Presets", [field], change, "presets", {"presets": _text(self._own.presets)})

    def _with_calendar(self, given: dict[str, Any]) -> OwnRules:
        calendar: dict[str, Any] = {name: given[name] for name in ("holidays", "zone") if given[name]}
        hours = {day: _list(given[f"hours of {day}"]) for day in DAYS if given[f"hours of {day}"]}
        return self._own.with_calendar(given["name"], calendar | {"closed": _list(given["closed"]), "hours": hours})

    def _form(
        self, title: str, fields: list[Field], change: Change, draft: str, initial: dict[str, Any]
    ) -> FormScreen[OwnRules]:
        async def save(given: dict[str, Any]) -> OwnRules:
            changed = change(given)
            await self._backstage.read(self._services.rules.book, changed)
            return changed

        return FormScreen(
            title,
            fields,
            save,
            services=self._services,
            backstage=self._backstage,
            draft_key=draft,
            initial={field.name: initial[field.name] for field in fields if field.name in initial},
        )


def _rule(given: dict[str, Any]) -> Table:
    """A rule as a file says it, of what was typed."""
    spans = {name: given[name] for name in ("clock", "within", "target", "calendar") if given[name]}
    lists = {name: _list(given[name]) for name in ("pauses", *CONDITIONS) if given[name]}
    return spans | lists


def _texts(table: Table) -> dict[str, Any]:
    return {name: _text(value) for name, value in table.items() if not isinstance(value, dict)}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else f"{_APART} ".join(value)


def _list(typed: str) -> list[str]:
    return [part for part in (part.strip() for part in typed.split(_APART)) if part]


def _hours_by_day(hours: Table) -> dict[str, str]:
    """The hours of single days, of those said for runs of them such as `mon-fri`."""
    by_day = {}
    for days, periods in hours.items():
        first, _, last = fold(days).partition("-")
        for day in DAYS[DAYS.index(first) : DAYS.index(last or first) + 1]:
            by_day[f"hours of {day}"] = _text(periods)
    return by_day


def _several(words: Iterable[Word]) -> str:
    return f"{_APART} ".join(word.value for word in words)
