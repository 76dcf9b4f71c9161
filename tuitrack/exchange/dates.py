"""Reads one date as other programs write it; which of day and month comes first is told to it, never guessed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Literal

from tuitrack.domain.errors import Refusal
from tuitrack.domain.text import ascii_digits, clean, one_line
from tuitrack.exchange.cells import Cell, as_text
from tuitrack.exchange.month_names import month_named
from tuitrack.lean import dataclass

Swapped = Literal["keep", "swap"]
YEAR_MIN, YEAR_MAX = 1950, 2100
SERIAL_MIN, SERIAL_MAX = 18_264, 73_415
"""Excel's day numbers of 1 January 1950 and 31 December 2100."""
_SERIAL_ZERO = datetime(1899, 12, 30)
_CENTURY_PIVOT = 70


class Order(StrEnum):
    """Which number comes first in a written date such as 04/05/2019."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


class Form(StrEnum):
    """What a written date says about the order of its column."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    EITHER = "either"
    YEAR_FIRST = "year first"
    NAMED = "month named"


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it stands in a text: its form, the two numbers beside the year, and the time if one is written."""

    form: Form
    year: int
    first: int
    """The month where the form is year first or named; otherwise the number written first."""
    second: int
    at: time | None
    offset: timedelta | None


@dataclass(frozen=True, slots=True)
class DateFormat:
    """How the dates of one column are to be read; `swapped` is about real date cells with day and month exchanged."""

    order: Order | None = None
    swapped: Swapped = "keep"


_TIME = (
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?\s?m\.?)?"
    r"\s*(?:uhr|sati|h|ч)?\s*(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2})?"
)
_CLOCK = re.compile(_TIME, re.IGNORECASE)
_TAIL = rf"(?:\s*[T,]?\s*(?:u|um|ob|at|в)?\s*{_TIME})?"
_YEAR_FIRST = re.compile(rf"(?P<y>\d{{4}})\s?[-/.]\s?(?P<a>\d{{1,2}})\s?[-/.]\s?(?P<b>\d{{1,2}})\.?{_TAIL}", re.I)
_COMPACT = re.compile(rf"(?P<y>(?:19|20)\d{{2}})(?P<a>\d{{2}})(?P<b>\d{{2}}){_TAIL}", re.I)
_NUMBERS = re.compile(
    rf"(?P<a>\d{{1,2}})\s?(?P<sep>[-/.])\s?(?P<b>\d{{1,2}})\s?(?P=sep)\s?(?P<y>\d{{4}}|\d{{2}})\.?{_TAIL}", re.I
)
_WEEKDAY = r"(?:[^\W\d]+\.?,?\s+)?"
_DAY_NAME = re.compile(
    rf"{_WEEKDAY}(?P<a>\d{{1,2}})(?:st|nd|rd|th|\.)?[\s-]*(?:de\s+|of\s+|ng\s+)?(?P<m>[^\W\d]{{2,}})\.?"
    rf"(?:[\s,-]+(?:de\s+|del\s+)?)(?P<y>\d{{4}}|\d{{2}})\.?(?:\s*г(?:ода|\.)?)?{_TAIL}",
    re.IGNORECASE,
)
_NAME_DAY = re.compile(
    rf"(?:[^\W\d]+\.?,\s+)?(?P<m>[^\W\d]{{2,}})\.?\s+(?P<a>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}}){_TAIL}", re.I
)
_TEXT_MAX_CHARS = 60
_DATES_REMEMBERED = 4096


@lru_cache(maxsize=_DATES_REMEMBERED)
def parse_written(text: str) -> Written | None:
    """Take a written date apart, or nothing where the text is no date; an impossible day is still taken apart."""
    plain = ascii_digits(" ".join(text.split()))
    if not plain or len(plain) > _TEXT_MAX_CHARS:
        return None
    if match := _YEAR_FIRST.fullmatch(plain) or _COMPACT.fullmatch(plain):
        return _written(match, Form.YEAR_FIRST, int(match["a"]), int(match["b"]))
    if match := _NUMBERS.fullmatch(plain):
        first, second = int(match["a"]), int(match["b"])
        return _written(match, _form(first, second, match["sep"]), first, second)
    if match := _DAY_NAME.fullmatch(plain) or _NAME_DAY.fullmatch(plain):
        month = month_named(match["m"])
        return _written(match, Form.NAMED, month, int(match["a"])) if month else None
    return None


def read_date(cell: Cell, chosen: DateFormat, field: str = "date") -> date | datetime | None:
    """The cell as a day, or as a moment where a time stands with it; None for an empty cell.

    A moment without a written offset is naive: the office's own clock. Raises Refusal where the cell is no date,
    or where it could be two and the column's order is not settled.
    """
    if isinstance(cell, datetime | date):
        return _checked(_exchanged(cell) if chosen.swapped == "swap" else cell, cell, field)
    text = as_text(cell).strip()
    if not text:
        return None
    if not isinstance(cell, bool) and (moment := _from_serial(text)):
        return moment
    return _read_text(text, chosen.order, field)


@lru_cache(maxsize=_DATES_REMEMBERED)
def _read_text(text: str, order: Order | None, field: str) -> date | datetime:
    """The day or moment of a written date; a register has the same ones again and again."""
    written = parse_written(text)
    if written is None:
        raise Refusal(f"{field}: “{_shown(text)}” is not a date; expected for example 2024-11-14 or 14.11.2024.", field)
    month, day = _month_and_day(written, order, text, field)
    try:
        found = date(written.year, month, day)
    except ValueError:
        raise Refusal(f"{field}: “{_shown(text)}” is not a day of the calendar.", field) from None
    _checked(found, text, field)
    if written.at is None:
        return found
    moment = datetime.combine(found, written.at)
    return moment if written.offset is None else (moment - written.offset).replace(tzinfo=UTC)


def read_time(cell: Cell, field: str = "time") -> time | None:
    """The cell as a time of day, from a time cell, a fraction of a day or a written time; None for an empty one."""
    if isinstance(cell, datetime):
        return cell.time()
    if isinstance(cell, time):
        return cell
    if isinstance(cell, timedelta) and timedelta(0) <= cell < timedelta(days=1):
        return (datetime.min + cell).time()
    if isinstance(cell, float) and 0 <= cell < 1:
        return (datetime.min + timedelta(seconds=round(cell * 86_400) % 86_400)).time()
    text = ascii_digits(" ".join(as_text(cell).split()))
    if not text:
        return None
    match = _CLOCK.fullmatch(text)
    at = _time_of(match) if match else None
    if at is None:
        raise Refusal(f"{field}: “{_shown(text)}” is not a time; expected for example 14:30 or 2:30 PM.", field)
    return at


def _form(first: int, second: int, separator: str) -> Form:
    """Dots are only ever written with the day first, unless the numbers forbid it."""
    if first > 12 >= second:
        return Form.DAY_FIRST
    if second > 12 >= first:
        return Form.MONTH_FIRST
    return Form.DAY_FIRST if separator == "." else Form.EITHER


def _written(match: re.Match[str], form: Form, first: int, second: int) -> Written | None:
    year = int(match["y"])
    if len(match["y"]) == 2:
        year += 1900 if year >= _CENTURY_PIVOT else 2000
    at = None
    if match["hour"] and (at := _time_of(match)) is None:
        return None
    return Written(form, year, first, second, at, _offset(match["zone"]))


def _time_of(match: re.Match[str]) -> time | None:
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"][0].lower() == "p" else 0)
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _offset(zone: str | None) -> timedelta | None:
    if not zone:
        return None
    if zone[0] not in "+-":
        return timedelta(0)
    digits = zone[1:].replace(":", "")
    amount = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -amount if zone[0] == "-" else amount


def _month_and_day(written: Written, order: Order | None, text: str, field: str) -> tuple[int, int]:
    if written.form in (Form.YEAR_FIRST, Form.NAMED):
        return written.first, written.second
    if written.form is Form.EITHER and written.first != written.second and order is None:
        raise Refusal(
            f"{field}: “{_shown(text)}” can be read day first or month first, and nothing settles which; "
            "choose the date order.",
            field,
        )
    month_first = written.form is Form.MONTH_FIRST or (written.form is Form.EITHER and order is Order.MONTH_FIRST)
    return (written.first, written.second) if month_first else (written.second, written.first)


@lru_cache(maxsize=_DATES_REMEMBERED)
def _from_serial(text: str) -> date | datetime | None:
    """A spreadsheet's day number as a day, or as a moment where it has a fraction."""
    try:
        number = float(text) if len(text) <= 20 and text.replace(".", "", 1).isascii() else 0.0
    except ValueError:
        return None
    if not SERIAL_MIN <= number <= SERIAL_MAX:
        return None
    moment = _SERIAL_ZERO + timedelta(seconds=round(number * 86_400))
    return moment.date() if number.is_integer() else moment


def is_serial(cell: Cell) -> bool:
    """Whether a cell is a number that a spreadsheet would show as a date of our times."""
    return not isinstance(cell, bool | date) and _from_serial(as_text(cell).strip()) is not None


def _exchanged(cell: date | datetime) -> date | datetime:
    """Day and month exchanged, where that gives a day of the calendar."""
    return cell.replace(month=cell.day, day=cell.month) if cell.day <= 12 else cell


def _checked(found: date | datetime, written: Cell, field: str) -> date | datetime:
    if not YEAR_MIN <= found.year <= YEAR_MAX:
        raise Refusal(
            f"{field}: the year of “{_shown(as_text(written))}” is not believed; "
            f"expected {YEAR_MIN} to {YEAR_MAX} of the Gregorian calendar.",
            field,
        )
    return found


def _shown(text: str) -> str:
    return one_line(clean(text), 40)
