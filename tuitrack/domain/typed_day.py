"""A day out of what was typed: weekday names, dates in figures, offsets and ends of week, month or year."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Literal, NamedTuple

from tuitrack.domain.day_words import FILLERS, UNITS, Meaning, meanings_of
from tuitrack.domain.errors import Refusal
from tuitrack.domain.spoken_time import plain_day
from tuitrack.domain.text import clean, fold, one_line

Prefer = Literal["future", "past"]
"""Where the nearest day is looked for when the year or the week was not typed."""

FIRST_YEAR, LAST_YEAR = 1900, 2200
DAY_EXAMPLES = "today, fri, +3d, 14.11., eom or 2026-11-14"
OFFSET = re.compile(r"([+-]?)(\d{1,5})([a-z]+)")
"""Sign, number and unit of `+3d`."""

_TYPED_MAX = 100
_YEARS_TAKEN = f"years from {FIRST_YEAR} to {LAST_YEAR} are taken"
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})(?:\2(\d{4}|\d{2}))?\.?")
_WITH_MONTH_NAME = re.compile(r"(\d{1,2})\.? ([a-z]{3,})(?: (\d{4}))?")
_RESPELLINGS = (
    (re.compile(r"[,;]"), " "),
    (re.compile(r"\b([ap])\.m\b\.?"), r"\1m"),
    (re.compile(r"(?<=\d)\s+(?=[ap]m\b)"), ""),
    (re.compile(r"(?<=\d-\d\d)t(?=\d)"), " "),
    (re.compile(r"(?<![\d.])(\d{1,2}\.)\s+(\d{1,2}\.)(?!\d\d?\b)"), r"\1\2"),
    (re.compile(r"(?<!\d)(\d{1,2}\.\d{1,2}\.)\s+(?=\d{4}\b)"), r"\1"),
    (re.compile(r"(?<=\d)\s+(?=(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)\b)"), ""),
    (re.compile(r"^(?:in )?(\d+[a-z]+) ago$"), r"-\1"),
    (re.compile(r"^in (\d+[a-z]+)$"), r"+\1"),
    (re.compile(r"\s+(?=شنبه|فردا)"), ""),
)


class Asked(NamedTuple):
    """What one field was asked, passed along so that every refusal can name it."""

    typed: str
    today: date
    prefer: Prefer
    month_first: bool
    field: str

    def refusal(self, reason: str) -> Refusal:
        """A refusal that names the field."""
        return Refusal(reason, self.field)

    def unknown(self, examples: str) -> Refusal:
        """The refusal of what is no date."""
        shown = one_line(clean(self.typed), 40)
        return self.refusal(f"“{shown}” is not a date that is known here. Type for example {examples}.")

    def day(self, year: int, month: int, day: int) -> date:
        """The day, or a refusal that says why there is none."""
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise self.refusal(f"The year {year} is too far away; {_YEARS_TAKEN}.")
        if not 1 <= month <= 12:
            raise self.refusal(f"There is no month {month}. Type a day as 14.11. or 2026-11-14, a time as 9:30.")
        if not 1 <= day <= monthrange(year, month)[1]:
            last = monthrange(year, month)[1]
            raise self.refusal(f"{day}.{month}.{year} does not exist; that month has {last} days.")
        return date(year, month, day)


def typed_words(text: str) -> list[str]:
    """The folded words that carry meaning; more than a date can be is cut off."""
    typed = fold(clean(text[:_TYPED_MAX], lines=False)).strip()
    for pattern, respelled in _RESPELLINGS:
        typed = pattern.sub(respelled, typed)
    return [word for word in typed.split() if word not in FILLERS]


def read_day(words: list[str], asked: Asked) -> tuple[date, bool]:
    """The day, and whether only its weekday named it; several words for the day have to agree."""
    named: list[Meaning] = []
    for word in words:
        if (meaning := _day_word(word, asked)) is None:
            break
        named.append(meaning)
    figures = words[len(named) :]
    day = _typed_day(" ".join(figures), asked) if figures else _named_day(named[-1], asked)
    for word, meaning in zip(words, named, strict=False):
        agrees = meaning.number == day.weekday() if meaning.kind == "weekday" else _named_day(meaning, asked) == day
        if not agrees:
            raise asked.refusal(f"{plain_day(day)} is not “{word}”. Type the day or the date alone.")
    return day, not figures and named[-1].kind == "weekday"


def _day_word(word: str, asked: Asked) -> Meaning | None:
    """What a word says about the day, `None` for figures and months; two meanings are a refusal."""
    meanings = meanings_of(word)
    if len(meanings) > 1:
        raise asked.refusal(f"“{word}” can mean more than one day here. Type more of the word, or the date.")
    return next((meaning for meaning in meanings if meaning.kind != "month"), None)


def _named_day(meaning: Meaning, asked: Asked) -> date:
    """The day of `tomorrow` or `friday`; a weekday is never today."""
    if meaning.kind == "day":
        return _moved(asked.today, days=meaning.number, asked=asked)
    ahead = (meaning.number - asked.today.weekday() - 1) % 7 + 1
    back = (asked.today.weekday() - meaning.number - 1) % 7 + 1
    return _moved(asked.today, days=ahead if asked.prefer == "future" else -back, asked=asked)


def _typed_day(typed: str, asked: Asked) -> date:
    """The day of figures, of a month's name, of an offset such as +3d, or of an end such as eom."""
    if typed in {"eow", "eom", "eoy"}:
        return _end(typed, asked)
    if found := OFFSET.fullmatch(typed):
        return _offset_day(found, asked)
    if found := _YEAR_FIRST.fullmatch(typed):
        return asked.day(int(found[1]), int(found[3]), int(found[4]))
    if found := _YEAR_LAST.fullmatch(typed):
        first, second, year = int(found[1]), int(found[3]), found[4]
        if found[2] == "." and not typed.endswith(".") and year is None and not 1 <= second <= 12:
            time_typed = typed.replace(".", ":")
            raise asked.refusal(f"“{typed}” is no day. Type {time_typed} for a time, or day first for a date: 30.9.")
        swapped = asked.month_first and found[2] != "."
        return _in_year(year, second if not swapped else first, first if not swapped else second, asked)
    if found := _WITH_MONTH_NAME.fullmatch(typed):
        months = [meaning.number for meaning in meanings_of(found[2]) if meaning.kind == "month"]
        if len(months) == 1:
            return _in_year(found[3], months[0], int(found[1]), asked)
    raise asked.unknown(DAY_EXAMPLES)


