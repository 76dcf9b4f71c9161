"""A query written out so that it is understood as the same query, wherever and by whomever it is typed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tuitrack.domain.columns import Column
from tuitrack.domain.deadlines import DueFilter
from tuitrack.domain.query.fields import OF_AGENTS, Field, fields_named
from tuitrack.domain.query.lexer import FieldToken, Token, storable, tokens
from tuitrack.domain.query.selection import says_where_it_stands
from tuitrack.domain.query.terms import Any, Query
from tuitrack.domain.queue import QueueQuery, Scope, Sort

_PLAIN = re.compile(r"[^\s()\",.<>=]+(?:\.[^\s()\",.<>=]+)*")
DUE_TEXTS = {
    DueFilter.OVERDUE: "is:overdue",
    DueFilter.TODAY: "due:today -is:overdue",
    DueFilter.SOON: "due:today..3d -is:overdue",
    DueFilter.PAUSED: "is:paused",
    DueFilter.LATE: "is:late",
}
"""What each overdue filter is in the words of the language."""
_MEANS_SOMETHING = dict.fromkeys(OF_AGENTS, frozenset({"me", "none"})) | {Field.TEAM: frozenset({"mine", "none"})}
"""What is no name after a field."""


def one_text(query: QueueQuery, typed: Query) -> str:
    """The query as one text that means the same with nothing chosen by a key; `typed` is what its text means."""
    chosen = [f"sort:{query.sort.value}"] if query.sort is not Sort.USUAL and typed.sort is None else []
    if query.scope is not Scope.OPEN and not says_where_it_stands(typed.where):
        chosen.append(f"is:{query.scope.value}")
    if query.due is not DueFilter.ALL:
        chosen.append(DUE_TEXTS[query.due])
    if query.owner is not None:
        chosen.append(
            "owner:me" if query.owner and query.owner == query.me else f"owner:{value_text(Field.OWNER, query.owner)}"
        )
    return narrowed(query.text, typed, chosen) if chosen else query.text


def narrowed(text: str, typed: Query, terms: Sequence[str]) -> str:
    """A typed query with terms that must hold as well; `typed` is what it means."""
    # A bracket left open at the end closes by itself, so that an unfinished word stays unfinished.
    return f"{' '.join(terms)} {'(' if isinstance(typed.where, Any) else ''}{text}".rstrip(" ")


def columns_text(columns: Sequence[Column]) -> str:
    """Columns as they are typed, nothing where there are none."""
    return f"{Field.COLUMNS.value}:{','.join(columns)}" if columns else ""


def with_columns(text: str, columns: Sequence[Column]) -> str:
    """A typed query with other columns, the rest of it as it was typed."""
    text = _without(Field.COLUMNS, text)
    # In front, so that an unfinished word can stand last, and whoever types on begins a word of their own.
    return f"{columns_text(columns)} {text}" if columns else text


def without_columns(text: str) -> str:
    """What a typed query looks for, whatever is shown of it."""
    return with_columns(text, ()).strip()


def as_of(text: str, moment: str) -> str:
    """A typed query asked as of a moment, however that is typed; of the present where it is empty."""
    text = _without(Field.AT, text)
    return f"{Field.AT.value}:{value_text(Field.AT, moment)} {text}" if moment else text


def names_moment(text: str) -> bool:
    """Whether a typed query says as of which moment it is asked."""
    return bool(_naming(Field.AT, text))


def names_order(text: str) -> bool:
    """Whether a typed query says in which order its cases come, which goes before one chosen by a key."""
    return bool(_naming(Field.SORT, text))


def quoted(text: str) -> str:
    """A text in quotes, taken as it is."""
    return '"' + text.replace('"', '""') + '"'


def value_text(field: Field, value: str) -> str:
    """A value of a field, in quotes where it would be taken for something else."""
    means_something = _MEANS_SOMETHING.get(field, frozenset())
    if means_something and not value:
        return "none"
    plain = _PLAIN.fullmatch(value) and value.casefold() not in means_something
    return value if plain else quoted(value)


def _without(field: Field, text: str) -> str:
    """A typed query without the pieces that name a field."""
    for token in reversed(_naming(field, text)):
        before, after = text[: token.start].rstrip("-"), text[token.end :]
        text = before + (after.removeprefix(" ") if before.endswith(" ") or not before else after)
    return text


def _naming(field: Field, text: str) -> list[Token]:
    """The pieces of a typed query that name a field."""
    found = tokens(storable(text))
    return [token for token in found if isinstance(token, FieldToken) and fields_named(token.name) == [field]]
