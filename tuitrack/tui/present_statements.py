"""What was said and what was found, as text: the customer's story, the employee's, and the facts apart from both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tuitrack.domain.change import entries_undone
from tuitrack.domain.timeline import Entry
from tuitrack.domain.words import EntryKind
from tuitrack.services.casefile import CaseFile
from tuitrack.tui.lines import Line, Tone, beside, column_width, wrapped
from tuitrack.tui.present_case import amount_text
from tuitrack.tui.present_entry import moment

BESIDE_FROM = 110
"""Cells from which on two texts stand side by side."""
_NOTHING_YET = [Line("nothing yet", Tone.QUIET)]


def statement_lines(file: CaseFile, now: datetime, width: int) -> list[Line]:
    """The customer's words beside the employee's statement; then apart from both the facts, and the rest.

    `file` has the timeline from the first entry on.
    """
    case, entries = file.case, file.entries
    column = column_width(width) if width >= BESIDE_FROM else width
    customer = [*_section("The customer's words", case.words, column), *_said(entries, EntryKind.WORDS, now, column)]
    concerned = f" ({case.employee_concerned})" if case.employee_concerned else ""
    employee = [
        *wrapped(f"The employee's statement{concerned}", column, Tone.STRONG),
        *(_said(entries, EntryKind.STATEMENT, now, column) or _NOTHING_YET),
        Line(""),
    ]
    lines = beside(customer, employee, width) if width >= BESIDE_FROM else [*customer, *employee]
    facts = _told(file.findings, now, width) or _NOTHING_YET
    lines += [*wrapped("Facts that were found", width, Tone.STRONG), *facts, Line("")]
    wanted = f"{case.remedy_wanted} {amount_text(case.amount_asked, case.currency)}".strip()
    for title, text in [
        ("Details", case.details),
        ("Further issues", case.further_issues),
        ("To clarify with the customer", case.to_clarify),
        ("Remedy wanted", wanted),
        ("Decision as explained to the customer", case.explanation),
    ]:
        lines += _section(title, text, width)
    return [*lines, *_section("What the customer suggests", "\n".join(one.body for one in file.suggestions), width)]


def _section(title: str, text: str, width: int) -> list[Line]:
    body = wrapped(text, width) if text else [Line("nothing", Tone.QUIET)]
    return [*wrapped(title, width, Tone.STRONG), *body, Line("")]


def _said(entries: Sequence[Entry], kind: EntryKind, now: datetime, width: int) -> list[Line]:
    undone = entries_undone(entries)
    return _told([entry for entry in entries if entry.kind is kind and entry.id not in undone], now, width)


def _told(entries: Sequence[Entry], now: datetime, width: int) -> list[Line]:
    lines: list[Line] = []
    for entry in entries:
        head = f"{moment(entry.occurred_at, now)}, {entry.summary}, taken down by {entry.by}"
        lines += [*wrapped(head, width, Tone.QUIET), *wrapped(entry.body, width)]
    return lines
