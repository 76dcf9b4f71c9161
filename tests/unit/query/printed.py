"""Any query written out from its terms, to be read back as the same."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from tuitrack.domain.query.fields import MARKED, Field
from tuitrack.domain.query.printing import columns_text, quoted, value_text
from tuitrack.domain.query.terms import All, Among, Any, Between, Has, Is, Not, OneOf, Phrase, Query, Term, Text, Took


def printed(query: Query) -> str:
    """The query as text, order and columns first, so that an unfinished word can stand last."""
    order = f"sort:{query.sort.value}" if query.sort else ""
    where = _printed(query.where, top=True) if query.where != All() else ""
    as_of = f"at:{_past(query.at)}" if query.at else ""
    whole = " ".join(filter(None, (order, columns_text(query.columns), as_of, where)))
    last = _last(query.where)
    if isinstance(last, Text) and whole.endswith(last.typed):
        return whole if not last.finished else f"{whole} "
    if isinstance(last, Text | Phrase) and not last.finished:
        # A bracket left open at the end closes by itself, and so does a quote.
        whole = whole.rstrip(")")
        return whole if isinstance(last, Text) else whole.removesuffix('"')
    return whole


def _past(moment: datetime) -> str:
    """A moment that has passed; the last one of a day is that day."""
    return moment.date().isoformat() if moment.microsecond else _minute(moment)


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
        case OneOf(field, values, whole):
            # What is exactly so is not looked up again among names that begin so.
            sign = "=" if whole or field in (Field.OWNER, Field.TEAM) else ":"
            return f"{field.value}{sign}{','.join(value_text(field, value) for value in values)}"
        case Between():
            return _moments(term)
        case Took(least, most):
            return f"turnaround:{least or 0}..{'' if most is None else most}"
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
