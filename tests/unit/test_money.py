"""Amounts are read exactly, or refused with a sentence."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuitrack.domain.errors import Refusal
from tuitrack.domain.money import Money, parse_money

CENTS = st.integers(0, 99_999_999_999_999)


@pytest.mark.parametrize(
    ("typed", "amount", "currency"),
    [
        ("25", "25.00", "EUR"),
        ("25,50", "25.50", "EUR"),
        ("25.5 usd", "25.50", "USD"),
        ("1.200,00", "1200.00", "EUR"),
        ("1,200.00", "1200.00", "EUR"),
        ("1.200", "1200.00", "EUR"),
        ("1 200 300,05 kn", None, None),
        ("1 200 300,05 HRK", "1200300.05", "HRK"),
        ("CHF 1'200.00", "1200.00", "CHF"),
        ("€25", "25.00", "EUR"),
        ("$ 0.99", "0.99", "USD"),
        ("۲۵٫۵۰ ریال", "25.50", "IRR"),
        ("0", "0.00", "EUR"),
        ("-5", None, None),
        ("25,5055", None, None),
        ("0.500", None, None),
        ("1.200.00", None, None),
        ("1,20,00", None, None),
        ("EUR 5 USD", None, None),
        ("", None, None),
        ("free", None, None),
        ("9" * 40, None, None),
        ("9" * 300, None, None),
        ("=1+1", None, None),
    ],
)
def test_amounts_as_typed(typed: str, amount: str | None, currency: str | None) -> None:
    if amount is None:
        with pytest.raises(Refusal) as refused:
            parse_money(typed, field="amount")
        assert refused.value.field == "amount"
    else:
        assert parse_money(typed) == Money(Decimal(amount), currency or "")


@given(CENTS, st.sampled_from(["EUR", "USD", "RUB"]))
def test_what_is_shown_can_be_typed(cents: int, currency: str) -> None:
    money = Money(Decimal(cents).scaleb(-2), currency)
    assert parse_money(str(money), "XXX") == money


@given(st.text(st.characters()) | st.text("0123456789., €'EURusd-"))
def test_nothing_typed_raises_anything_but_a_refusal(typed: str) -> None:
    with suppress(Refusal):
        assert parse_money(typed).amount >= 0
