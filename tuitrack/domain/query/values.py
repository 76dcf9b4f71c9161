"""What is typed after a field as the term it means; what does not fit is refused with the nearest that does."""

from __future__ import annotations

import re
from datetime import datetime

from tuitrack.domain.columns import Column
from tuitrack.domain.errors import QueryRefused, Refusal
from tuitrack.domain.people import Agent
from tuitrack.domain.phone import PHONE_DIGITS_MIN, phone_query
from tuitrack.domain.query.asking import Asking
from tuitrack.domain.query.fields import (
    AGES,
    CLOSED_LISTS,
    FREE,
    MARKED,
    MOMENTS,
    OF_AGENTS,
    OPEN_VALUES,
    SHORTCUTS,
    Field,
    Thing,
    Trait,
    looked_up,
    nearest,
    words_after,
)
from tuitrack.domain.query.lexer import FieldToken, Part, Value
from tuitrack.domain.query.moments import FLIPPED, Span, age, between, bound, compared, passed
from tuitrack.domain.query.terms import Among, Between, Has, Is, OneOf, Term, Took, all_of, any_of, none_of
from tuitrack.domain.queue import Sort
from tuitrack.domain.text import ascii_digits, fold, one_line, words_of
from tuitrack.domain.typed_day import Prefer
from tuitrack.lean import dataclass

RULES_DIGITS_MOST = 9
_DAYS = re.compile(r"(\d{1,4})(d|days?)?")


def field_term(field: Field, token: FieldToken, asking: Asking) -> Term:
    """The term of a field and its values."""
    reading = _Reading(field, token, asking)
    if field in MOMENTS or field in AGES:
        return any_of([reading.moment(value) for value in reading.values])
    if field is Field.TURNAROUND:
        return any_of([reading.took(value) for value in reading.values])
    parts = reading.parts
    match field:
        case Field.IS:
            return any_of([reading.trait(part) for part in parts])
        case Field.HAS:
            return any_of([reading.thing(part) for part in parts])
        case Field.NO:
            return any_of([none_of(reading.thing(part)) for part in parts])
        case _:
            return OneOf(field, tuple(dict.fromkeys(map(reading.text, parts))), reading.whole and field in FREE)


def columns_of(token: FieldToken, asking: Asking) -> tuple[Column, ...]:
    """The columns typed after `columns:`, each once."""
    reading = _Reading(Field.COLUMNS, token, asking)
    return tuple(dict.fromkeys(Column(reading.word(part)) for part in reading.parts))


def moment_of(token: FieldToken, asking: Asking) -> datetime:
    """The moment typed after `at:`, which has passed."""
    reading = _Reading(Field.AT, token, asking)
    first, *more = reading.parts
    if more:
        raise reading.refusal("at takes one moment.")
    return reading.passed(first)


def order_of(token: FieldToken) -> Sort:
    """The order typed after `sort:`."""
    typed = token.values[0].low.text if token.values else ""
    return Sort(_listed(Field.SORT, typed, token.start, token.end - token.start))


