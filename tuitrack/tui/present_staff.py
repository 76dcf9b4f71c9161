"""The agents and their work as lines: a name, the figures with the chosen one in brackets, who is away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo

from tuitrack.domain.ssh_keys import AgentKey
from tuitrack.services.drafts import HalfTyped
from tuitrack.services.workload import Figure, WorkLine
from tuitrack.tui.lines import Line, Tone, wrapped
from tuitrack.tui.present import fit, short_day

_NAME_CELLS_MOST = 40
_NAME_CELLS_LEAST = 12
_FIGURE_CELLS = 9
_DRAFTS_CELLS = 7
_NOTE_CELLS = 13
_TITLES = {Figure.UNCONFIRMED: "unconf."}


def staff_head(width: int) -> str:
    """The names above the figures."""
    titles = [f"{_TITLES.get(figure, figure.value)} " for figure in Figure]
    return _line("", titles, "drafts", "away", width)


def staff_blocks(
    lines: Sequence[WorkLine], chosen: Figure | None, today: date, width: int
) -> list[tuple[int, list[Line]]]:
    """Each line of figures with its number; the chosen figure stands in brackets, None being that of the drafts."""
    return [(number, [_shown(line, chosen, today, width)]) for number, line in enumerate(lines)]


def away_words(line: WorkLine, today: date) -> str:
    """`to Fri 27` of whoever is away, `from Mon 30` of whoever will be, and who no longer works here."""
    if line.agent is not None and not line.agent.active:
        return "not active"
    if line.absence is None:
        return ""
    if line.is_away:
        return f"to {short_day(line.absence.until, today)}"
    return f"from {short_day(line.absence.since, today)}"


def draft_label(left: HalfTyped, zone: tzinfo) -> str:
    """What somebody left half typed, and when they last typed; never what stands in it."""
    at = left.saved_at.astimezone(zone)
    return f"{left.name}{f' on {left.about}' if left.about else ''}, {left.agent}, {at:%d %b %H:%M}"


def key_block(key: AgentKey, zone: tzinfo, width: int) -> list[Line]:
    """A key of an agent: its fingerprint, then what it is, since when, and what its maker called it."""
    told = f"{key.kind}, added {key.added_at.astimezone(zone):%Y-%m-%d} by {key.by}  {key.comment}"
    return [Line(key.fingerprint[:width], Tone.STRONG), *wrapped(told.rstrip(), width - 2, indent=2)]


def _shown(line: WorkLine, chosen: Figure | None, today: date, width: int) -> Line:
    figures = [f"[{line.count(figure):,}]" if figure is chosen else f"{line.count(figure):,} " for figure in Figure]
    drafts = f"[{line.drafts}]" if chosen is None else f"{line.drafts or ''}"
    text = _line(line.name, figures, drafts, away_words(line, today), width)
    return Line(text, Tone.QUIET if line.is_away else Tone.PLAIN)


def _line(name: str, figures: Sequence[str], drafts: str, note: str, width: int) -> str:
    counted = "".join(f"{text:>{_FIGURE_CELLS}}" for text in figures)
    room = width - len(counted) - _DRAFTS_CELLS - _NOTE_CELLS
    shown = fit(name, max(min(room, _NAME_CELLS_MOST), _NAME_CELLS_LEAST)) + counted
    return f"{shown}{drafts:>{_DRAFTS_CELLS}}  {note}"[:width]
