"""Handovers as lines of text: what is proposed, what was handed over, and what waits for an answer."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import datetime

from rich.cells import cell_len, set_cell_size

from tuitrack.domain.handover import Handover, HandoverItem, Outstanding
from tuitrack.domain.text import counted
from tuitrack.services.handovers import HandoverFile, ItemLine, Waiting
from tuitrack.tui.lines import Line, Tone, cut, wrapped
from tuitrack.tui.parcel import Parcel
from tuitrack.tui.present_entry import moment
from tuitrack.tui.present_work import due_word

_INDENT = 4


def waiting_line(waiting: Sequence[Waiting], key: str) -> str:
    """`Ana Kovač hands over 7 items (H)`, then what others have not answered; empty where nothing waits."""
    to_me = [f"{one.giver} hands over {_items(one.count)}" for one in waiting if one.is_mine]
    by_me = [f"{one.receiver} has not answered {_items(one.count)}" for one in waiting if not one.is_mine]
    return f"{', '.join([*to_me, *by_me])} ({key})" if waiting else ""


def parcel_blocks(parcel: Parcel, me: str, now: datetime, width: int) -> list[tuple[str, list[Line]]]:
    """What is proposed, each with whether it goes and what is said to it."""
    return [
        (
            one.key,
            [
                _first("[x] " if parcel.has(one) else "[ ] ", one, one.reference, now, width),
                *_below([one.customer, _owner(one, me), _note(parcel.notes.get(one.key, ""))], width),
            ],
        )
        for one in parcel.proposed
    ]


def handover_blocks(
    files: Sequence[HandoverFile], me: str, now: datetime, width: int
) -> list[tuple[Hashable, list[Line]]]:
    """Every handover with its items; the key of an item is its id."""
    blocks: list[tuple[Hashable, list[Line]]] = []
    for file in files:
        blocks.append((f"handover {file.handover.id}", _heading(file, me, now, width)))
        blocks += [(line.item.id, _item_lines(line, file.handover, now, width)) for line in file.lines]
    return blocks


def _heading(file: HandoverFile, me: str, now: datetime, width: int) -> list[Line]:
    handover = file.handover
    between = f"From {handover.giver}" if handover.receiver == me else f"To {handover.receiver}"
    open_count = f"{file.unanswered} of {len(file.lines)} open" if file.unanswered else "complete"
    told = f"{between}, {moment(handover.sent_at, now)}, until {moment(handover.until, now)}: {open_count}"
    return [*wrapped(told, width, Tone.STRONG), *wrapped(handover.note, width) * bool(handover.note)]


def _item_lines(line: ItemLine, handover: Handover, now: datetime, width: int) -> list[Line]:
    item = line.item
    return [
        _first(" " * _INDENT, item, line.reference, now, width),
        *_below([answer_text(item, handover, now), line.customer, _note(item.note)], width),
    ]


def answer_text(item: HandoverItem, handover: Handover, now: datetime) -> str:
    """`waits for luka`, or who answered what and when, with the reason."""
    if item.answer is None or item.answered_at is None:
        return f"waits for {handover.receiver}"
    because = f": {item.because}" if item.because else ""
    return f"{item.answer.label.upper()} by {item.answered_by} {moment(item.answered_at, now)}{because}"


def _first(mark: str, one: Outstanding | HandoverItem, reference: str, now: datetime, width: int) -> Line:
    """What it is, when it is due or since when it waits, of which case, and what exactly."""
    if one.kind.only_waits:
        when, tone = f"since {moment(one.at, now)}", Tone.PLAIN
    elif isinstance(one, HandoverItem) and not one.is_open:
        # Whether it was met since is for its case to say.
        when, tone = f"due {moment(one.at, now)}", Tone.PLAIN
    else:
        when, tone = due_word(one.at, now)
    columns = mark + set_cell_size(one.kind.label, 11) + set_cell_size(when, 23) + set_cell_size(reference, 14)
    return Line(columns + cut(one.what, max(width - cell_len(columns), 0)), tone)


def _below(parts: Sequence[str], width: int) -> list[Line]:
    told = " · ".join(filter(None, parts))
    return wrapped(told, width, Tone.QUIET, indent=_INDENT) if told else []


def _owner(one: Outstanding, me: str) -> str:
    return "" if one.owner == me or one.case_id is None else f"owner {one.owner or 'nobody'}"


def _note(text: str) -> str:
    return f"note: {text}" if text else ""


def _items(count: int) -> str:
    return counted(count, "item")
