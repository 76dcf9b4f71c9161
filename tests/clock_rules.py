"""Calendars and moments that tests of deadlines count with."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tuitrack.domain.calendars import Calendar, Period
from tuitrack.domain.keeping import RuleVersion
from tuitrack.services.own_rules import OwnRules, as_given
from tuitrack.services.ports import Store
from tuitrack.settings import Settings

ZAGREB = ZoneInfo("Europe/Zagreb")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def at(text: str, zone: ZoneInfo = ZAGREB) -> datetime:
    """A moment of a local time such as `2026-11-20 09:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def rules_of(text: str) -> OwnRules:
    """The rules of a file that holds this text."""
    return as_given(tomllib.loads(text), "rules.toml")


def put_in_force(store: Store, settings: Settings, text: str, now: datetime) -> RuleVersion:
    """Let the rules of a text hold from a moment on, whoever may do so."""
    with store.writing() as writer:
        return writer.add(RuleVersion(since=now, by="eva", text=rules_of(text).text(settings)))


def calendar(
    zone: str = "Europe/Zagreb",
    holidays: str = "",
    closed: frozenset[date] = frozenset(),
    **hours: tuple[str, ...],
) -> Calendar:
    """An office open from 8 to 17 with a noon break on weekdays; days that are named have other hours."""
    usual = dict.fromkeys(_DAYS[:5], ("08:00-12:00", "13:00-17:00"))
    week = tuple(tuple(map(_period, (usual | hours).get(day, ()))) for day in _DAYS)
    return Calendar("office", ZoneInfo(zone), week, holidays, closed)


def _period(text: str) -> Period:
    since, until = (int(clock[:2]) * 60 + int(clock[3:]) for clock in text.split("-"))
    return since, until


OFFICE = calendar()
CROATIA = calendar(holidays="HR")
