"""How each sort of value is kept in a column, the same way in every table and every database."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from peewee import SQL, AutoField, BigIntegerField, BooleanField, NodeList, TextField

from tuitrack.domain.words import Word

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def epoch_ms(moment: datetime) -> int:
    """A moment as whole milliseconds since 1970 in UTC, which sort and compare as the moments do."""
    return (moment - _EPOCH) // _MILLISECOND


class LastingIdField(AutoField):
    """An id that is never given twice, even after the last row is gone."""

    def ddl(self, ctx: Any) -> NodeList:
        """The column as a piece of SQL."""
        return NodeList((super().ddl(ctx), SQL("AUTOINCREMENT")))


class MomentField(BigIntegerField):
    """An aware datetime as epoch milliseconds; read back in UTC."""

    def db_value(self, value: datetime | None) -> int | None:
        """The milliseconds of a moment."""
        return None if value is None else epoch_ms(value)

    def python_value(self, value: int | None) -> datetime | None:
        """The moment of milliseconds."""
        return None if value is None else _EPOCH + timedelta(milliseconds=value)


class DayField(TextField):
    """A date as ISO text."""

    def db_value(self, value: date | None) -> str | None:
        """The text of a day."""
        return None if value is None else value.isoformat()

    def python_value(self, value: str | None) -> date | None:
        """The day of a text."""
        return None if value is None else date.fromisoformat(value)


class WordField(TextField):
    """A word of a closed list as its stored text."""

    def __init__(self, words: type[Word], **options: Any) -> None:
        super().__init__(**options)
        self.words = words

    def db_value(self, value: Word | None) -> str | None:
        """The stored text of a word."""
        return None if value is None else value.value

    def python_value(self, value: str | None) -> Word | None:
        """The word of a stored text."""
        return None if value is None else self.words(value)


class AmountField(BigIntegerField):
    """An amount of money as a whole number of hundredths."""

    def db_value(self, value: Decimal | None) -> int | None:
        """The hundredths of an amount."""
        return None if value is None else int(value.scaleb(2))

    def python_value(self, value: int | None) -> Decimal | None:
        """The amount of hundredths."""
        return None if value is None else Decimal(value).scaleb(-2)


class FlagField(BooleanField):
    """Yes or no as 1 or 0."""

    def db_value(self, value: bool | None) -> int | None:
        """The number of a flag."""
        return None if value is None else int(value)

    def python_value(self, value: int | None) -> bool | None:
        """The flag of a number."""
        return None if value is None else bool(value)


class MapField(TextField):
    """A mapping from text to text as JSON."""

    def db_value(self, value: Mapping[str, Any]) -> str:
        """The JSON of a mapping."""
        return json.dumps(dict(value), ensure_ascii=False, separators=(",", ":"))

    def python_value(self, value: str) -> dict[str, Any]:
        """The mapping of a JSON text."""
        mapping: dict[str, Any] = json.loads(value)
        return mapping


class ChangesField(MapField):
    """A mapping from a field's name to its old and new text."""

    def python_value(self, value: str) -> dict[str, Any]:
        """The mapping with its pairs as tuples, which JSON does not know."""
        return {name: tuple(pair) for name, pair in super().python_value(value).items()}
