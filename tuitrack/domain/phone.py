"""Phone numbers: the digits by which one written in several ways is found, and the one form in which all are shown."""

from __future__ import annotations

import re
from functools import lru_cache

from tuitrack.domain.text import ascii_digits

QUERY_DIGITS_MIN = 6
"""The fewest last digits by which a number is looked for."""

PHONE_DIGITS_MIN = 4
"""The fewest last digits of a number that a query may ask for."""

_REGIONS = """
AC AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF
CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG
GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW
KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF
NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM
SN SO SR SS ST SV SX SY SZ TA TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS XK
YE YT ZA ZM ZW
"""
REGIONS = frozenset(_REGIONS.split())
"""The countries whose numbers are known; named here because the library that knows them is too heavy for the start."""

_TYPED_MAX = 100
_NUMBERS_REMEMBERED = 2048
"""Numbers of which the digits need not be found again: storing many customers asks several times for each."""
_NOT_A_DIGIT = re.compile(r"[^0-9]")
_EXTENSION = re.compile(r"(?:;?\s*\b(?:ext(?:ension)?|x|kl|lok|int|доб)\b[.=:]?|#)\s*\d{1,6}\s*$", re.I)
_ABROAD = re.compile(r"\s*(?:\+|00)")
_PHONE = re.compile(r"\s*(?:tel[.:]*\s*)?\+?[\d\s()/.\-\u2010-\u2015]+", re.I)


def digits_of(text: str) -> str:
    """The digits 0 to 9 in the text, whatever script they were typed in."""
    return _NOT_A_DIGIT.sub("", ascii_digits(text))


@lru_cache(maxsize=_NUMBERS_REMEMBERED)
def phone_query(text: str) -> str:
    """The digits to look for at the end of kept ones: without +, 00, the trunk 0 or an extension."""
    return _bare(text).lstrip("0")


def looks_like_phone(text: str) -> bool:
    """Tell whether what was typed can only be meant as a number to call."""
    number, _ = _split(text)
    return _PHONE.fullmatch(number) is not None and len(phone_query(text)) >= QUERY_DIGITS_MIN


def international(typed: str, region: str) -> str:
    """The number as it is dialled from anywhere, such as +385 91 234 5678; empty where no country has such a number.

    Without a country code, `region` (such as HR) is meant.
    """
    if len(typed) > _TYPED_MAX or not looks_like_phone(typed):
        return ""
    import phonenumbers  # takes longer to load than everything around it to run

    number, extension = _split(typed)
    abroad = _ABROAD.match(number)
    try:
        parsed = phonenumbers.parse("+" + number[abroad.end() :] if abroad else number, region or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(parsed):
        return ""
    shown = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return f"{shown} ext. {extension}" if extension else shown


def _split(text: str) -> tuple[str, str]:
    """The number and its extension in ASCII digits; a field that runs on is no number and is read only so far."""
    plain = ascii_digits(text[:_TYPED_MAX])
    found = _EXTENSION.search(plain)
    return (plain[: found.start()], digits_of(found[0])) if found else (plain, "")


def _bare(text: str) -> str:
    """Digits without extension, and without the (0) that people write after a country code."""
    number, _ = _split(text)
    return digits_of(number.replace("(0)", "", 1) if _ABROAD.match(number) else number)
