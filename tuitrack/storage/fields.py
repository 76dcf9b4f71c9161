"""How each sort of value is kept in a column, the same way in every table and every database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from peewee import SQL, AutoField, BigIntegerField, BooleanField, Field, NodeList, TextField

from tuitrack.domain.words import Word

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def epoch_ms(moment: datetime) -> int:
    """A moment as whole milliseconds since 1970 in UTC, which sort and compare as the moments do."""
    since = moment - _EPOCH
    return since.days * 86_400_000 + since.seconds * 1000 + since.microseconds // 1000


def moment_of(milliseconds: int) -> datetime:
    """The moment of whole milliseconds since 1970, in UTC."""
    return _EPOCH + milliseconds * _MILLISECOND


as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""A value as a short JSON text."""


class LastingIdField(AutoField):
    """An id that is never given twice, even after the last row is gone."""

    def ddl(self, ctx: Any) -> NodeList:
        """The column as a piece of SQL."""
        return NodeList((super().ddl(ctx), SQL("AUTOINCREMENT")))


class Converted(Field):
    """A column that keeps something else than the values of its field; None is kept as it is."""

    encode: Callable[[Any], Any]
    """What is kept of a value."""
    decode: Callable[[Any], Any]
    """The value of what is kept."""
    goes_as_it_is = False
    """Whether the driver makes of a value what is kept of it."""

    def db_value(self, value: Any) -> Any:
        """What is kept of a value or None."""
        return None if value is None else self.encode(value)

    def python_value(self, value: Any) -> Any:
        """The value of what is kept, or None."""
        return None if value is None else self.decode(value)

    def decode_all(self, column: Iterable[Any]) -> Iterable[Any]:
        """The values of what many rows keep, or None for each that keeps nothing."""
        decode = self.decode
        return [None if value is None else decode(value) for value in column]


class MomentField(Converted, BigIntegerField):
    """An aware datetime as epoch milliseconds; read back in UTC."""

    encode = staticmethod(epoch_ms)
    decode = staticmethod(moment_of)

    def decode_all(self, column: Iterable[Any]) -> Iterable[Any]:
        """The moments, without a call for each: every row of a list has some."""
        return [None if value is None else _EPOCH + value * _MILLISECOND for value in column]


class DayField(Converted, TextField):
    """A date as ISO text."""

    encode = staticmethod(date.isoformat)
    decode = staticmethod(date.fromisoformat)


class WordField(Converted, TextField):
    """A word of a closed list as its stored text."""

    goes_as_it_is = True

    def __init__(self, words: type[Word], **options: Any) -> None:
        super().__init__(**options)
        self.words = words
        self.encode = str
        values: dict[str | None, Word | None] = {word.value: word for word in words}
        self.decode = (values | {None: None}).__getitem__

    def decode_all(self, column: Iterable[Any]) -> Iterable[Any]:
        """The words, which are looked up."""
        return list(map(self.decode, column))


class WordsField(Converted, TextField):
    """Several words of a closed list as their stored texts, parted by commas."""

    def __init__(self, words: type[Word], **options: Any) -> None:
        super().__init__(**options)
        self.words = words

    def encode(self, value: tuple[Word, ...]) -> str:
        """The text of words."""
        return ",".join(value)

    def decode(self, value: str) -> tuple[Word, ...]:
        """The words of a text."""
        return tuple(map(self.words, filter(None, value.split(","))))


class AmountField(Converted, BigIntegerField):
    """An amount of money as a whole number of hundredths."""

    def encode(self, value: Decimal) -> int:
        """The hundredths of an amount."""
        return int(value.scaleb(2))

    def decode(self, value: int) -> Decimal:
        """The amount of hundredths."""
        return Decimal(value).scaleb(-2)


class FlagField(Converted, BooleanField):
    """Yes or no as 1 or 0."""

    encode = int
    decode = {0: False, 1: True, None: None}.__getitem__
    goes_as_it_is = True

    def decode_all(self, column: Iterable[Any]) -> Iterable[Any]:
        """The flags, which are looked up."""
        return list(map(self.decode, column))


class MapField(Converted, TextField):
    """A mapping from text to text as JSON."""

    def encode(self, value: Mapping[str, Any]) -> str:
        """The JSON of a mapping."""
        return as_json(dict(value))

    def decode(self, value: str) -> dict[str, Any]:
        """The mapping of a JSON text."""
        mapping: dict[str, Any] = json.loads(value)
        return mapping


class ChangesField(MapField):
    """A mapping from a field's name to its old and new text."""

    def decode(self, value: str) -> dict[str, Any]:
        """The mapping with its pairs as tuples, which JSON does not know."""
        return {name: tuple(pair) for name, pair in super().decode(value).items()}
