"""What a query means, as a tree of values: conditions joined by all, any and not."""

from __future__ import annotations

from datetime import datetime

from tuitrack.domain.columns import Column
from tuitrack.domain.query.fields import Field, Thing, Trait
from tuitrack.domain.queue import Sort
from tuitrack.lean import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """Words that a case has somewhere, in any order, or the end of a phone number."""

    typed: str
    finished: bool = True
    """Whether the last word is whole, and not the beginning of one."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other."""

    words: tuple[str, ...]
    """Folded, at least one."""
    finished: bool = True


@dataclass(frozen=True, slots=True)
class Is:
    """Something that a case is."""

    trait: Trait


@dataclass(frozen=True, slots=True)
class Has:
    """Something that a case has."""

    thing: Thing


@dataclass(frozen=True, slots=True)
class OneOf:
    """A field with one of these values; the empty one stands for none."""

    field: Field
    values: tuple[str, ...]
    whole: bool = False
    """Whether a field of `FREE` has exactly one of them, and does not only begin so."""


@dataclass(frozen=True, slots=True)
class Between:
    """A moment of the case from `since` on and before `before`, both in the office's zone."""

    field: Field
    since: datetime | None
    before: datetime | None


@dataclass(frozen=True, slots=True)
class Took:
    """Resolved by the company that many days of the office's calendar after it was received, both ends included.

    What was resolved on the day of receipt took no day; what is not resolved took none of these.
    """

    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Among:
    """One of these cases, which whoever asks has marked."""

    case_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be so."""

    term: Term


@dataclass(frozen=True, slots=True)
class All:
    """What must be so together; nothing at all fits every case."""

    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Any:
    """What must be so in one case at least."""

    terms: tuple[Term, ...]


Term = Text | Phrase | Is | Has | OneOf | Between | Took | Among | Not | All | Any


@dataclass(frozen=True, slots=True)
class Query:
    """Which cases, and in which order, with which columns and as of which moment where those were typed."""

    where: Term = All()
    sort: Sort | None = None
    columns: tuple[Column, ...] = ()
    at: datetime | None = None
    """The moment as of which it is asked, in the office's zone; None is now."""


def conjuncts(term: Term) -> tuple[Term, ...]:
    """The terms that all must hold for a term to hold."""
    return term.terms if isinstance(term, All) else (term,)


def every(term: Term) -> list[Term]:
    """The term and all terms within it."""
    match term:
        case All(inner) | Any(inner):
            return [term, *(deeper for one in inner for deeper in every(one))]
        case Not(one):
            return [term, *every(one)]
        case _:
            return [term]


def fields_of(term: Term) -> set[Field]:
    """The fields that a term asks about."""
    return {one.field for one in every(term) if isinstance(one, OneOf | Between)}


def all_of(terms: list[Term]) -> Term:
    """The terms together in their plainest form: one level deep, neighbouring words as one text."""
    flat: list[Term] = []
    for term in (one for whole in terms for one in conjuncts(whole)):
        last = flat[-1] if flat else None
        if isinstance(term, Text) and isinstance(last, Text):
            flat[-1] = Text(f"{last.typed} {term.typed}", term.finished)
        else:
            flat.append(term)
    return flat[0] if len(flat) == 1 else All(tuple(flat))


def any_of(terms: list[Term]) -> Term:
    """One of the terms, one level deep; what says nothing is left out."""
    flat: list[Term] = []
    for term in terms:
        flat += term.terms if isinstance(term, Any) else () if term == All() else (term,)
    if not flat:
        return All()
    return flat[0] if len(flat) == 1 else Any(tuple(flat))


def none_of(term: Term) -> Term:
    """The opposite of a term; of nothing it is nothing, and twice the opposite is the term."""
    if term == All():
        return term
    return term.term if isinstance(term, Not) else Not(term)
