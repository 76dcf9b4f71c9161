"""Records to rows and back: a column has the name of the field it keeps, and knows how to keep it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

from peewee import SQL

from tuitrack.domain.case import Case
from tuitrack.domain.change import Change
from tuitrack.domain.keeping import Draft, ImportRun
from tuitrack.domain.people import Agent, Customer
from tuitrack.domain.text import words_of
from tuitrack.domain.timeline import Action, Call, Entry, Promise, Remedy
from tuitrack.domain.words import Status
from tuitrack.storage import tables
from tuitrack.storage.fields import epoch_ms

Kept = TypeVar("Kept", Agent, Customer, Case, Entry, Call, Action, Promise, Remedy, Change, Draft, ImportRun)

TABLE_OF: dict[type[Any], Any] = {
    Agent: tables.Agents,
    Customer: tables.Customers,
    Case: tables.Cases,
    Entry: tables.Entries,
    Call: tables.Calls,
    Action: tables.Actions,
    Promise: tables.Promises,
    Remedy: tables.Remedies,
    Change: tables.Changes,
    Draft: tables.Drafts,
    ImportRun: tables.ImportRuns,
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

_NAMES = {kind: tuple(column.column_name for column in columns) for kind, columns in COLUMNS_OF.items()}


def row_of(record: Any) -> dict[Any, Any]:
    """The row of a record with what is derived from it; a record that has no id yet gets one by storing."""
    row = dict(zip(COLUMNS_OF[type(record)], VALUES_OF[type(record)](record), strict=True))
    if isinstance(record, Case):
        due = record.next_due_at
        row[tables.Cases.due_key] = tables.NEVER_DUE if due is None else epoch_ms(due)
        row[tables.Cases.open_work] = int(record.status is not Status.CLOSED or due is not None)
    elif isinstance(record, Customer):
        row[tables.Customers.account_key] = account_key(record.account)
    if getattr(record, "id", None) == 0:
        del row[TABLE_OF[type(record)]._meta.primary_key]
    return row


def record_of(kind: type[Kept], row: Iterable[Any], **more: Any) -> Kept:
    """The record of a row that `SELECTED` of its kind selects, with the fields that are kept elsewhere."""
    return kind(**dict(zip(_NAMES[kind], row, strict=True)), **more)


def account_key(account: str) -> str:
    """An account number as it is compared: its letters and digits alone, case and accents ignored."""
    return "".join(words_of(account))
