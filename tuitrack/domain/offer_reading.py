"""Reads the offer guide as it is written in a file; whatever is wrong is told in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from tuitrack.domain.offers import Offer, OfferGuide
from tuitrack.domain.text import fold
from tuitrack.domain.words import RemedyKind, Role
from tuitrack.domain.written import Written, WrittenFile

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
        """The whole guide."""
        self._known(written, ("offers",), "")
        return OfferGuide(tuple(self._offers(written)))

    def _offers(self, written: Written) -> Iterator[Offer]:
        for number, table in self._tables(written, "offers"):
            place = f"offer {number}"
            self._known(table, _NAMES, place)
            yield Offer(
                categories=frozenset(map(fold, self._list(table.get("category", []), f"{place}, category"))),
                roles=self._words(table.get("role", []), f"{place}, role", Role),
                remedies=self._words(table.get("remedy", []), f"{place}, remedy", RemedyKind),
                up_to=self._amount(table["up_to"], place) if "up_to" in table else None,
                currency=self._code(table.get("currency", self._currency), place),
                guidance=self._line(table.get("guidance", ""), f"{place}, guidance", empty=True),
            )

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
