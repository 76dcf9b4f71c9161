"""The words for days that `dates` understands, in the languages of the desk; all compared after folding."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from tuitrack.domain.text import fold


class Meaning(NamedTuple):
    """What a word means: a `day` so many days from today, a `weekday` from Monday 0, or a `month` from 1."""

    kind: str
    number: int


_NEAR_DAYS = {
    0: "today danas danes heute сегодня امروز emruz emrooz ngayon",
    1: "tomorrow sutra jutri morgen завтра فردا farda bukas",
    2: "overmorrow prekosutra pojutrišnjem übermorgen послезавтра پسفردا",
    -1: "yesterday jučer včeraj gestern вчера دیروز diruz dirooz kahapon",
    -2: "prekjučer predvčerajšnjim vorgestern позавчера پریروز",
}
_WEEKDAYS = (
    "monday mon mo ponedjeljak ponedeljek pon po montag понедельник пн دوشنبه doshanbeh lunes",
    "tuesday tue tues tu utorak uto ut torek tor to dienstag di вторник вт سه‌شنبه seshanbeh martes",
    "wednesday wed we srijeda sreda sri sre sr mittwoch mi среда среду ср چهارشنبه chaharshanbeh miyerkules",
    "thursday thu thurs th četvrtak četrtek čet če donnerstag do четверг чт پنجشنبه panjshanbeh huwebes",
    "friday fri fr petak petek pet pe freitag пятница пятницу пт جمعه jomeh biyernes",
    "saturday sat sa subota subotu sobota soboto sub sob su so samstag суббота субботу сб شنبه shanbeh sabado",
    "sunday sun su nedjelja nedelja ned ne sonntag so воскресенье вс یکشنبه yekshanbeh linggo",
)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december",
)  # fmt: skip
_NOON_WORDS = "noon podne opoldne poldan mittag полдень ظهر zohr tanghali"
_FILLER_WORDS = "at on by the in u ob um am v в ساعت"

NOON = frozenset(map(fold, _NOON_WORDS.split()))
"""Folded words for twelve o'clock in the day."""
FILLERS = frozenset(map(fold, _FILLER_WORDS.split()))
"""Folded words that may stand before a day or a time and add nothing."""
UNITS = {
    "m": "minutes", "min": "minutes", "mins": "minutes", "minute": "minutes", "minutes": "minutes",
    "h": "hours", "hr": "hours", "hrs": "hours", "hour": "hours", "hours": "hours",
    "d": "days", "day": "days", "days": "days",
    "w": "weeks", "wk": "weeks", "week": "weeks", "weeks": "weeks",
    "mo": "months", "month": "months", "months": "months", "y": "years", "year": "years", "years": "years",
}  # fmt: skip
"""Units that may follow a number, by every spelling."""

_PREFIX_MIN = 3


@cache
def _known() -> dict[str, frozenset[Meaning]]:
    """Every folded word with its meanings; a short form that two languages use differently has two."""
    lists = [
        *((Meaning("day", days), words) for days, words in _NEAR_DAYS.items()),
        *((Meaning("weekday", number), words) for number, words in enumerate(_WEEKDAYS)),
        *((Meaning("month", number), word) for number, word in enumerate(_MONTHS, 1)),
    ]
    known: dict[str, frozenset[Meaning]] = {}
    for meaning, words in lists:
        for word in map(fold, words.split()):
            known[word] = known.get(word, frozenset()) | {meaning}
    return known


def meanings_of(word: str) -> frozenset[Meaning]:
    """What a folded word, or its first three letters or more, can mean; empty where it is unknown."""
    known = _known()
    if word in known:
        return known[word]
    if len(word) < _PREFIX_MIN:
        return frozenset()
    return frozenset().union(*(meanings for full, meanings in known.items() if full.startswith(word)))