@dataclass(frozen=True, slots=True)
class _Reading:
    """One field being read, so that every refusal knows its place."""

    field: Field
    token: FieldToken
    asking: Asking

    @property
    def values(self) -> tuple[Value, ...]:
        """What stands after the field, which must not be nothing."""
        if not self.token.values:
            examples = ", ".join(list(words_after(self.field))[:4]) or self.field.label
            raise self.refusal(f"{self.field.value}: type a value, such as {examples}.")
        return self.token.values

    @property
    def parts(self) -> list[Part]:
        """The single values of a field that knows no comparisons and ranges."""
        name, values = self.field.value, self.values
        if self.token.sign not in (":", "="):
            raise self.refusal(f"{name} takes no comparison. Type {name}: and a value.")
        if any(value.high is not None for value in values):
            raise self.refusal(f"{name} takes no range. Part several values by commas.")
        return [value.low for value in values]

    @property
    def whole(self) -> bool:
        """Whether exactly what is typed is meant, and nothing that only begins so."""
        return self.token.sign == "=" and self.field in OPEN_VALUES

    def refusal(self, sentence: str, part: Part | None = None) -> QueryRefused:
        """A refusal that marks the part, or else the whole term."""
        start, end = (part.start, part.end) if part and part.end > part.start else (self.token.start, self.token.end)
        return QueryRefused(sentence, start, end - start)

    def trait(self, part: Part) -> Term:
        """What follows `is:`."""
        word = self.word(part)
        if word in SHORTCUTS:
            field, value = SHORTCUTS[word]
            return OneOf(field, (_agent(value, self.asking) if field is Field.OWNER else value,))
        if word == MARKED:
            return Among(self.asking.marked)
        return Is(Trait(word))

    def thing(self, part: Part) -> Term:
        """What follows `has:` and `no:`."""
        return Has(Thing(self.word(part)))

    def moment(self, value: Value) -> Term:
        """What follows a field of moments."""
        if self.field is Field.DUE and value.high is None and self.token.sign in (":", "="):
            word = fold(value.low.text)
            if word == "overdue":
                return Is(Trait.OVERDUE)
            if word == "none":
                return none_of(Has(Thing.DUE))
        field = AGES.get(self.field, self.field)
        try:
            term = Between(field, *self._span(value))
            return all_of([Is(Trait.OVERDUE), term]) if self.field is Field.OVERDUE else term
        except Refusal as refusal:
            end = value.high.end if value.high else value.low.end
            start = value.low.start if end > value.low.start else self.token.start
            raise QueryRefused(f"{self.field.value}: {refusal.sentence}", start, max(end - start, 1)) from None

    def took(self, value: Value) -> Term:
        """How many days it took to resolve: one number, a range or a comparison."""
        sign = "=" if self.token.sign == ":" else self.token.sign
        low, high = value.low, value.high
        if sign == "=" and high is None and fold(low.text) == "none":
            return none_of(Took())
        if high is not None and (sign != "=" or not (low.text or high.text)):
            raise self.refusal("turnaround: a range is typed as turnaround:4..10.")
        least = self._days(low) if low.text or high is None else 0
        most = least if high is None else self._days(high) if high.text else None
        if high is None:
            spans = {"<": (0, least - 1), "<=": (0, least), ">": (least + 1, None), ">=": (least, None)}
            least, most = spans.get(sign, (least, least))
        if most is not None and most < least:
            raise self.refusal("turnaround: no case takes so few days. Type the smaller number first, as 4..10.", low)
        # Nothing takes less than no day.
        return Took(least or None, most)

    def _days(self, part: Part) -> int:
        found = _DAYS.fullmatch(ascii_digits(part.text.strip().casefold()))
        if found is None:
            raise self.refusal("turnaround: type days, such as <=3, 4..10 or none.", part)
        return int(found[1])

    def passed(self, part: Part) -> datetime:
        """The moment in the past that is meant."""
        try:
            return passed(part.text, self.asking.now)
        except Refusal as refusal:
            raise self.refusal(f"at: {refusal.sentence}", part) from None

    def _span(self, value: Value) -> Span:
        prefer: Prefer = "future" if self.field is Field.DUE else "past"
        low, sign = value.low.text, self.token.sign
        if self.field in AGES:
            low = age(low) if low else ""
            sign = FLIPPED.get(sign, sign)
        if value.high is None:
            return compared(sign, bound(low, self.asking.now, prefer))
        high = value.high.text
        if self.field in AGES:
            low, high = age(high) if high else "", low
        if sign not in (":", "=") or not (low or high):
            raise Refusal("A range is typed as due:today..fri.")
        return between(low, high, self.asking.now, prefer)

    def text(self, part: Part) -> str:
        """The value as it is compared with what is stored."""
        typed = " ".join(part.text.split())
        if self.field in CLOSED_LISTS:
            return self.word(part)
        if self.field in OF_AGENTS:
            return _agent(typed, self.asking, literal=part.quoted, exact=self.whole)
        if self.field is Field.TEAM:
            return _team(typed, self.asking, literal=part.quoted, exact=self.whole)
        if self.field is Field.PHONE:
            if len(phone_query(typed)) < PHONE_DIGITS_MIN or any(map(str.isalpha, typed)):
                raise self.refusal(f"phone: type the last {PHONE_DIGITS_MIN} digits or more.", part)
        elif self.field is Field.RULES:
            if not (typed.isascii() and typed.isdecimal() and len(typed) <= RULES_DIGITS_MOST):
                raise self.refusal("rules: type the number of the rules, such as 3; 0 are the settings.", part)
        elif not self.whole and not words_of(typed):
            raise self.refusal(f"{self.field.value}: type letters or digits.", part)
        return typed

    def word(self, part: Part) -> str:
        """The word of the field's list that is meant."""
        return _listed(self.field, part.text, part.start, part.end - part.start)


def _listed(field: Field, typed: str, start: int, length: int) -> str:
    """The word of a field's list that is meant, by its word, its label or the beginning of either."""
    labels = words_after(field)
    words = {word: word for word in labels}
    found = looked_up(typed, words) or looked_up(typed, {label: word for word, label in labels.items() if label})
    if len(found) == 1:
        return found[0]
    shown = one_line(typed, 20)
    if found:
        raise QueryRefused(f"{field.value}: “{shown}” can be {' or '.join(found)}. Type more of it.", start, length)
    near = nearest(typed, words)
    meant = f"did you mean {near}?" if near else f"it knows {', '.join(words)}."
    raise QueryRefused(f"{field.value}: “{shown}” is not known; {meant}", start, length)


def _agent(typed: str, asking: Asking, *, literal: bool = False, exact: bool = False) -> str:
    """The handle that a name means: of the one who asks, of nobody, or of the one agent it fits."""
    folded = fold(typed)
    if not literal and folded == "none":
        return ""
    if not literal and folded == "me":
        return asking.me
    known = asking.agents()
    if exact or any(agent.handle == typed for agent in known):
        return typed
    for fits in (_is_called, _is_called_so_far):
        handles = [agent.handle for agent in known if fits(agent, folded)]
        if len(handles) == 1:
            return handles[0]
    return typed


def _team(typed: str, asking: Asking, *, literal: bool = False, exact: bool = False) -> str:
    """The team that is meant: that of the one who asks, none, or the one team so called, or so called so far."""
    folded = fold(typed)
    if not literal and folded == "none":
        return ""
    if not literal and folded == "mine":
        return next((agent.team for agent in asking.agents() if agent.handle == asking.me), "")
    if exact:
        return typed
    teams = {agent.team for agent in asking.agents()} - {""}
    called = [team for team in teams if fold(team) == folded]
    begun = [team for team in teams if folded and fold(team).startswith(folded)]
    return next((found[0] for found in ([typed] if typed in teams else [], called, begun) if len(found) == 1), typed)


def _is_called(agent: Agent, folded: str) -> bool:
    return folded in (fold(agent.handle), fold(agent.name), *words_of(agent.name))


def _is_called_so_far(agent: Agent, folded: str) -> bool:
    return bool(folded) and (fold(agent.handle).startswith(folded) or fold(agent.name).startswith(folded))
