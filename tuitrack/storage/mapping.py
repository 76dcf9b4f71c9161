"""Records to rows and back: a column has the name of the field it keeps, and knows how to keep it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

from peewee import SQL, Field

from tuitrack.domain.case import Case
from tuitrack.domain.change import Change
from tuitrack.domain.clocks import Clock, Pause
from tuitrack.domain.keeping import Draft, ImportedEntry, ImportRun, RuleVersion
from tuitrack.domain.people import Agent, Customer
from tuitrack.domain.text import words_of
from tuitrack.domain.timeline import Action, Call, Entry, Promise, Remedy
from tuitrack.domain.words import Status
from tuitrack.storage import tables
from tuitrack.storage.fields import Converted, LastingIdField, epoch_ms
from tuitrack.storage.tables import NEVER_DUE

Kept = TypeVar(
    "Kept",
    Agent,
    Customer,
    Case,
    Entry,
    Call,
    Action,
    Promise,
    Remedy,
    Clock,
    Pause,
    Change,
    Draft,
    RuleVersion,
    ImportRun,
    ImportedEntry,
)

TABLE_OF: dict[type[Any], Any] = {
    Agent: tables.Agents,
    Customer: tables.Customers,
    Case: tables.Cases,
    Entry: tables.Entries,
    Call: tables.Calls,
    Action: tables.Actions,
    Promise: tables.Promises,
    Remedy: tables.Remedies,
    Clock: tables.Clocks,
    Pause: tables.Pauses,
    Change: tables.Changes,
    Draft: tables.Drafts,
    RuleVersion: tables.RuleVersions,
    ImportRun: tables.ImportRuns,
    ImportedEntry: tables.ImportedEntries,
}
"""Where each kind of record is kept."""


def selected(columns: Iterable[Any]) -> SQL:
    """Columns of the main table as one piece of SQL: Peewee takes milliseconds to put a wide list together.

    It still knows the columns by their names in the answer, and makes the values of their fields.
    """
    return SQL(", ".join(f'"t1"."{column.column_name}"' for column in columns))


def _columns_of(kind: type[Any]) -> tuple[Any, ...]:
    known = TABLE_OF[kind]._meta.columns
    return tuple(known[field.name] for field in fields(kind) if field.name in known)


COLUMNS_OF = {kind: _columns_of(kind) for kind in TABLE_OF}
"""The columns that keep a record's own fields, in their order."""
VALUES_OF = {kind: attrgetter(*(column.column_name for column in columns)) for kind, columns in COLUMNS_OF.items()}
"""The values of those fields."""

SELECTED = {kind: selected(columns) for kind, columns in COLUMNS_OF.items()}
"""The same columns, ready to select."""

SELECTION_OF = {
    kind: f'SELECT {columns.sql} FROM "{TABLE_OF[kind]._meta.table_name}" AS "t1"' for kind, columns in SELECTED.items()
}
"""A statement that selects them, without its conditions."""

_NAMES = {kind: tuple(column.column_name for column in columns) for kind, columns in COLUMNS_OF.items()}
_DERIVED = {Case: ("due_key", "open_work"), Customer: ("account_key",)}
ROW_OF = {kind: (*names, *_DERIVED.get(kind, ())) for kind, names in _NAMES.items()}
"""The names of all columns of a kind of record, those of its fields first."""


def _id_or_none(value: int) -> int | None:
    """An id, or what lets the database give one."""
    return value or None


def _encoders(columns: Iterable[Field]) -> Iterator[tuple[int, Callable[[Any], Any]]]:
    """The places of the values of which something else is kept, with what makes it of them."""
    for place, column in enumerate(columns):
        if isinstance(column, LastingIdField):
            yield place, _id_or_none
        elif isinstance(column, Converted) and not column.goes_as_it_is:
            yield place, column.encode


def _decoders(columns: Iterable[Field]) -> Iterator[tuple[int, Callable[[Any], Any]]]:
    """The places of what is kept of other values, with what makes it those again."""
    for place, column in enumerate(columns):
        if isinstance(column, Converted):
            yield place, column.decode


_ENCODERS_OF = {kind: tuple(_encoders(columns)) for kind, columns in COLUMNS_OF.items()}
_DECODERS_OF = {kind: tuple(_decoders(columns)) for kind, columns in COLUMNS_OF.items()}
_FILLERS_OF = {kind: tuple(vars(kind)[name].__set__ for name in names) for kind, names in _NAMES.items()}


def row_of(record: Any) -> list[Any]:
    """What the columns in `ROW_OF` keep of a record; a record that has no id yet gets one by storing."""
    kind = type(record)
    row = list(VALUES_OF[kind](record))
    for place, encode in _ENCODERS_OF[kind]:
        if (value := row[place]) is not None:
            row[place] = encode(value)
    if kind is Case:
        due = record.next_due_at
        row += (NEVER_DUE if due is None else epoch_ms(due), int(record.status is not Status.CLOSED or due is not None))
    elif kind is Customer:
        row.append(account_key(record.account))
    return row


def record_of(kind: type[Kept], row: Iterable[Any], **more: Any) -> Kept:
    """The record of a row as it is kept, which `SELECTED` of its kind selects, with the fields kept elsewhere.

    Its fields are filled one by one: calling its class with seventy names takes three times as long.
    """
    values = list(row)
    for place, decode in _DECODERS_OF[kind]:
        if (value := values[place]) is not None:
            values[place] = decode(value)
    record = object.__new__(kind)
    for fill, value in zip(_FILLERS_OF[kind], values, strict=True):
        fill(record, value)
    for name, value in more.items():
        object.__setattr__(record, name, value)
    return record


def account_key(account: str) -> str:
    """An account number as it is compared: its letters and digits alone, case and accents ignored."""
    return "".join(words_of(account))
