"""Cases as they are shown in a list: values in, words and cells out; no widget and no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from rich.cells import cell_len, set_cell_size

from tuitrack.domain.case import CaseRow
from tuitrack.domain.deadlines import PAUSED, DueFilter, is_overdue
from tuitrack.domain.queue import Counts, QueueQuery, Scope
from tuitrack.domain.spoken_time import plain_day, say_span
from tuitrack.domain.words import DueKind, Outcome, Priority, Status
from tuitrack.tui.lines import Tone, cut

DUE_CELLS = 14
"""Enough for the longest due words, `! OVERDUE 999d`."""

WIDE_FROM = 136
"""Cells from which on a line says more of a case; there the subject keeps as many as the customer has."""

_SHORT_STATUS = {Status.INVESTIGATING: "investig", Status.WAITING: "waiting"}
_END_OF_DAY = time(23, 59)
_YEARS_REACH = 300
"""Days within which a day and a month are enough to know a date."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a line, filled up or cut to its width in terminal cells, and how it speaks."""

    text: str
    tone: Tone = Tone.PLAIN


def margin(*, at_cursor: bool, marked: bool) -> Cell:
    """Two cells before a line that say without colour whether the cursor is there, and whether the case is marked."""
    return Cell(f"{'>' if at_cursor else ''}{'+' if marked else ''}".ljust(2))


def due_words(due_at: datetime | None, now: datetime) -> Cell:
    """When the next thing is due: `! OVERDUE 3d`, `* due 14:30`, `  due Fri 27`; `now` in the office's zone."""
    if due_at is None:
        return Cell("  no due date", Tone.QUIET)
    if is_overdue(due_at, now):
        return Cell(f"! OVERDUE {_late(now - due_at)}", Tone.ALERT)
    local = due_at.astimezone(now.tzinfo)
    days = (local.date() - now.date()).days
    if days == 0:
        at = "today" if local.time() >= _END_OF_DAY else f"{local:%H:%M}"
        return Cell(f"* due {at}", Tone.STRONG)
    return Cell(f"  due {'tomorrow' if days == 1 else _day(local.date(), now.date())}")


def row_due(row: CaseRow, now: datetime) -> Cell:
    """What a list says about a case's due time; a closed case says when it was closed."""
    if row.status is Status.CLOSED:
        if row.closed_at is None:
            return Cell("closed", Tone.QUIET)
        day, today = row.closed_at.astimezone(now.tzinfo).date(), now.date()
        told = _day(day, today) if (today - day).days < _YEARS_REACH else f"{day:%b ’%y}"
        return Cell(f"closed {told}", Tone.QUIET)
    if row.next_due_kind == PAUSED:
        return Cell("  paused", Tone.QUIET)
    return due_words(row.next_due_at, now)


def status_word(status: Status, outcome: Outcome | None = None) -> str:
    """The status in at most 11 cells; a closed case by its outcome."""
    if status is Status.CLOSED and outcome is not None:
        return "mistake" if outcome is Outcome.VOID else outcome.label
    return _SHORT_STATUS.get(status, status.label)


def subject_words(row: CaseRow) -> str:
    """The subject, after what an agent must know before anything else."""
    alarms = ["URGENT"] * (row.priority is Priority.URGENT) + ["STILL ANGRY"] * row.still_angry
    return " ".join([*alarms, row.subject])


def case_cells(row: CaseRow, now: datetime, width: int) -> list[Cell]:
    """One line of a list of cases, exactly `width` cells in all; wider lists say more."""
    due = row_due(row, now)
    left = [Cell(set_cell_size(due.text, DUE_CELLS + 1), due.tone), Cell(fit(row.reference, 13), Tone.STRONG)]
    right = [Cell(" " + fit(status_word(row.status, row.outcome), 8)), Cell(" " + fit(row.owner or "-", 7))]
    customer = 14
    if width >= WIDE_FROM:
        customer = 24
        left.insert(1, Cell(fit(due_kind_word(row.next_due_kind), 9), Tone.QUIET))
        right = [
            Cell(" " + fit(row.kind.label, 10), Tone.QUIET),
            Cell(f" {fit(_day(row.received_at.astimezone(now.tzinfo).date(), now.date()), 8)}", Tone.QUIET),
            Cell(" " + fit(status_word(row.status, row.outcome), 11)),
            Cell(" " + fit(row.owner or "-", 12)),
        ]
    left.append(Cell(fit(row.customer_name, customer) + " "))
    room = width - sum(cell_len(cell.text) for cell in left + right)
    alarming = row.priority is Priority.URGENT or row.still_angry
    subject = Cell(fit(subject_words(row), max(room, 0)), Tone.STRONG if alarming else Tone.PLAIN)
    return [*left, subject, *right]


def due_kind_word(kind: str) -> str:
    """One short word for what is due next."""
    return "confirm" if kind == DueKind.CONFIRM else kind


def fit(text: str, width: int) -> str:
    """Text of exactly `width` terminal cells: filled up with blanks, or cut with an ellipsis."""
    return set_cell_size(cut(text, width), width)


def counts_line(query: QueueQuery, counts: Counts, width: int) -> str:
    """Where the queue looks and how many cases there are; the filter in force stands in brackets."""
    scope = query.scope.label.capitalize()
    if query.text.strip():
        scope = "Found" if query.scope is Scope.OPEN else f"Found in {query.scope.label}"
    if query.owner:
        scope = f"Mine, {scope[0].lower()}{scope[1:]}"
    shown = counts.shown
    parts = [_marked(f"{scope}: {shown(counts.all)}", query.due is DueFilter.ALL and query.owner is None)]
    if query.scope is not Scope.CLOSED:
        parts += [
            _marked(f"overdue {shown(counts.overdue)}", query.due is DueFilter.OVERDUE),
            _marked(f"due today {shown(counts.today)}", query.due is DueFilter.TODAY),
            _marked(f"due in 3 days {shown(counts.soon)}", query.due is DueFilter.SOON),
            _marked(f"unowned {shown(counts.unowned)}", query.owner == ""),
        ]
    line = " · ".join(parts)
    return line if cell_len(line) <= width else line.replace(" due ", " ").replace("[due ", "[")


def empty_words(query: QueueQuery) -> str:
    """What an empty list says: why it is empty and which key leads on."""
    if query.text.strip():
        where = "" if query.scope is Scope.ALL else " Add is:all to look among closed cases as well."
        return f"Nothing found.{where}"
    if query.owner == "":
        return "Every case here has an owner. Press w for all of them."
    if query.owner:
        return "No case of yours here. Press m for everybody's."
    if query.due is not DueFilter.ALL:
        return f"Nothing is {query.due.label}. Press a for all."
    if query.scope is Scope.OPEN:
        return "No open case. Press n to take a complaint, v for resolved and closed cases."
    return f"No case here ({query.scope.label}). Press v to look elsewhere."


def _marked(words: str, active: bool) -> str:
    return f"[{words}]" if active else words


def _late(span: timedelta) -> str:
    return say_span(span) if span.days < 1000 else f"{span.days // 365}y"


def _day(day: date, today: date) -> str:
    """A day in at most 8 cells: `Fri 27` within a week, `27 Nov` within the year's reach, else `Nov 2027`."""
    weekday, number, month, year = plain_day(day).split()
    if 0 <= (day - today).days < 7:
        return f"{weekday} {number}"
    return f"{number} {month}" if abs((day - today).days) < _YEARS_REACH else f"{month} {year}"
