"""A query written out so that it is understood as the same query, wherever and by whomever it is typed."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from tuitrack.domain.deadlines import DueFilter
from tuitrack.domain.query.fields import MARKED, Field
from tuitrack.domain.query.selection import says_where_it_stands
from tuitrack.domain.query.terms import All, Among, Any, Between, Has, Is, Not, OneOf, Phrase, Query, Term, Text
from tuitrack.domain.queue import QueueQuery, Scope, Sort

_PLAIN = re.compile(r"[^\s()\",.<>=]+(?:\.[^\s()\",.<>=]+)*")
_DUE = {
    DueFilter.OVERDUE: "is:overdue",
    DueFilter.TODAY: "due:today -is:overdue",
    DueFilter.SOON: "due:today..3d -is:overdue",
}
_MEANS_SOMETHING = frozenset({"me", "none"})


def printed(query: Query) -> str:
    """The query as text, the order first, so that an unfinished word can stand last."""
    order = f"sort:{query.sort.value}" if query.sort else ""
    where = _printed(query.where, top=True) if query.where != All() else ""
    whole = " ".join(filter(None, (order, where)))
    last = _last(query.where)
    if isinstance(last, Text) and whole.endswith(last.typed):
        return whole if not last.finished else f"{whole} "
    if isinstance(last, Text | Phrase) and not last.finished:
        # A bracket left open at the end closes by itself, and so does a quote.
        whole = whole.rstrip(")")
        return whole if isinstance(last, Text) else whole.removesuffix('"')
    return whole


def one_text(query: QueueQuery, typed: Query) -> str:
    """The query as one text that means the same with nothing chosen by a key; `typed` is what its text means."""
    chosen = [f"sort:{query.sort.value}"] if query.sort is not Sort.USUAL and typed.sort is None else []
    if query.scope is not Scope.OPEN and not says_where_it_stands(typed.where):
        chosen.append(f"is:{query.scope.value}")
    if query.due is not DueFilter.ALL:
        chosen.append(_DUE[query.due])
    if query.owner is not None:
        chosen.append(
            "owner:me" if query.owner and query.owner == query.me else f"owner:{_value(Field.OWNER, query.owner)}"
        )
    if not chosen:
        return query.text
    # A bracket left open at the end closes by itself, so that an unfinished word stays unfinished.
    return f"{' '.join(chosen)} {'(' if isinstance(typed.where, Any) else ''}{query.text}".rstrip(" ")


def quoted(text: str) -> str:
    """A text in quotes, taken as it is."""
    return '"' + text.replace('"', '""') + '"'


def _printed(term: Term, *, top: bool = False) -> str:
    match term:
        case Text(typed):
            return typed
        case Phrase(words):
            return quoted(" ".join(words))
        case Is(trait):
            return f"is:{trait.value}"
        case Has(thing):
            return f"has:{thing.value}"
        case Among():
            return f"is:{MARKED}"
        case OneOf(field, values):
            return f"{field.value}:{','.join(_value(field, value) for value in values)}"
        case Between():
            return _moments(term)
        case Not(inner):
            several = isinstance(inner, All | Any) or (isinstance(inner, Text) and " " in inner.typed)
            return f"-({_printed(inner, top=True)})" if several else f"-{_printed(inner)}"
        case All(terms):
            return _grouped(" ".join(map(_printed, terms)), top)
        case Any(terms):
            # Terms side by side bind closer than `or` does.
            each = (_printed(one, top=isinstance(one, All)) for one in terms)
            return _grouped(" or ".join(each), top)


def _grouped(inner: str, top: bool) -> str:
    return inner if top else f"({inner})"


def _last(term: Term) -> Term:
    match term:
        case All(terms) | Any(terms) if terms:
            return _last(terms[-1])
        case Not(inner):
            return _last(inner)
        case _:
            return term


def _value(field: Field, value: str) -> str:
    if field is Field.OWNER and not value:
        return "none"
    plain = _PLAIN.fullmatch(value) and not (field is Field.OWNER and value.casefold() in _MEANS_SOMETHING)
    return value if plain else quoted(value)


def _moments(term: Between) -> str:
    name, since, before = term.field.value, term.since, term.before
    if since is None or before is None:
        sign, moment = ("<", before) if since is None else (">=", since)
        assert moment is not None
        return f"{name}{sign}{_moment(moment)}"
    if not (_is_midnight(since) and _is_midnight(before)):
        last = before - timedelta(minutes=1)
        return f"{name}:{_minute(last)}" if last == since else f"{name}:{_moment(since)}..{_minute(last)}"
    last = before - timedelta(days=1)
    return f"{name}:{_moment(since)}" + (f"..{_moment(last)}" if last != since else "")


def _is_midnight(moment: datetime) -> bool:
    return moment.time() == time()


def _moment(moment: datetime) -> str:
    return moment.date().isoformat() if _is_midnight(moment) else _minute(moment)


def _minute(moment: datetime) -> str:
    return f'"{moment:%Y-%m-%d %H:%M}"'
