"""Amounts of money as agents type them, and as they are kept: exact, always with a currency."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from tuitrack.domain.errors import Refusal
from tuitrack.domain.text import ascii_digits, clean, one_line

AMOUNT_MAX = Decimal("999999999999.99")
"""The largest amount that is believed."""

_TYPED_MAX = 60
_SYMBOLS = {"€": "EUR", "$": "USD", "£": "GBP", "₽": "RUB", "₱": "PHP", "﷼": "IRR", "ریال": "IRR"}
_SHAPE = re.compile(
    r"(?P<before>[A-Za-z]{3}|[^\w\s.,'+-]|ریال)?\s*(?P<number>\d[\d., '\u00a0\u202f]*?)\s*"
    r"(?P<after>[A-Za-z]{3}|[^\w\s.,'+-]|ریال)?"
)
_GROUPED = re.compile(r"[1-9]\d{0,2}([., '])\d{3}(?:\1\d{3})*")


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount with at most two decimals, in the currency of a three-letter code."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{self.amount:,.2f} {self.currency}"


def parse_money(text: str, currency: str = "EUR", field: str = "") -> Money:
    """Read an amount with point or comma decimals; `currency` is meant where none is typed."""
    shown = one_line(clean(text), 40)
    plain = ascii_digits(text).replace("٫", ".").replace("٬", ",").strip()
    match = _SHAPE.fullmatch(plain) if len(plain) <= _TYPED_MAX else None
    codes = {_code(match[side]) for side in ("before", "after") if match[side]} if match else set()
    number = _plain_number(match["number"]) if match else ""
    if not number or len(codes) > 1 or "" in codes:
        raise Refusal(f"“{shown}” is not an amount. Type for example 25, 25,50 or 1.200,00 EUR.", field)
    amount = Decimal(number)
    if amount > AMOUNT_MAX:
        raise Refusal(f"“{shown}” is too large: the largest amount is {AMOUNT_MAX:,}.", field)
    return Money(amount.quantize(Decimal("0.01")), codes.pop() if codes else currency)


def _code(typed: str) -> str:
    """The currency code for a typed code or symbol, empty where it is unknown."""
    return typed.upper() if typed.isascii() and typed.isalpha() else _SYMBOLS.get(typed, "")


def _plain_number(typed: str) -> str:
    """Digits with a decimal point, or empty; three digits after one separator are thousands."""
    typed = re.sub("[\u00a0\u202f]", " ", typed)
    decimals = re.fullmatch(r"(.+?)[.,](\d{1,2})", typed)
    whole, cents = (decimals[1], decimals[2]) if decimals else (typed, "0")
    grouped = _GROUPED.fullmatch(whole)
    if grouped and decimals and grouped[1] == typed[len(whole)]:
        return ""
    if not grouped and not whole.isdigit():
        return ""
    return re.sub(r"\D", "", whole) + "." + cents
