"""What a queue's query means at one moment: everything typed and everything chosen by a key as one query."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from tuitrack.domain.deadlines import DueFilter, window
from tuitrack.domain.errors import QueryRefused
from tuitrack.domain.query.fields import Field, Trait
from tuitrack.domain.query.terms import Between, Is, OneOf, Phrase, Query, Term, Text, all_of, conjuncts, every
from tuitrack.domain.queue import QueueQuery, Scope, Sort

if TYPE_CHECKING:
    from tuitrack.domain.people import Agent

_STANDS = frozenset({Trait.OPEN, Trait.CLOSED, Trait.ALL, Trait.RESOLVED, Trait.UNCONFIRMED})
_STANDS_BY_FIELD = frozenset({Field.STATUS, Field.CLOSED, Field.REF})
_BY_TRAIT = {DueFilter.OVERDUE: Trait.OVERDUE, DueFilter.PAUSED: Trait.PAUSED, DueFilter.LATE: Trait.LATE}
_SCOPES = {
    Scope.OPEN: Trait.OPEN,
    Scope.UNCONFIRMED: Trait.UNCONFIRMED,
    Scope.CLOSED: Trait.CLOSED,
    Scope.ALL: Trait.ALL,
}


def selection(query: QueueQuery, now: datetime, agents: Callable[[], Sequence[Agent]]) -> Query:
    """The query as terms with an order; `now` is in the office's zone. Raises QueryRefused.

    The moment of a query that is asked as of one is to be taken out of its text before, and handed in as `now`.
    """
    typed = _typed(query, now, agents)
    if typed.at is not None:
        raise QueryRefused("at: only a list of cases can be asked for as it was.", 0, len(query.text))
    chosen: list[Term] = [] if says_where_it_stands(typed.where) else [Is(_SCOPES[query.scope])]
    if query.due is not DueFilter.ALL:
        trait = _BY_TRAIT.get(query.due)
        chosen.append(Is(trait) if trait else Between(Field.DUE, *window(query.due, now)))
    if query.owner is not None:
        chosen.append(OneOf(Field.OWNER, (query.owner,)))
    sort = typed.sort or query.sort
    if sort is Sort.USUAL or (sort is Sort.BEST and not searches_words(typed.where)):
        sort = Sort.ENTERED if searches_words(typed.where) else Sort.DUE
    return replace(typed, where=all_of([*chosen, typed.where]), sort=sort)


def _typed(query: QueueQuery, now: datetime, agents: Callable[[], Sequence[Agent]]) -> Query:
    """What the text means; the grammar is not even loaded for a queue in which nothing was typed yet."""
    if not query.text:
        return Query()
    from tuitrack.domain.query.asking import Asking
    from tuitrack.domain.query.parser import parse

    return parse(query.text, Asking(now, query.me, agents, query.marked))


def says_where_it_stands(term: Term) -> bool:
    """Whether a query says itself which part of all cases it is about, so that it need not mean open work."""
    return any(
        (isinstance(one, Is) and one.trait in _STANDS)
        or (isinstance(one, OneOf | Between) and one.field in _STANDS_BY_FIELD)
        for one in every(term)
    )


def searches_words(term: Term) -> bool:
    """Whether every case found has words that were typed; such a search shows what was entered last first."""
    return any(isinstance(one, Text | Phrase) for one in conjuncts(term))