def _in_year(typed_year: str | None, month: int, day: int, asked: Asked) -> date:
    """That day in the typed year, or in the nearest year of the preferred direction."""
    if typed_year:
        century = 0 if len(typed_year) == 4 else 2000 if int(typed_year) < 70 else 1900
        return asked.day(century + int(typed_year), month, day)
    year, this_year = asked.today.year, (asked.today.month, asked.today.day)
    if asked.prefer == "future" and (month, day) < this_year:
        year += 1
    elif asked.prefer == "past" and (month, day) > this_year:
        year -= 1
    return asked.day(year, month, day)


def _end(which: str, asked: Asked) -> date:
    """The end of the working week (Friday), month or year: the coming one, or the last one past."""
    today, ahead = asked.today, asked.prefer == "future"
    if which == "eow":
        friday = (4 - today.weekday()) % 7 if ahead else -((today.weekday() - 5) % 7 + 1)
        return _moved(today, days=friday, asked=asked)
    if which == "eom":
        end = today.replace(day=monthrange(today.year, today.month)[1])
        return end if ahead else _moved(today.replace(day=1), days=-1, asked=asked)
    return asked.day(today.year if ahead else today.year - 1, 12, 31)


def signed(found: re.Match[str], asked: Asked) -> tuple[int, str]:
    """The number and unit of an offset; without a sign it goes in the preferred direction."""
    backwards = found[1] == "-" or (not found[1] and asked.prefer == "past")
    if found[3] not in UNITS:
        raise asked.unknown(DAY_EXAMPLES)
    return (-1 if backwards else 1) * int(found[2]), UNITS[found[3]]


def _offset_day(found: re.Match[str], asked: Asked) -> date:
    """The day so many days, weeks, months or years away; a month that is too short gives its last day."""
    number, unit = signed(found, asked)
    if unit in {"days", "weeks"}:
        return _moved(asked.today, days=number * (7 if unit == "weeks" else 1), asked=asked)
    if unit not in {"months", "years"}:
        raise asked.refusal(f"“{found[0]}” is a time; type a day, for example {DAY_EXAMPLES}.")
    months = asked.today.year * 12 + asked.today.month - 1 + number * (12 if unit == "years" else 1)
    first = asked.day(months // 12, months % 12 + 1, 1)
    return first.replace(day=min(asked.today.day, monthrange(first.year, first.month)[1]))


def _moved(day: date, *, days: int, asked: Asked) -> date:
    """The day so many days later, refused where it is out of the years that are taken."""
    ordinal = day.toordinal() + days
    if not date(FIRST_YEAR, 1, 1).toordinal() <= ordinal <= date(LAST_YEAR, 12, 31).toordinal():
        raise asked.refusal(f"That is too far away; {_YEARS_TAKEN}.")
    return date.fromordinal(ordinal)
