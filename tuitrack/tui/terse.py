"""Fewer bytes over the line: of each change of style only what differs from the style before it is sent.

Rich writes out every style in full and takes it back after each piece of text, which is half of what a page costs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

Style = tuple[tuple[str, str], ...]
"""What is switched on: the code that switches it off, and the code that switched it on; in the order of the first."""

_PLAIN: Style = ()
_INK, _GROUND, _INTENSITY = "39", "49", "22"
_OFF = {
    **{"1": _INTENSITY, "2": _INTENSITY, "3": "23", "4": "24", "21": "24", "5": "25", "6": "25"},
    **{"7": "27", "8": "28", "9": "29", "51": "54", "52": "54", "53": "55"},
    **{str(code): _INK for code in (*range(30, 39), *range(90, 98))},
    **{str(code): _GROUND for code in (*range(40, 49), *range(100, 108))},
}
_LONG = {"2": 5, "5": 3}
"""How many numbers a colour has: `38;2;r;g;b` and `38;5;n`."""

# A style, or a move of the cursor, which needs none; Textual never lets a new line scroll the screen.
_SEQUENCE = re.compile(r"(\x1b\[[0-9;]*[mH]|\r?\n)")


def terse(text: str) -> str:
    """What shows the same on a terminal that writes plainly before it, and leaves it writing plainly."""
    return "".join(_pieces(text)) if "\x1b[" in text else text


def _pieces(text: str) -> Iterator[str]:
    shown = wanted = _PLAIN
    for place, piece in enumerate(_SEQUENCE.split(text)):
        if place % 2 and piece[-1] == "m":
            wanted = _styled(wanted, piece[2:-1])
        elif place % 2:
            yield piece
        elif piece:
            if shown != wanted:
                yield _change(shown, wanted)
                shown = wanted
            yield piece
    if shown != wanted:
        yield _change(shown, wanted)


@lru_cache(512)
def _styled(style: Style, codes: str) -> Style:
    """The style after one sequence of codes; those that are not known count as nothing."""
    on = dict(style)
    numbers = codes.split(";")
    while numbers:
        code, length = numbers[0], 1
        if code in ("38", "48"):
            length = _LONG.get(numbers[1] if len(numbers) > 1 else "", 1)
        if code in ("", "0"):
            on.clear()
        elif code in _OFF:
            off = _OFF[code]
            both = off == _INTENSITY and on.get(off, code) != code
            on[off] = "1;2" if both else ";".join(numbers[:length])
        else:
            on.pop(code, None)
        del numbers[:length]
    return tuple(sorted(on.items()))


@lru_cache(512)
def _change(shown: Style, wanted: Style) -> str:
    """The shorter of the two sequences that lead from one style to another: what differs, or all of it anew."""
    if not wanted:
        return "\x1b[m"
    before, after = dict(shown), dict(wanted)
    off = [code for code in before if code not in after]
    # Bold and dim are switched off together, so that one cannot take the other's place.
    if _INTENSITY in before and before[_INTENSITY] != after.get(_INTENSITY, before[_INTENSITY]):
        off.append(_INTENSITY)
    differing = ";".join([*off, *(code for name, code in wanted if before.get(name) != code)])
    anew = ";".join(["0", *after.values()])
    return f"\x1b[{min(differing, anew, key=len)}m"
