"""Cases as JSON: the keys are the words of the field and stay, moments are ISO in the office's zone, days ISO."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any

from tuitrack.domain.case import Case
from tuitrack.domain.columns import Column
from tuitrack.domain.deadlines import is_overdue
from tuitrack.domain.due_words import deadline_words, late_words, overdue_words
from tuitrack.domain.people import Customer
from tuitrack.domain.procedure import Standing
from tuitrack.domain.queue import WholeCase
from tuitrack.domain.spoken_time import say_span
from tuitrack.services.casefile import CaseFile

_OF_THE_STORE = frozenset({"id", "customer_id", "version", "import_run_id", "import_key"})
"""Fields of a case or customer that mean something only inside the database."""

_NAMES = {
    kind: tuple(field.name for field in fields(kind) if field.name not in _OF_THE_STORE) for kind in (Case, Customer)
}
_VALUES = {kind: attrgetter(*names) for kind, names in _NAMES.items()}
_OF_TICK = ("at", "by", "ticked_by", "entry_id", "because")
_ALREADY_PLAIN = frozenset({str, int, bool, type(None)})


def case_record(whole: WholeCase, now: datetime) -> dict[str, Any]:
    """A case with its customer, ready for JSON; `now` is in the office's zone."""
    case, customer = whole.case, whole.customer
    record = _fields(case, now)
    record["overdue"] = is_overdue(case.next_due_at, now)
    record["overdue_words"] = overdue_words(case.next_due_at, now)
    record["was_late"] = late_words(whole.deadlines, now)
    record["customer"] = _fields(customer, now)
    return record


_OF_LIST: dict[Column, tuple[str, ...]] = {
    Column.DUE: ("next_due_at", "overdue"),
    Column.NEXT: ("next_due_kind",),
    Column.REF: ("reference",),
    Column.STATUS: ("status", "outcome"),
    Column.RECEIVED: ("received_at",),
    Column.TOUCHED: ("touched_at",),
    Column.IDLE: ("unchanged_for",),
    Column.RESOLVED: ("company_resolved_on",),
    Column.CONFIRMED: ("customer_confirmed_on",),
    Column.CLOSED: ("closed_at",),
    Column.REOPENED: ("reopened_count",),
}
"""The keys that tell what a column of a list does, where it is not the one of the same name."""


def chosen_record(whole: WholeCase, now: datetime, columns: Iterable[Column]) -> dict[str, Any]:
    """Of a case what the columns of a list tell, under the keys of `case_record` where it has them."""
    known = case_record(whole, now)
    known["customer"] = {"name": whole.customer.name}
    known["age"] = say_span(now - whole.case.received_at)
    known["unchanged_for"] = say_span(now - whole.case.touched_at)
    return {key: known[key] for column in columns for key in _OF_LIST.get(column, (column.value,))}


def file_record(file: CaseFile, now: datetime) -> dict[str, Any]:
    """A case with everything that belongs to it; records name each other by their ids."""
    record = case_record(WholeCase(file.case, file.customer, file.clocks), now)
    record["deadlines"] = [{**_plain(clock, now), "words": deadline_words(clock, now)} for clock in file.clocks]
    loop = file.loop
    record["loop"] = {
        "stands": loop.stands,
        "short_term_goal": loop.short_term,
        "long_term_goal": loop.long_term,
    }
    for name in ("calls", "promises", "actions", "remedies", "escalations", "posts", "feedback", "readings"):
        record[name] = _plain(getattr(file, name), now)
    record["findings"], record["suggestions"] = _plain(file.findings, now), _plain(file.suggestions, now)
    record["done_untold"] = [{"day": str(deed.day), "what": deed.what} for deed in file.done_untold]
    record["steps"] = [_step(found, now) for found in file.steps]
    record["timeline"] = _plain(file.entries, now)
    return record


def _step(found: Standing, now: datetime) -> dict[str, Any]:
    step = {"step": found.step.id, "title": found.step.title, "mandatory": found.step.mandatory}
    tick = {name: _plain(getattr(found.tick, name, None), now) for name in _OF_TICK}
    return {**step, **tick, "state": found.tick.state if found.tick else "open"}


def _fields(record: Case | Customer, now: datetime) -> dict[str, Any]:
    kind = type(record)
    return {
        # Most values are plain already, so without asking for anything else.
        name: value if value.__class__ in _ALREADY_PLAIN else _plain(value, now)
        for name, value in zip(_NAMES[kind], _VALUES[kind](record), strict=True)
    }


def _plain(value: Any, now: datetime) -> Any:
    """The value as JSON knows it."""
    match value:
        case None | str() | int():
            return value
        case datetime():
            return value.astimezone(now.tzinfo).isoformat(timespec="seconds")
        case date() | Decimal():
            return str(value)
        case tuple() | list():
            return [_plain(one, now) for one in value]
        case Mapping():
            return {name: _plain(one, now) for name, one in value.items()}
        case _ if is_dataclass(value):
            names = (field.name for field in fields(value) if field.name not in ("case_id", "version"))
            return {name: _plain(getattr(value, name), now) for name in names}
        case _:
            raise TypeError(f"{type(value).__name__} has no form in JSON")
