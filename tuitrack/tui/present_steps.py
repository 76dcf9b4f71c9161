"""The steps of a case's procedure as text: the strip under the case, and the list with who, when and how."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import datetime

from tuitrack.domain.procedure import Standing
from tuitrack.tui.commands import KeyOf, Place
from tuitrack.tui.lines import Line, Tone, cut, wrapped
from tuitrack.tui.present import fit
from tuitrack.tui.present_entry import moment

BY_DIGIT = 10
"""So many steps have a digit, the tenth 0."""
_TITLE_CELLS = 22
_HEAD_CELLS = _TITLE_CELLS + 5
"""The cells of a step's number, sign and title."""


def strip_line(steps: Sequence[Standing], width: int, key_of: KeyOf) -> Line:
    """`Steps 1+act 2.listen 3!gather 4-record`: the key, how it stands, and as much of the key word as fits."""
    shown = [found for found in steps if found.number]
    beyond = key_of(Place.CASE, "show_steps") if len(shown) > BY_DIGIT else ""
    heads = [f"{_digit(found.number) or beyond}{_sign(found)}" for found in shown]
    for letters in range(max(len(found.step.id) for found in shown), 0, -1):
        parts = (head + found.step.id[:letters] for head, found in zip(heads, shown, strict=True))
        text = f"Steps {' '.join(parts)}"
        if len(text) <= width:
            break
    return Line(cut(text, width))


def step_blocks(steps: Sequence[Standing], now: datetime, width: int) -> list[tuple[Hashable, list[Line]]]:
    """Every step with how it stands, and below it how it is done."""
    return [(found.step.id, _block(found, now, width)) for found in steps]


def _block(found: Standing, now: datetime, width: int) -> list[Line]:
    number = f"{found.number:>2}" if found.number else "  "
    told = found.told(moment(found.tick.at, now) if found.tick else "")
    head = f"{number} {_sign(found)} {fit(found.step.title, _TITLE_CELLS)}"
    lines = [Line(head + cut(told, max(width - _HEAD_CELLS, 0)), Tone.PLAIN if found.tick else Tone.STRONG)]
    because = found.tick.because if found.tick else ""
    lines += wrapped(f"because {because}", width, indent=5) if because else []
    return [*lines, *(wrapped(found.step.help, width, Tone.QUIET, indent=5) if found.step.help else [])]


def _digit(number: int) -> str:
    """The digit that ticks a step, empty where there is none for it."""
    return str(number % BY_DIGIT) if number <= BY_DIGIT else ""


def _sign(found: Standing) -> str:
    """How a step stands: `+` done, `-` skipped, `!` open and mandatory, `.` open."""
    if found.tick is None:
        return "!" if found.is_wanted else "."
    return "+" if found.is_done else "-"
