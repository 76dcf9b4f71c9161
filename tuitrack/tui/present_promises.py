"""Promises as the ledger shows them, and how many were kept: values in, words and cells out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from rich.cells import set_cell_size

from tuitrack.domain.promises import FIGURES, Kept, KeptLine, PromiseLine, Standing, Whose
from tuitrack.domain.spoken_time import say_span
from tuitrack.tui.commands import KeyOf, Place
from tuitrack.tui.lines import Line, Tone
from tuitrack.tui.present import DUE_CELLS, Cell, due_words, fit, short_day
from tuitrack.tui.present_entry import moment

WIDE_FROM = 120
"""Cells from which on a line names to whom something was promised in a column of its own."""
_BY_CELLS, _CUSTOMER_CELLS, _WIDE_CELLS = 8, 14, 20
_FIGURE_CELLS = 10
_RATE_CELLS = 7
_GAP = " "
_TITLES = {Whose.MINE: "My promises", Whose.TEAM: "The team’s promises", Whose.ALL: "Everybody’s promises"}
_SHORT = {word: "moved" if word is Standing.RENEGOTIATED else word.value for word in Standing}
"""How a promise stands, where there is little room."""


def promise_due(line: PromiseLine, now: datetime) -> Cell:
    """When a promise is due or overdue; of a settled one what became of it, and by how much it was late."""
    promise = line.promise
    if promise.outcome is None or promise.settled_at is None:
        return due_words(promise.due_at, now)
    if line.standing is Standing.RENEGOTIATED:
        return Cell(f"  moved {_day(line.moved_to, now)}" if line.moved_to else "  moved", Tone.QUIET)
    if line.standing is Standing.KEPT and promise.settled_at > promise.due_at:
        return Cell(f"  kept {say_span(promise.settled_at - promise.due_at)} late")
    tone = Tone.ALERT if line.standing is Standing.BROKEN else Tone.QUIET
    return Cell(f"{'!' if tone is Tone.ALERT else ' '} {line.standing.label} {_day(promise.settled_at, now)}", tone)


def promise_words(line: PromiseLine, now: datetime) -> str:
    """What was promised; of a settled promise also why it was not kept, and how the customer heard of it."""
    words = [line.promise.what, line.promise.settled_note]
    if line.standing is Standing.RENEGOTIATED:
        words.append(f"told in the call of {moment(line.told_at, now)}" if line.told_at else "told in no call")
    return "; ".join(filter(None, words))


def promise_cells(line: PromiseLine, now: datetime, width: int, reference_cells: int) -> list[Cell]:
    """A promise on one line of `width` cells: due, reference, by whom, customer, what; on a wide one to whom as well.

    Where there is no such column, only somebody else than the customer is named.
    """
    promise, is_wide = line.promise, width >= WIDE_FROM
    what = promise_words(line, now)
    named = [
        (line.reference, reference_cells, Tone.STRONG),
        (promise.by, _WIDE_CELLS if is_wide else _BY_CELLS, Tone.QUIET),
        (line.customer, _WIDE_CELLS if is_wide else _CUSTOMER_CELLS, Tone.PLAIN),
    ]
    if is_wide:
        named.append((promise.to, _WIDE_CELLS, Tone.QUIET))
    elif promise.to != line.customer:
        what = f"(to {promise.to}) {what}"
    due = promise_due(line, now)
    cells = [Cell(set_cell_size(due.text, DUE_CELLS) + _GAP, due.tone)]
    cells += [Cell(fit(text, size) + _GAP, tone) for text, size, tone in named]
    rest = width - DUE_CELLS - sum(size for _, size, _ in named) - len(_GAP) * len(cells)
    return [*cells, Cell(fit(what, max(rest, 0)))]


def ledger_title(whose: Whose, narrowed: str, counts: Mapping[Standing, int], shown: Standing, cap: int) -> str:
    """Whose promises are listed and how many stand how; those that are listed stand in brackets."""
    told = {word: f"{_SHORT[word]} {number if number < cap else f'{cap}+'}" for word, number in counts.items()}
    marked = [f"[{text}]" if word is shown else text for word, text in told.items()]
    title = narrowed[:1].upper() + narrowed[1:] if narrowed else _TITLES[whose]
    return f"{title}: {' · '.join(marked)}"


def empty_words(whose: Whose, standing: Standing, key_of: KeyOf) -> str:
    """What an empty ledger says, with the key that leads on."""
    keys = {word: key_of(Place.LEDGER, f"show_{word.value}") for word in Standing}
    if standing is not Standing.OPEN:
        return f"No promise here is {standing.label}. Press {keys[Standing.OPEN]} for open ones."
    if whose is Whose.ALL:
        return f"No open promise. Press {keys[Standing.KEPT]} for kept ones."
    return f"No open promise is {whose.label}. Press {key_of(Place.LEDGER, 'next_whose')} for more people's."


def kept_head(chosen: Standing, width: int) -> str:
    """The names above the figures, the chosen one in brackets."""
    return _kept_text("", "rate", [_SHORT[word] for word in FIGURES], chosen, width)


def kept_blocks(lines: Sequence[KeptLine], chosen: Standing, width: int) -> list[tuple[int, list[Line]]]:
    """Each line of figures with its number; the chosen figure of each stands in brackets."""
    return [
        (number, [Line(_kept_text(line.name, rate_words(line.figures), _numbers(line.figures), chosen, width))])
        for number, line in enumerate(lines)
    ]


def rate_words(figures: Kept) -> str:
    """The rate in percent, a dash where nothing was to be kept."""
    return "-" if figures.rate is None else f"{figures.rate} %"


def _numbers(figures: Kept) -> list[str]:
    return [f"{figures.count(word):,}" for word in FIGURES]


def _kept_text(name: str, rate: str, texts: Sequence[str], chosen: Standing, width: int) -> str:
    shown = [f"[{text}]" if word is chosen else f"{text} " for word, text in zip(FIGURES, texts, strict=True)]
    figures = f"{rate:>{_RATE_CELLS}}" + "".join(f"{text:>{_FIGURE_CELLS}}" for text in shown)
    return fit(name, max(min(width - len(figures), 40), 0)) + figures


def _day(at: datetime, now: datetime) -> str:
    return short_day(at.astimezone(now.tzinfo).date(), now.date())
