"""Month names as people write them in dates, in the languages of the registers."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

from tuitrack.domain.text import fold

_STEMS = (
    "jan sij янв ژانویه ene enero enr",
    "feb velj févr фев فوریه peb",
    "mar ožu mär мар مارس",
    "apr tra апр آوریل abr",
    "may svi maj mai май мая مه mayo",
    "jun lip июн ژوئن hun",
    "jul srp июл ژوئیه hul",
    "aug kol avg авг اوت ago",
    "sep ruj сен سپتامبر set",
    "oct lis okt окт اکتبر",
    "nov stu ноя نوامبر nob",
    "dec pro dez дек دسامبر dic dis",
)
"""January to December; a name stands for every word that begins with it, so genitives need no entry of their own."""


@cache
def _months_by_stem() -> MappingProxyType[str, int]:
    return MappingProxyType(
        {fold(stem): number for number, stems in enumerate(_STEMS, start=1) for stem in stems.split()}
    )


def month_named(word: str) -> int:
    """The number of the month that a word names, 0 where it names none; `listopad` is the Croatian October."""
    folded = fold(word)
    if len(folded) > 12:
        return 0
    for length in (6, 5, 4, 3, 2):
        month = _months_by_stem().get(folded[:length])
        if month:
            return month
    return 0
