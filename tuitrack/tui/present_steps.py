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


def strip_line(steps: Sequence[Standing], width: int, key_of: KeyOf) -> Line:
    """`Steps 1+act 2.listen 3!gather 4-record`: the key, how it stands, and as much of the key word as fits."""
    shown = [found for found in steps if found.number]
    for letters in range(max(len(found.step.id) for found in shown), 0, -1):
        parts = (f"{_key(found.number, key_of)}{_sign(found)}{found.step.id[:letters]}" for found in shown)
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
    lines = [Line(cut_after(head, told, width), Tone.PLAIN if found.tick else Tone.STRONG)]
    because = found.tick.because if found.tick else ""
    lines += wrapped(f"because {because}", width, indent=5) if because else []
    return [*lines, *(wrapped(found.step.help, width, Tone.QUIET, indent=5) if found.step.help else [])]


def cut_after(head: str, text: str, width: int) -> str:
    """Two texts side by side, the second one cut to what is left of the width."""
    return head + cut(text, max(width - len(head), 0))


def _key(number: int, key_of: KeyOf) -> str:
    return str(number % BY_DIGIT) if number <= BY_DIGIT else key_of(Place.CASE, "show_steps").split()[0]


def _sign(found: Standing) -> str:
    """How a step stands: `+` done, `-` skipped, `!` open and mandatory, `.` open."""
    if found.tick is None:
        return "!" if found.is_wanted else "."
    return "+" if found.is_done else "-"
