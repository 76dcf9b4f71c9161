"""Reads the offer guide as it is written in a file; whatever is wrong is told in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, TypeVar

from tuitrack.domain.offers import Offer, OfferGuide
from tuitrack.domain.text import SUBJECT_MAX, clean, fold
from tuitrack.domain.words import RemedyKind, Role, Word
from tuitrack.domain.written import Written, WrittenFile

W = TypeVar("W", bound=Word)

AMOUNT_MOST = Decimal("9999999999.99")
_NAMES = ("category", "role", "remedy", "up_to", "currency", "guidance")
_CURRENCY = re.compile("[A-Z]{3}")


def read_offers(written: Written, where: str, currency: str) -> OfferGuide:
    """The guide that a file holds; `currency` is that of amounts where none is named."""
    return _Reading(where, currency).guide(written)


class _Reading(WrittenFile):
    """One file as it is read."""

    def __init__(self, where: str, currency: str) -> None:
        super().__init__(where)
        self._currency = currency

    def guide(self, written: Written) -> OfferGuide:
        self._known(written, ("offers",), "")
        return OfferGuide(tuple(self._offers(written.get("offers", []))))

    def _offers(self, typed: Any) -> Iterator[Offer]:
        if not isinstance(typed, list):
            raise self._refusal("offers", "tables, each one begun with [[offers]]", typed)
        for number, one in enumerate(typed, 1):
            place = f"offer {number}"
            table = self._table(one, place)
            self._known(table, _NAMES, place)
            yield Offer(
                categories=frozenset(map(fold, self._list(table, "category", place))),
                roles=self._words(table, "role", place, Role),
                remedies=self._words(table, "remedy", place, RemedyKind),
                up_to=self._amount(table["up_to"], place) if "up_to" in table else None,
                currency=self._code(table.get("currency", self._currency), place),
                guidance=self._guidance(table.get("guidance", ""), place),
            )

    def _list(self, table: Written, name: str, place: str) -> list[str]:
        typed = table.get(name, [])
        values = [typed] if isinstance(typed, str) else typed
        if not isinstance(values, list) or not all(isinstance(one, str) and one.strip() for one in values):
            raise self._refusal(f"{place}, {name}", "a word, or a list of words", typed)
        return values

    def _words(self, table: Written, name: str, place: str, kind: type[W]) -> frozenset[W]:
        known = {fold(spelling): word for word in kind for spelling in (word.value, word.label)}
        values = self._list(table, name, place)
        for value in values:
            if fold(value) not in known:
                raise self._refusal(f"{place}, {name}", ", ".join(word.label for word in kind), value)
        return frozenset(known[fold(value)] for value in values)

    def _amount(self, typed: Any, place: str) -> Decimal:
        is_number = isinstance(typed, int | float) and not isinstance(typed, bool)
        amount = Decimal(str(typed)) if is_number else Decimal("NaN")
        if not (amount.is_finite() and 0 <= amount <= AMOUNT_MOST and amount == round(amount, 2)):
            raise self._refusal(f"{place}, up_to", "an amount such as 20 or 12.50", typed)
        return amount

    def _code(self, typed: Any, place: str) -> str:
        if not isinstance(typed, str) or not _CURRENCY.fullmatch(typed):
            raise self._refusal(f"{place}, currency", "three capital letters, such as EUR", typed)
        return typed

    def _guidance(self, typed: Any, place: str) -> str:
        text = clean(typed, lines=False).strip() if isinstance(typed, str) else None
        if text is None or len(text) > SUBJECT_MAX:
            raise self._refusal(f"{place}, guidance", f"a sentence of at most {SUBJECT_MAX} characters", typed)
        return text
