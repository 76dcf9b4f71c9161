"""How the values of a change are kept: as JSON, each one the way the column of its record keeps it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from peewee import TextField

from tuitrack.domain import records
from tuitrack.storage.fields import Converted, as_json


class FieldChangesField(Converted, TextField):
    """Fields of records of one table that changed, {name: (old, new)}."""

    def __init__(self, of: Any, **options: Any) -> None:
        super().__init__(**options)
        self.of = of

    def encode(self, value: Mapping[str, tuple[Any, Any]]) -> str:
        """The JSON of the changes."""
        columns = self.of._meta.columns
        return as_json({name: [columns[name].db_value(one) for one in pair] for name, pair in value.items()})

    def decode(self, value: str) -> dict[str, tuple[Any, Any]]:
        """The changes of a JSON text."""
        columns = self.of._meta.columns
        return {
            name: (columns[name].python_value(old), columns[name].python_value(new))
            for name, (old, new) in json.loads(value).items()
        }


class RecordChangesField(Converted, TextField):
    """Records before and after a change, with None where there was none."""

    def __init__(self, tables: Mapping[str, Any], **options: Any) -> None:
        """`tables` are those of the kinds of records that can change, by their names."""
        super().__init__(**options)
        self.tables = tables

    def encode(self, value: tuple[tuple[Any, Any], ...]) -> str:
        """The JSON of the records, each with the name of its table."""
        return as_json([[self._kept(record) for record in pair] for pair in value])

    def decode(self, value: str) -> tuple[tuple[Any, Any], ...]:
        """The records of a JSON text."""
        return tuple((self._record(old), self._record(new)) for old, new in json.loads(value))

    def _kept(self, record: Any) -> Any:
        if record is None:
            return None
        table = self.tables[type(record).__name__]._meta
        values = {one.name: table.columns[one.name].db_value(getattr(record, one.name)) for one in fields(type(record))}
        return [table.table_name, values]

    def _record(self, kept: Any) -> Any:
        if kept is None:
            return None
        name, values = kept
        kind, table = next(pair for pair in self.tables.items() if pair[1]._meta.table_name == name)
        return getattr(records, kind)(
            **{field: table._meta.columns[field].python_value(value) for field, value in values.items()}
        )
