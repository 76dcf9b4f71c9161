"""What a query was understood to mean, in words: `open, due before Tue 24 Nov, of Ana`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from tuitrack.domain.query.fields import MARKED, Field, Thing, Trait, words_after
from tuitrack.domain.query.terms import All, Among, Any, Between, Has, Is, Not, OneOf, Phrase, Query, Term, Text, Took
from tuitrack.domain.queue import Sort
from tuitrack.domain.spoken_time import plain_day
from tuitrack.domain.text import one_line
from tuitrack.lean import dataclass

_USUAL = frozenset({Sort.DUE, Sort.ENTERED, None})
_CALLED = {
    Field.REF: "reference",
    Field.TAG: "tag",
    Field.ACCOUNT: "account",
    Field.NAME: "customer",
    Field.RULES: "following rules",
    Field.ESCALATED: "escalated to",
    Field.MET: "met in time:",
    Field.MISSED: "missed:",
    Field.ACTION: "open action:",
}


def describe(query: Query, today: date, names: Mapping[str, str]) -> str:
    """One line; `names` are what the agents are called, by their handles."""
    saying = _Saying(today, names)
    was = f"as it was {saying.moment(query.at)}" if query.at else ""
    said = saying.said(query.where, top=True)
    order = query.sort.label if query.sort and query.sort not in _USUAL else ""
    shown = f"{len(query.columns)} column{'s' * (len(query.columns) > 1)}" if query.columns else ""
    return ", ".join(filter(None, (was, said, order, shown)))


@dataclass(frozen=True, slots=True)
class _Saying:
    today: date
    names: Mapping[str, str]

    def said(self, term: Term, *, top: bool = False) -> str:
        """A term in words; what is not at the `top` stands in brackets where it has several parts."""
        match term:
            case Text(typed, finished):
                return f"“{one_line(typed, 60)}{'' if finished else '…'}”"
            case Phrase(words, finished):
                return f"the words “{one_line(' '.join(words), 60)}{'' if finished else '…'}” together"
            case Is(trait):
                return trait.label
            case Has(thing):
                return f"with {_thing(thing)}"
            case Among():
                return MARKED
            case OneOf(field, values, whole):
                return self._values(field, values, "exactly " if whole else "")
            case Between(field, since, before):
                return f"{field.value} {self._span(since, before)}"
            case Took(least, most):
                return _taken(least, most)
            case Not(Has(thing)):
                return f"without {_thing(thing)}"
            case Not(inner):
                return f"not {self.said(inner)}"
            case All(terms):
                return _grouped(", ".join(map(self.said, terms)), top) if terms else Trait.ALL.label
            case Any(terms):
                return _grouped(" or ".join(map(self.said, terms)), top)

    def _values(self, field: Field, values: tuple[str, ...], exactly: str) -> str:
        if field is Field.OWNER:
            known = [self.names.get(value, value) for value in values if value]
            of = [f"of {' or '.join(known)}"] if known else []
            return " or ".join([*of, *(["without an owner"] if "" in values else [])])
        if field is Field.READ:
            readers = [self.names.get(value, value) for value in values if value]
            read = [f"read by {' or '.join(readers)}"] if readers else []
            return " or ".join([*read, *(["read by nobody"] if "" in values else [])])
        if field is Field.TEAM:
            teams = [one_line(value, 60) for value in values if value]
            of = [f"of the team {' or '.join(teams)}"] if teams else []
            return " or ".join([*of, *(["of an owner without a team"] if "" in values else [])])
        labels = words_after(field)
        said = " or ".join(one_line(labels.get(value, value), 60) for value in values)
        return said if field in (Field.STATUS, Field.KIND) else f"{_CALLED.get(field, field.value)} {exactly}{said}"

    def _span(self, since: datetime | None, before: datetime | None) -> str:
        if since is None:
            return f"before {self.moment(before)}" if before else "at any time"
        if before is None:
            return f"from {self.moment(since)} on"
        last = before - (timedelta(days=1) if before.time() == since.time() == time() else timedelta(minutes=1))
        if last == since:
            near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get((last.date() - self.today).days)
            return near if near and last.time() == time() == before.time() else f"on {self.moment(since)}"
        return f"from {self.moment(since)} to {self.moment(last)}"

    def moment(self, moment: datetime) -> str:
        """A moment as `Fri 20 Nov 17:00`, its year left out where it is this one."""
        day = plain_day(moment.date()).removesuffix(f" {self.today.year}")
        return day if moment.time() == time() else f"{day} {moment:%H:%M}"


def _taken(least: int | None, most: int | None) -> str:
    """How long it took to resolve, in words."""
    if most is None:
        return f"resolved after {least} days or more" if least else "resolved"
    if most == 0:
        return "resolved the same day"
    return f"resolved after {least} to {most} days" if least else f"resolved within {most} days"


def _thing(thing: Thing) -> str:
    return f"{'an' if thing.label[0] in 'aeiou' else 'a'} {thing.label}"


def _grouped(inner: str, top: bool) -> str:
    return inner if top else f"({inner})"
