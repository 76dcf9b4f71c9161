"""Proposes a mapping for a register from the names of its columns and from what stands in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tuitrack.exchange.cells import RawRow, as_text
from tuitrack.exchange.date_order import DateOrder, find_date_order, shared_order
from tuitrack.exchange.dates import Order
from tuitrack.exchange.fields import BY_KEY, Shape, field_named, names_to_keys, normal_name
from tuitrack.exchange.mapping import REPEATABLE, SUBSTANCE, ColumnUse, Mapping
from tuitrack.exchange.values import meaning_of
from tuitrack.lean import dataclass
from tuitrack.services.registers import NO_SUCH_FIELD

NAME_SHARE_MIN = 0.6
CONTENT_SHARE_MIN = 0.8
DATE_SHARE_MIN = 0.5
DISTINCT_SHARE_MIN = 0.9
TEXT_CHARS_MIN = 25
WORD_SHARE_MIN = 0.3
WORDS_TO_KNOW = ("kind", "channel", "priority", "outcome")
"""Fields whose names are so common that a few of their words must be known; a status column is never given up."""
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_PHONE = re.compile(r"(?=(?:\D*\d){7,15}\D*$)(?:\+|00?|\()?[\d]+[\d\s()/-]*")
_REFERENCE = re.compile(r"[^\W\d_]{1,4}\d{2}-\d{6,}-\d")
_DECIMAL = re.compile(r"[+-]?\d+[.,]\d+")


@dataclass(frozen=True, slots=True)
class _Column:
    """One column as it looks in the sample."""

    name: str
    texts: tuple[str, ...]
    dates: DateOrder


def propose(header: Sequence[str], sample: Sequence[RawRow], order: Order | None = None) -> Mapping:
    """A mapping with a reason for every column; `order` settles dates that the sample leaves open.

    Names decide first, whole before partial ones; content then takes back what cannot be, and fills what is missing.
    """
    columns = [_column(name, position, sample) for position, name in enumerate(header)]
    uses: dict[str, ColumnUse] = {}
    for score in (_whole_name, _partial_name):
        for column in columns:
            if column.name not in uses and (field := score(column.name)):
                _claim(uses, column, field, "its name" if score is _whole_name else "part of its name")
    _find_by_content(uses, columns)
    mapping = Mapping(tuple(uses.get(name) or ColumnUse(name, "", NO_SUCH_FIELD) for name in header))
    verdicts = [(column.name, column.dates) for column in columns]
    return settle_dates(mapping, [(name, dates) for name, dates in verdicts if _holds_dates(dates)], order)


def settle_dates(mapping: Mapping, verdicts: Sequence[tuple[str, DateOrder]], order: Order | None = None) -> Mapping:
    """Read every column as its cells prove; what they leave open is settled by `order` or by the other columns."""
    settled = order or shared_order(dates for _, dates in verdicts)
    for name, dates in verdicts:
        mapping = mapping.with_dates(name, dates.proposal(settled))
    return mapping


def _column(name: str, position: int, sample: Sequence[RawRow]) -> _Column:
    cells = [row.cells[position] for row in sample if not row.trouble]
    texts = tuple(text for cell in cells if (text := as_text(cell).strip()))
    return _Column(name, texts, find_date_order(cells))


def _whole_name(name: str) -> str:
    return field_named(name) or ""


def _partial_name(name: str) -> str:
    """The field whose longest name makes up most of the column's, word by word."""
    normal = normal_name(name)
    inside = [known for known in names_to_keys() if f" {known} " in f" {normal} "]
    longest = max(inside, key=len, default="")
    return names_to_keys()[longest] if len(longest) >= NAME_SHARE_MIN * len(normal) > 0 else ""


def _claim(uses: dict[str, ColumnUse], column: _Column, field: str, reason: str) -> None:
    """Let the column fill the field, or say why it does not."""
    taken = next((use.column for use in uses.values() if use.field == field and field not in REPEATABLE), "")
    if taken:
        uses[column.name] = ColumnUse(column.name, "", f"{BY_KEY[field].title} is filled by {taken}")
    elif objection := _objection(column, field):
        uses[column.name] = ColumnUse(column.name, "", objection)
    else:
        uses[column.name] = ColumnUse(column.name, field, reason)


def _objection(column: _Column, field: str) -> str:
    """Why the content cannot be that field, empty where it can."""
    title, order = BY_KEY[field].title, column.dates
    if BY_KEY[field].shape is Shape.DATE and order.total and order.dates < DATE_SHARE_MIN * order.total:
        return f"called like {title}, but {order.unread:,} of {order.total:,} cells are no date"
    if field == "reference" and not _are_references(column):
        return f"called like {title}, but its cells are no references of ours"
    if field == "foreign_id" and len(set(column.texts)) < DISTINCT_SHARE_MIN * len(column.texts):
        return f"called like {title}, but its values repeat"
    if field in WORDS_TO_KNOW and column.texts:
        known = sum(meaning_of(field, text) is not None for text in column.texts)
        if known < WORD_SHARE_MIN * len(column.texts):
            return f"called like {title}, but only {known:,} of {len(column.texts):,} cells are words known for it"
    return ""


def _find_by_content(uses: dict[str, ColumnUse], columns: Sequence[_Column]) -> None:
    filled = {use.field for use in uses.values()}
    if filled & {"mood", "score"} and filled.isdisjoint({"reference", "status"}):
        found = next(filter(_are_references, columns), None)
        if found:
            uses[found.name] = ColumnUse(found.name, "reference", "its cells look like our references")
    for field, pattern, what in (("email", _EMAIL, "e-mail addresses"), ("phone", _PHONE, "phone numbers")):
        found = next((column for column in _unused(uses, columns) if _mostly(column, pattern)), None)
        if field not in filled and found:
            uses[found.name] = ColumnUse(found.name, field, f"its cells look like {what}")
    if "received_at" not in filled:
        for column in _unused(uses, columns):
            if column.dates.dates - column.dates.serials > CONTENT_SHARE_MIN * column.dates.total:
                uses[column.name] = ColumnUse(column.name, "received_at", "the first column of dates")
                break
    if filled.isdisjoint(SUBSTANCE):
        longest = max(_unused(uses, columns), key=_mean_chars, default=None)
        if longest and _mean_chars(longest) >= TEXT_CHARS_MIN:
            uses[longest.name] = ColumnUse(longest.name, "details", "the column with the longest texts")


def _unused(uses: dict[str, ColumnUse], columns: Sequence[_Column]) -> list[_Column]:
    return [column for column in columns if not (use := uses.get(column.name)) or not use.field]


def _mostly(column: _Column, pattern: re.Pattern[str]) -> bool:
    """Whether most cells have the shape; plain numbers and decimals are ids and coordinates, not phones."""
    matching = [text for text in column.texts if pattern.fullmatch(text[:80]) and not _DECIMAL.fullmatch(text)]
    marked = any(not text.isdigit() or text.startswith("0") for text in matching)
    return marked and not column.dates.dates and len(matching) >= CONTENT_SHARE_MIN * len(column.texts)


def _are_references(column: _Column) -> bool:
    """Whether most cells look like references of ours, whatever their check digits say."""
    matching = sum(_REFERENCE.fullmatch(text[:80]) is not None for text in column.texts)
    return matching > 0 and matching >= CONTENT_SHARE_MIN * len(column.texts)


def _mean_chars(column: _Column) -> float:
    return sum(map(len, column.texts)) / len(column.texts) if column.texts else 0.0


def _holds_dates(dates: DateOrder) -> bool:
    return dates.dates > 0 and dates.dates >= DATE_SHARE_MIN * dates.total
