"""What was asked in a case and what the answers are, as text: investigations, information wanted, legal advice."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import datetime

from tuitrack.domain.inquiries import INQUIRIES
from tuitrack.domain.spoken_time import plain_day
from tuitrack.domain.text import counted
from tuitrack.domain.timeline import Action
from tuitrack.tui.commands import KeyOf, Place
from tuitrack.tui.lines import Line, Tone, wrapped
from tuitrack.tui.present_work import due_word

INDENT = 4
_NOTHING = "nothing"
"""The key of the sentence that stands where nothing was asked; that of an inquiry is its id."""


def inquiry_blocks(
    inquiries: Sequence[Action], now: datetime, width: int, key_of: KeyOf
) -> list[tuple[Hashable, list[Line]]]:
    """Every inquiry with its answer, what is open first; a sentence with the keys where nothing was asked."""
    if not inquiries:
        keys = [key_of(Place.INQUIRIES, name) for name in ("open_investigation", "want_information", "ask_adviser")]
        told = "Nothing was asked yet: {} opens an investigation, {} wants information, {} asks for legal advice."
        return [(_NOTHING, wrapped(told.format(*keys), width, Tone.QUIET))]
    return [(one.id, _block(one, now, width)) for one in sorted(inquiries, key=lambda one: not one.is_open)]


def _block(inquiry: Action, now: datetime, width: int) -> list[Line]:
    words = INQUIRIES[inquiry.kind]
    due, tone = due_word(inquiry.due_at, now) if inquiry.due_at else ("no due date", Tone.PLAIN)
    stands = due if inquiry.is_open else "answered"
    head = f"{words.title}, {stands}: {inquiry.what}"
    asked = f"{words.whom} {inquiry.assignee} · {words.asked.lower()} {plain_day(inquiry.requested_on)}"
    if inquiry.done_on is None:
        answer = wrapped(f"{words.answer}: not yet", width, Tone.QUIET, INDENT)
    else:
        after = f"after {counted(days, 'day')}" if (days := inquiry.slippage_days) else "the same day"
        answered = f"{words.answered} {plain_day(inquiry.done_on)}, {after}"
        answer = [
            *wrapped(answered, width, Tone.QUIET, INDENT),
            *wrapped(f"{words.answer}: {inquiry.done_note}", width, indent=INDENT),
        ]
    head_tone = tone if tone is Tone.ALERT else Tone.STRONG
    return [
        *wrapped(head, width, head_tone if inquiry.is_open else Tone.PLAIN),
        *wrapped(asked, width, Tone.QUIET, INDENT),
        *answer,
    ]
