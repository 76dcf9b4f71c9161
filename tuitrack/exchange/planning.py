"""Finds how a register is to be read: what the file proves, what a profile or a person says, and the words to show."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import cast

from tuitrack.domain.errors import Refusal
from tuitrack.domain.text import clean
from tuitrack.exchange.date_order import DateOrder, shared_order
from tuitrack.exchange.dates import DateFormat, Order, Swapped
from tuitrack.exchange.fields import BY_KEY
from tuitrack.exchange.kinds import shown_name
from tuitrack.exchange.mapping import Mapping
from tuitrack.exchange.profiles import load_profile
from tuitrack.exchange.proposal import propose
from tuitrack.exchange.register import ReadOptions, Register, open_register
from tuitrack.exchange.survey import Survey, survey
from tuitrack.lean import dataclass
from tuitrack.services.registers import Choices, ColumnPlan, DatePlan, Plan, WordPlan

_ORDERS = {"day-first": Order.DAY_FIRST, "month-first": Order.MONTH_FIRST}


@dataclass(frozen=True, slots=True)
class Reading:
    """A register looked through from end to end, and the mapping by which it is to be taken."""

    mapping: Mapping
    found: Survey


def opened(path: Path, choices: Choices) -> AbstractContextManager[Register]:
    """The register, read as a person chose where one did."""
    return open_register(path, ReadOptions(choices.encoding, choices.delimiter, choices.header_row, choices.sheet))


def read_through(
    register: Register, choices: Choices, profiles: Path, on_rows: Callable[[int, float], None]
) -> Reading:
    """Look through the whole register and settle by which mapping to take it."""
    if choices.date_order not in ("", *_ORDERS):
        raise Refusal(
            f"Date order {choices.date_order!r} is not known; expected day-first or month-first.", "date_order"
        )
    if choices.swapped not in ("", "keep", "swap"):
        raise Refusal(f"Swapped {choices.swapped!r} is not known; expected keep or swap.", "swapped")
    if choices.profile:
        mapping = load_profile(profiles, choices.profile).fitted_to(register.header)
    else:
        mapping = propose(register.header, register.sample)
    for column, field in choices.columns:
        mapping = mapping.with_field(column, field)
    for field, value, word in choices.words:
        mapping = mapping.with_word(field, value, word)
    mapping = replace(mapping, keep_rest=choices.keep_rest and mapping.keep_rest)
    found = survey(register, mapping, on_rows)
    return Reading(_with_dates(mapping, found, choices), found)


def _with_dates(mapping: Mapping, found: Survey, choices: Choices) -> Mapping:
    """Read every date column as its cells prove, and what they leave open as chosen, or as other columns prove."""
    chosen, shared = _ORDERS.get(choices.date_order), shared_order(order for _, order in found.dates)
    for column, order in found.dates:
        way = order.proposal(chosen or mapping.date_format(column).order or shared)
        if choices.swapped:
            way = DateFormat(way.order, cast(Swapped, choices.swapped))
        mapping = mapping.with_dates(column, way)
    return mapping


def plan_of(register: Register, reading: Reading) -> Plan:
    """What a person is shown before anything is taken."""
    how, mapping = register.describe(), reading.mapping
    return Plan(
        name=shown_name(register.path),
        encoding=how.encoding,
        delimiter=how.delimiter,
        header_row=how.header_row,
        sheet=how.sheet,
        sheets=how.sheets,
        rows=reading.found.rows,
        columns=tuple(
            ColumnPlan(use.column, use.field, BY_KEY[use.field].title if use.field else "", use.reason)
            for use in mapping.columns
        ),
        dates=tuple(_date_plan(column, order, mapping) for column, order in reading.found.dates if order.total),
        words=tuple(
            WordPlan(word.field, clean(word.value, lines=False), word.count, word.default)
            for word in reading.found.unknown
        ),
        problems=mapping.problems(),
        keep_rest=mapping.keep_rest,
    )


def _date_plan(column: str, order: DateOrder, mapping: Mapping) -> DatePlan:
    way = mapping.date_format(column)
    reading = str(way.order) if way.order and order.written else "as written"
    if way.swapped == "swap":
        reading += ", day and month of date cells exchanged back"
    is_open = bool(order.either) and way.order is None
    return DatePlan(column, "not settled" if is_open else reading, order.evidence(), is_open)
