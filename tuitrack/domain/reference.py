"""The number a customer is told: short, easy to say and to key in, and a wrong digit gives itself away.

`C26-004517-7` is prefix, year, sequence and a check digit of Damm's method, which finds every single wrong
digit and every swap of two neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tuitrack.domain.errors import Refusal
from tuitrack.domain.text import clean, fold, one_line

PREFIX = "C"
"""The letter before every reference of this desk."""

_SPOKEN_DIGITS = {
    "en": "zero one two three four five six seven eight nine",
    "hr": "nula jedan dva tri četiri pet šest sedam osam devet",
    "sl": "nič ena dva tri štiri pet šest sedem osem devet",
    "ru": "ноль один два три четыре пять шесть семь восемь девять",
    "fa": "صفر یک دو سه چهار پنج شش هفت هشت نه",
    "fil": "sero isa dalawa tatlo apat lima anim pito walo siyam",
}
_SPOKEN_CHECK = {
    "en": "check", "hr": "kontrolna", "sl": "kontrolna", "ru": "контрольная", "fa": "کنترل", "fil": "tsek",
}  # fmt: skip
_HEARD = {fold(word): digit for words in _SPOKEN_DIGITS.values() for digit, word in enumerate(words.split())}
_HEARD |= {"oh": 0, "nought": 0, "null": 0}
_SAID_TWICE = {"double": 2, "triple": 3}
_SAID_BETWEEN = {"dash", "hyphen", "minus", "case", "ref", "reference", "number", "no"}
_SAID_BETWEEN |= set(map(fold, _SPOKEN_CHECK.values()))
_CYRILLIC_LOOKALIKES = str.maketrans("авекмнорстх", "abekmhopctx")

_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+")
_ZEROS_LEFT_OFF = re.compile(r"[0-9]{2}-[0-9]{1,5}-[0-9]")
_SEQUENCE_DIGITS = 6
_DIGITS_MIN = 2 + _SEQUENCE_DIGITS + 1
_DIGITS_MAX = 15


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """A case's number: prefix letters, the full year (2000 to 2099) and the sequence within it, from 1."""

    prefix: str
    year: int
    sequence: int

    def __post_init__(self) -> None:
        if not 2000 <= self.year <= 2099 or not 1 <= self.sequence < 10 ** (_DIGITS_MAX - 3):
            raise ValueError(f"no reference can be made of year {self.year} and sequence {self.sequence}")

    def __str__(self) -> str:
        return f"{self.prefix}{self.year % 100:02}-{self.sequence:06}-{self.check_digit}"

    @property
    def check_digit(self) -> str:
        """The last digit, which proves the others."""
        from stdnum import damm

        return damm.calc_check_digit(f"{self.year % 100:02}{self.sequence:06}")

    @classmethod
    def parse(cls, text: str, prefix: str = PREFIX, field: str = "") -> Reference:
        """Read a reference as typed or heard; a check digit that does not fit is a `Refusal` that says so."""
        digits = _digits(text, prefix)
        if not _DIGITS_MIN <= len(digits) <= _DIGITS_MAX:
            shown = one_line(clean(text), 40)
            raise Refusal(f"“{shown}” is not a whole reference. It looks like {prefix}26-004517-3.", field)
        found = _reference(digits, prefix)
        if found is None:
            shown = f"{prefix}{digits[:2]}-{digits[2:-1]}-{digits[-1]}"
            reason = "the check digit does not fit; one digit is wrong or two are swapped"
            raise Refusal(f"{shown}: {reason}. Ask for the number again.", field)
        return found

    def spoken(self, language: str = "en") -> str:
        """The reference to read out, digit by digit in groups; English where the language has no table."""
        words = _SPOKEN_DIGITS.get(language, _SPOKEN_DIGITS["en"]).split()
        sequence = f"{self.sequence:06}"
        first = len(sequence) % 3
        threes = [sequence[at : at + 3] for at in range(first, len(sequence), 3)]
        groups = [f"{self.year % 100:02}", *filter(None, [sequence[:first]]), *threes]
        said = [" ".join(words[int(digit)] for digit in group) for group in groups]
        check = f"{_SPOKEN_CHECK.get(language, 'check')} {words[int(self.check_digit)]}"
        return ", ".join([self.prefix, *said, check])


def near_misses(text: str, prefix: str = PREFIX) -> list[Reference]:
    """References one wrong digit, one swap of neighbours or the check digit away, to look which of them exist."""
    digits = _digits(text, prefix)
    if _reference(digits, prefix):
        return []
    found = (_reference(candidate, prefix) for candidate in _slips(digits))
    return sorted({reference for reference in found if reference})


def looks_like_reference(text: str, prefix: str = PREFIX) -> bool:
    """Tell whether a reference is meant: by its prefix, its hyphens, or a check digit that fits."""
    digits = _digits(text, prefix)
    tokens = _TOKEN.findall(fold(text))
    if digits and tokens[0].translate(_CYRILLIC_LOOKALIKES) == fold(prefix):
        return len(digits) >= 3
    if re.fullmatch(r"\s*\d\d-\d{4,}-\d\s*", text):
        return True
    return not digits.startswith("0") and _reference(digits, prefix) is not None


def _digits(text: str, prefix: str) -> str:
    """The digits meant by typed figures and heard words; empty where something else was typed."""
    tokens = _TOKEN.findall(fold(text[:200]))
    if tokens and tokens[0].translate(_CYRILLIC_LOOKALIKES) == fold(prefix):
        tokens = tokens[1:]
    if _ZEROS_LEFT_OFF.fullmatch("-".join(tokens)):
        tokens[1] = tokens[1].zfill(_SEQUENCE_DIGITS)
    digits, times = "", 1
    for token in tokens:
        if token in _SAID_TWICE:
            times = _SAID_TWICE[token]
        elif token in _HEARD or token[0] in "0123456789" or not token.strip("o"):
            heard = str(_HEARD[token]) if token in _HEARD else token.replace("o", "0")
            digits, times = digits + heard[0] * times + heard[1:], 1
        elif token not in _SAID_BETWEEN:
            return ""
    return digits


def _reference(digits: str, prefix: str) -> Reference | None:
    """The reference whose digits are exactly these, if their check digit fits."""
    if not _DIGITS_MIN <= len(digits) <= _DIGITS_MAX or not (sequence := int(digits[2:-1])):
        return None
    reference = Reference(prefix, 2000 + int(digits[:2]), sequence)
    return reference if str(reference) == f"{prefix}{digits[:2]}-{digits[2:-1]}-{digits[-1]}" else None


def _slips(digits: str) -> Iterator[str]:
    """Every string one changed digit, one swap of neighbours, or one digit at the end away."""
    yield from (digits + last for last in "0123456789")
    for at, was in enumerate(digits):
        yield from (digits[:at] + other + digits[at + 1 :] for other in "0123456789" if other != was)
        yield digits[:at] + digits[at : at + 2][::-1] + digits[at + 2 :]
