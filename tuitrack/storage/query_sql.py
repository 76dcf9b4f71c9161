"""The terms of a query as conditions on the table of cases; everything typed is a bound parameter.

Words are looked up by FTS5. Terms that only ask for words and phone numbers become one MATCH together; its letters and
digits stand in quotes, so that no typed sign is an operator.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from operator import or_
from typing import Any

from peewee import SQL, NodeList, fn

from tuitrack.domain.query import terms as query
from tuitrack.domain.query.fields import Field, PromiseState, Thing, Trait
from tuitrack.domain.words import Status
from tuitrack.storage.fields import epoch_ms
from tuitrack.storage.mapping import account_key
from tuitrack.storage.search import name_match, phone_end, phones_match, phrase_match, text_match
from tuitrack.storage.tables import (
    IS_OPEN_WORK,
    NEVER_DUE,
    Actions,
    Calls,
    Cases,
    Clocks,
    Customers,
    Phones,
    Promises,
    Remedies,
)

EVERY_CASE = SQL("1")
_NO_CASE = SQL("0")

_MOMENTS = {
    Field.DUE: Cases.due_key,
    Field.RECEIVED: Cases.received_at,
    Field.CLOSED: Cases.closed_at,
    Field.TOUCHED: Cases.touched_at,
}
_WORDS = {
    Field.STATUS: Cases.status,
    Field.CHANNEL: Cases.channel,
    Field.KIND: Cases.kind,
    Field.PRIORITY: Cases.priority,
}
_BEGINNINGS = {
    Field.CATEGORY: Cases.category,
    Field.PRODUCT: Cases.product,
    Field.DEPARTMENT: Cases.department,
    Field.CAUSE: Cases.cause,
}


def match_of(term: query.Term) -> str | None:
    """The FTS5 query that finds exactly the cases of a term, None where the term asks for more than words."""
    match term:
        case query.Text(typed, finished):
            return text_match(typed, finished=finished)
        case query.Phrase(words, finished):
            return phrase_match(words, finished=finished)
        case query.OneOf(Field.PHONE, values):
            return " OR ".join(f"({phones_match(digits)})" for digits in filter(None, map(phone_end, values))) or None
        case query.Any(inner):
            each = [match_of(one) for one in inner]
            return " OR ".join(f"({one})" for one in each if one) if all(each) else None
        case query.All(inner):
            return _match_of_all(inner)
        case _:
            return None


def _match_of_all(inner: tuple[query.Term, ...]) -> str | None:
    """FTS5 has no bare NOT: what must not be found is taken from what must be found."""
    found = [match_of(one) for one in inner if not isinstance(one, query.Not)]
    unwanted = [match_of(one.term) for one in inner if isinstance(one, query.Not)]
    if not found or not all(found) or not all(unwanted):
        return None
    return " NOT ".join([" AND ".join(f"({one})" for one in found), *(f"({one})" for one in unwanted)])


def parted(term: query.Term) -> tuple[str | None, list[query.Term]]:
    """What of the terms that must all hold FTS5 can find in one go, and the rest."""
    found = [one for one in query.conjuncts(term) if match_of(one)]
    if not found:
        return None, list(query.conjuncts(term))
    rest: list[query.Term] = []
    for one in query.conjuncts(term):
        if isinstance(one, query.Not) and match_of(one.term):
            found.append(one)
        elif one not in found:
            rest.append(one)
    return match_of(query.All(tuple(found))), rest


def condition(term: query.Term, now: datetime) -> Any:
    """Whether a case is what the term asks for."""
    match = match_of(term)
    if match is not None:
        return in_match(match)
    match term:
        case query.Is(trait):
            return _is(trait, now)
        case query.Has(thing):
            return _HAS[thing]()
        case query.OneOf(field, values):
            return _one_of(field, values)
        case query.Between(field, since, before):
            return _between(field, since, before)
        case query.Among(case_ids):
            return is_among(case_ids)
        case query.Not(inner):
            # A comparison with nothing is neither true nor false; what is not true is what is wanted.
            return fn.COALESCE(condition(inner, now), 0) == 0
        case query.All(inner):
            return joined([condition(one, now) for one in inner], lambda one, other: one & other, EVERY_CASE)
        case query.Any(inner):
            return joined([condition(one, now) for one in inner], or_, _NO_CASE)
    raise AssertionError(f"a term without words that has none: {term}")


def in_match(match: str, *, each_case: bool = False) -> Any:
    """Whether a case is found by FTS5; with `each_case` SQLite is kept from fetching all that is found."""
    found = SQL("(SELECT rowid FROM case_search WHERE case_search MATCH ?)", [match])
    return (NodeList((SQL("+"), Cases.id)) if each_case else Cases.id).in_(found)


def is_among(case_ids: frozenset[int]) -> Any:
    """Whether a case is one of these; any number of ids is one parameter."""
    return Cases.id.in_(SQL("(SELECT value FROM json_each(?))", [json.dumps(sorted(case_ids))]))


def joined(conditions: list[Any], join: Callable[[Any, Any], Any], empty: Any) -> Any:
    """Conditions joined as a flat tree, for Peewee writes deep ones out by recursion."""
    if len(conditions) < 2:
        return conditions[0] if conditions else empty
    half = len(conditions) // 2
    return join(joined(conditions[:half], join, empty), joined(conditions[half:], join, empty))


def _is(trait: Trait, now: datetime) -> Any:
    match trait:
        case Trait.OPEN:
            return IS_OPEN_WORK
        case Trait.CLOSED:
            return Cases.status == Status.CLOSED
        case Trait.ALL:
            return EVERY_CASE
        case Trait.RESOLVED:
            return Cases.status == Status.RESOLVED
        case Trait.UNCONFIRMED:
            return (Cases.status == Status.RESOLVED) & Cases.customer_confirmed_on.is_null()
        case Trait.OVERDUE:
            return Cases.due_key < epoch_ms(now)
        case Trait.LATE:
            late = [
                _exists(Clocks, Clocks.met_at > Clocks.due_at),
                _exists(Promises, Promises.settled_at > Promises.due_at),
                _exists(Actions, Actions.done_at > Actions.due_at),
            ]
            return joined(late, or_, _NO_CASE)
        case Trait.PAUSED:
            return _exists(Clocks, Clocks.paused_at.is_null(False), Clocks.met_at.is_null())
        case Trait.REOPENED:
            return Cases.reopened_count > 0
        case Trait.ANGRY:
            return Cases.still_angry == 1
        case Trait.PUBLIC:
            return Cases.public == 1


def _between(field: Field, since: datetime | None, before: datetime | None) -> Any:
    column = _MOMENTS[field]
    conditions = [] if since is None else [column >= _ms(field, since)]
    if before is not None:
        conditions.append(column < _ms(field, before))
    elif field is Field.DUE:
        conditions.append(column < NEVER_DUE)
    return joined(conditions, lambda one, other: one & other, EVERY_CASE)


def _ms(field: Field, moment: datetime) -> Any:
    """The due key is a bare number; the other columns make one of a moment themselves."""
    return epoch_ms(moment) if field is Field.DUE else moment


def _one_of(field: Field, values: tuple[str, ...]) -> Any:
    if field in _WORDS:
        column = _WORDS[field]
        words = [column.words(value) for value in values]
        return column == words[0] if len(words) == 1 else column << words
    return joined([_has_value(field, value) for value in values], or_, _NO_CASE)


def _has_value(field: Field, value: str) -> Any:
    if field in _BEGINNINGS:
        return fn.begins(_BEGINNINGS[field], value) == 1
    match field:
        case Field.OWNER:
            return Cases.owner == value if value else Cases.owner.is_null()
        case Field.TAG:
            return fn.has_tag(Cases.tags, value) == 1
        case Field.REF:
            numbers = fn.has_number(Cases.reference, Cases.foreign_id, value) == 1
            return in_match(text_match(value, finished=True)) & numbers
        case Field.ACCOUNT:
            key, end = account_key(value), account_key(value) + "\U0010ffff"
            accounts = Customers.select(Customers.id)
            return Cases.customer << accounts.where(Customers.account_key >= key, Customers.account_key < end)
        case Field.NAME:
            named = "(SELECT rowid FROM customer_search WHERE customer_search MATCH ?)"
            return Cases.customer.in_(SQL(named, [name_match(value)]))
        case Field.PROMISE:
            outcome = Promises.outcome
            state = outcome.is_null() if value == PromiseState.OPEN else outcome == outcome.words(value)
            return _exists(Promises, state)
    raise AssertionError(f"no value is compared with {field}")


def _exists(table: Any, *conditions: Any) -> Any:
    """Whether the case has a record, looked up for each case through the index that begins with it."""
    return fn.EXISTS(table.select(SQL("1")).where(table.case == Cases.id, *conditions))


def _of_customer(table: Any, key: Any, *conditions: Any) -> Any:
    return fn.EXISTS(table.select(SQL("1")).where(key == Cases.customer, *conditions))


_HAS: dict[Thing, Callable[[], Any]] = {
    Thing.OWNER: lambda: Cases.owner.is_null(False),
    Thing.DUE: lambda: Cases.due_key < NEVER_DUE,
    Thing.PROMISE: lambda: _exists(Promises),
    Thing.ACTION: lambda: _exists(Actions),
    Thing.REMEDY: lambda: _exists(Remedies),
    Thing.CALL: lambda: _exists(Calls),
    Thing.RESOLUTION: lambda: Cases.company_resolved_on.is_null(False),
    Thing.CONFIRMATION: lambda: Cases.customer_confirmed_on.is_null(False),
    Thing.CAUSE: lambda: Cases.cause != "",
    Thing.CATEGORY: lambda: Cases.category != "",
    Thing.PRODUCT: lambda: Cases.product != "",
    Thing.TAG: lambda: Cases.tags != "",
    Thing.AMOUNT: lambda: Cases.amount_asked.is_null(False),
    Thing.ACCOUNT: lambda: _of_customer(Customers, Customers.id, Customers.account_key != ""),
    Thing.PHONE: lambda: _of_customer(Phones, Phones.customer),
    Thing.EMAIL: lambda: _of_customer(Customers, Customers.id, Customers.email != ""),
}
