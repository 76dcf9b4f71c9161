"""What may be typed next in a query: names of fields, then the words or the values in use of the field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from tuitrack.domain.query.fields import AGES, MOMENTS, OF_AGENTS, OPEN_VALUES, Field, fields_named, words_after
from tuitrack.domain.query.printing import quoted
from tuitrack.domain.text import QUERY_MAX, fold
from tuitrack.lean import dataclass

_AT_CURSOR = re.compile(
    r"""(?:^|[\s(])-*
    (?:([^\W\d_]+)(:|<=|>=|<|>|=)((?:"[^"]*"|[^\s()"])*,)?("?[^",()]*)|([^\s()":<>=]*))$""",
    re.VERBOSE,
)
"""Groups: field, sign, the values before the one begun, the value begun; or the word begun."""
_NEEDS_QUOTES = re.compile(r'[\s(),"<>=]|\.\.|\.$')


@dataclass(frozen=True, slots=True)
class Completion:
    """Text to put in place of the characters from `start` to `end`, and what to show beside it."""

    start: int
    end: int
    text: str
    title: str = ""
    """What it means."""
    count: int | None = None
    """How many of the latest cases have the value."""


def complete(
    text: str, cursor: int, values_used: Callable[[Field], Mapping[str, int]], names: Mapping[str, str]
) -> list[Completion]:
    """What can stand at the cursor, the commonest first; `names` are what the agents are called."""
    found = _AT_CURSOR.search(text[:cursor]) if cursor <= QUERY_MAX else None
    if found is None:
        return []
    if found[1] is None:
        start = found.start(5)
        begun = fold(found[5])
        return [
            Completion(start, cursor, f"{field.value}{_sign(field)}", field.label)
            for field in Field
            if field.value.startswith(begun)
        ]
    fields = fields_named(found[1])
    if len(fields) != 1:
        return []
    named = set((found[3] or "").split(","))
    values = _values(fields[0], found[4].lstrip('"'), found.start(4), cursor, values_used, names)
    return [value for value in values if value.text not in named]


def _values(
    field: Field,
    typed: str,
    start: int,
    end: int,
    values_used: Callable[[Field], Mapping[str, int]],
    names: Mapping[str, str],
) -> list[Completion]:
    begun = fold(typed)
    listed = [
        Completion(start, end, word, title)
        for word, title in words_after(field).items()
        if fold(word).startswith(begun) or (title and fold(title).startswith(begun))
    ]
    if field not in OPEN_VALUES:
        return listed
    used = values_used(field)
    if field in OF_AGENTS:
        used = dict(used) | {handle: 0 for handle in names if handle not in used}
    return listed + [
        Completion(start, end, quoted(value) if _NEEDS_QUOTES.search(value) else value, _title(value, names), count)
        for value, count in used.items()
        if fold(value).startswith(begun) or fold(_title(value, names)).startswith(begun)
    ]


def _title(value: str, names: Mapping[str, str]) -> str:
    return names.get(value, "")


def _sign(field: Field) -> str:
    """The sign most often typed after a field."""
    return ">" if field in AGES else "<" if field in MOMENTS - {Field.CLOSED, Field.RECEIVED, Field.ENTERED} else ":"
