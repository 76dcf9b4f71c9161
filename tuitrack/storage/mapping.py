"""Records to rows and back: a column has the name of the field it keeps, and knows how to keep it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from importlib import import_module
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from peewee import SQL, Field

from tuitrack.domain.errors import StoreFault
from tuitrack.domain.text import words_of
from tuitrack.domain.words import Status
from tuitrack.storage.fields import Converted, LastingIdField, epoch_ms
from tuitrack.storage.tables.cases import NEVER_DUE

if TYPE_CHECKING:
    from tuitrack.domain.records import (
        Absence,
        Action,
        Agent,
        AgentKey,
        Audit,
        Call,
        Case,
        CaseReading,
        Change,
        Clock,
        Customer,
        Denial,
        DeskText,
        Draft,
        Entry,
        Escalation,
        Feedback,
        Handover,
        HandoverItem,
        ImportedEntry,
        ImportRun,
        Pause,
        Presence,
        Promise,
        PublicPost,
        QualityTarget,
        Receipt,
        Remedy,
        Review,
        ReviewPlan,
        RuleVersion,
        Sample,
        TextReading,
        Tick,
    )

Kept = TypeVar(
    "Kept",
    "Agent",
    "Absence",
    "AgentKey",
    "Customer",
    "Case",
    "Entry",
    "Call",
    "Action",
    "Promise",
    "Remedy",
    "Clock",
    "Pause",
    "Escalation",
    "PublicPost",
    "Feedback",
    "CaseReading",
    "Handover",
    "HandoverItem",
    "Tick",
    "Change",
    "Receipt",
    "Draft",
    "Presence",
    "RuleVersion",
    "ReviewPlan",
    "Review",
    "Sample",
    "Audit",
    "Denial",
    "DeskText",
    "TextReading",
    "QualityTarget",
    "ImportRun",
    "ImportedEntry",
)
V = TypeVar("V")


class PerKind(dict[type[Any], V]):
    """Something for each kind of record, worked out when it is first asked for."""

    def __init__(self, work_out: Callable[[type[Any]], V]) -> None:
        self._work_out = work_out

    def __missing__(self, kind: type[Any]) -> V:
        self[kind] = found = self._work_out(kind)
        return found


KEPT_IN = {
    "Agent": "agents.Agents",
    "Absence": "agents.Absences",
    "AgentKey": "agents.AgentKeys",
    "Customer": "cases.Customers",
    "Case": "cases.Cases",
    "Entry": "records.Entries",
    "Call": "records.Calls",
    "Action": "records.Actions",
    "Promise": "records.Promises",
    "Remedy": "records.Remedies",
    "Clock": "records.Clocks",
    "Pause": "records.Pauses",
    "Escalation": "records.Escalations",
    "PublicPost": "records.PublicPosts",
    "Feedback": "records.Feedbacks",
    "CaseReading": "records.CaseReadings",
    "Handover": "handovers.Handovers",
    "HandoverItem": "handovers.HandoverItems",
    "Tick": "records.Ticks",
    "Change": "changes.Changes",
    "Receipt": "desk.Receipts",
    "Draft": "agents.Drafts",
    "Presence": "agents.Presences",
    "RuleVersion": "desk.RuleVersions",
    "ReviewPlan": "reviews.ReviewPlans",
    "Review": "reviews.Reviews",
    "Sample": "reviews.Samples",
    "Audit": "reviews.Audits",
    "Denial": "desk.Denials",
    "DeskText": "desk.DeskTexts",
    "TextReading": "desk.TextReadings",
    "QualityTarget": "desk.QualityTargets",
    "ImportRun": "changes.ImportRuns",
    "ImportedEntry": "changes.ImportedEntries",
}
"""The module and table in which each kind of record is kept, by the name in `records`."""


def _table_of(kind: type[Any]) -> Any:
    module, name = KEPT_IN[kind.__name__].split(".")
    return getattr(import_module(f"tuitrack.storage.tables.{module}"), name)


TABLE_OF = PerKind(_table_of)
"""The table of a kind of record, loaded when it is first asked for: a queue is shown without most of them."""


def selected(columns: Iterable[Any]) -> SQL:
    """Columns of the main table as one piece of SQL: Peewee takes milliseconds to put a wide list together.

    It still knows the columns by their names in the answer, and makes the values of their fields.
    """
    return SQL(", ".join(f'"t1"."{column.column_name}"' for column in columns))


def _columns_of(kind: type[Any]) -> tuple[Any, ...]:
    known = TABLE_OF[kind]._meta.columns
    return tuple(known[field.name] for field in fields(kind) if field.name in known)


COLUMNS_OF = PerKind(_columns_of)
"""The columns that keep a record's own fields, in their order."""
_NAMES = PerKind(lambda kind: tuple(column.column_name for column in COLUMNS_OF[kind]))
VALUES_OF = PerKind[Callable[[Any], Any]](lambda kind: attrgetter(*_NAMES[kind]))
"""The values of those fields."""

