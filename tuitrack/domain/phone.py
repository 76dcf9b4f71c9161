"""Phone numbers as typed, and the digits by which one number written in several ways is found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tuitrack.domain.text import ascii_digits, clean

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

QUERY_DIGITS_MIN = 6
"""The fewest last digits by which a number is looked for."""

PHONE_DIGITS_MIN = 4
"""The fewest last digits of a number that a query may ask for."""

_TYPED_MAX = 100
_NOT_A_DIGIT = re.compile(r"[^0-9]")
_EXTENSION = re.compile(r"(?:;?\s*\b(?:ext(?:ension)?|x|kl|lok|int|доб)\b[.=:]?|#)\s*\d{1,6}\s*$", re.I)
_ABROAD = re.compile(r"\s*(?:\+|00)")
_PHONE = re.compile(r"\s*(?:tel[.:]*\s*)?\+?[\d\s()/.\-\u2010-\u2015]+", re.I)


@dataclass(frozen=True, slots=True)
class Phone:
    """A customer's number: as it was typed, and its canonical `digits` (see `phone_key`)."""

    typed: str
    digits: str


def digits_of(text: str) -> str:
    """The digits 0 to 9 in the text, whatever script they were typed in."""
    return _NOT_A_DIGIT.sub("", ascii_digits(text))


def phone_key(typed: str, region: str) -> str:
    """The digits to keep: country code and number where `region` (such as HR) makes that possible."""
    number = _parsed(typed, region)
    if number is None:
        return _bare(typed).lstrip("0")
    import phonenumbers

    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164).lstrip("+")


def phone_query(text: str) -> str:
    """The digits to look for at the end of kept ones: without +, 00, the trunk 0 or an extension."""
    return _bare(text).lstrip("0")


def looks_like_phone(text: str) -> bool:
    """Tell whether what was typed can only be meant as a number to call."""
    plain = _without_extension(text)
    return _PHONE.fullmatch(plain) is not None and len(phone_query(text)) >= QUERY_DIGITS_MIN


def show_phone(typed: str, region: str) -> str:
    """The number in the groups its country is used to, or as it was typed where it is no known number."""
    number = _parsed(typed, region)
    if number is None:
        return clean(typed, lines=False).strip()
    import phonenumbers

    at_home = phonenumbers.country_code_for_region(region.upper()) == number.country_code
    styles = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, styles.NATIONAL if at_home else styles.INTERNATIONAL)


def _without_extension(text: str) -> str:
    """The number itself in ASCII digits; a field that runs on is no number and is read only so far."""
    return _EXTENSION.sub("", ascii_digits(text[:_TYPED_MAX]))


def _bare(text: str) -> str:
    """Digits without extension, and without the (0) that people write after a country code."""
    plain = _without_extension(text)
    return digits_of(plain.replace("(0)", "", 1) if _ABROAD.match(plain) else plain)


def _parsed(typed: str, region: str) -> PhoneNumber | None:
    """The number as the library reads it, `None` where it is not a possible one."""
    import phonenumbers

    plain = re.sub(r"^\s*00", "+", _without_extension(typed))
    try:
        number = phonenumbers.parse(plain, region.upper() or None)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None