SELECTED = PerKind(lambda kind: selected(COLUMNS_OF[kind]))
"""The same columns, ready to select."""

SELECTION_OF = PerKind(lambda kind: f'SELECT {SELECTED[kind].sql} FROM "{TABLE_OF[kind]._meta.table_name}" AS "t1"')
"""A statement that selects them, without its conditions."""

_DERIVED = {"Case": ("due_key", "open_work"), "Customer": ("account_key",)}
ROW_OF = PerKind(lambda kind: (*_NAMES[kind], *_DERIVED.get(kind.__name__, ())))
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


Decoders = Sequence[tuple[int, Callable[[Iterable[Any]], Iterable[Any]]]]


def decoders(columns: Iterable[Field | None]) -> Decoders:
    """The places of what is kept of other values, with what makes it those again."""
    return [(place, column.decode_all) for place, column in enumerate(columns) if isinstance(column, Converted)]


def decoded(rows: Iterable[Iterable[Any]], how: Decoders) -> list[Iterable[Any]]:
    """The values of rows, column by column, which takes half as long as one row after the other; none of no rows.

    Raises StoreFault for what nobody can have stored.
    """
    columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
    try:
        for place, decode_all in how if columns else ():
            columns[place] = decode_all(columns[place])
    except (ArithmeticError, KeyError, TypeError, ValueError) as error:
        raise StoreFault(
            f"The database is damaged: {error} was read where it cannot have been stored. Stop working in it and put "
            "the latest backup in its place."
        ) from error
    return columns


_ENCODERS_OF = PerKind(lambda kind: tuple(_encoders(COLUMNS_OF[kind])))
_DECODERS_OF = PerKind(lambda kind: decoders(COLUMNS_OF[kind]))
_FILLERS_OF = PerKind(lambda kind: tuple(vars(kind)[name].__set__ for name in _NAMES[kind]))


def row_of(record: Any) -> list[Any]:
    """What the columns in `ROW_OF` keep of a record; a record that has no id yet gets one by storing."""
    kind = type(record)
    row = list(VALUES_OF[kind](record))
    for place, encode in _ENCODERS_OF[kind]:
        if (value := row[place]) is not None:
            row[place] = encode(value)
    if kind.__name__ == "Case":
        due = record.next_due_at
        row += (NEVER_DUE if due is None else epoch_ms(due), int(record.status is not Status.CLOSED or due is not None))
    elif kind.__name__ == "Customer":
        row.append(account_key(record.account))
    return row


def records_of(kind: type[Kept], rows: Sequence[Sequence[Any]], **more: Iterable[Any]) -> list[Kept]:
    """The records of rows as they are kept, which `SELECTED` of their kind begins, with fields kept elsewhere.

    Their fields are filled one by one: calling their class with seventy names takes many times as long.
    """
    records = [object.__new__(kind) for _ in rows]
    for fill, values in zip(_FILLERS_OF[kind], decoded(rows, _DECODERS_OF[kind]), strict=False):
        deque(map(fill, records, values), maxlen=0)
    for name, values in more.items():
        deque(map(vars(kind)[name].__set__, records, values), maxlen=0)
    return records


def account_key(account: str) -> str:
    """An account number as it is compared: its letters and digits alone, case and accents ignored."""
    return "".join(words_of(account))
