"""Cases as they are shown in a list: values in, words and cells out; no widget and no clock."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from tuitrack.domain.deadlines import PAUSED, DueFilter, is_overdue
from tuitrack.domain.queue import CaseRow, Counts, QueueQuery, Scope
from tuitrack.domain.spoken_time import plain_day, say_span
from tuitrack.domain.words import DueKind, Outcome, Priority, Status
from tuitrack.tui.commands import KeyOf, Place
from tuitrack.tui.lines import Tone, cut

DUE_CELLS = 14
"""Enough for the longest due words, `! OVERDUE 999d`."""

_SHORT_STATUS = {Status.INVESTIGATING: "investig", Status.WAITING: "waiting"}
_END_OF_DAY = time(23, 59)
_YEARS_REACH = 300
"""Days within which a day and a month are enough to know a date."""


class Cell(NamedTuple):
    """A piece of a line, filled up or cut to its width in terminal cells, and how it speaks."""

    text: str
    tone: Tone = Tone.PLAIN


def margin(*, at_cursor: bool = False, marked: bool = False) -> Cell:
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
    return Cell(f"  due {'tomorrow' if days == 1 else short_day(local.date(), now.date())}")


def row_due(row: CaseRow, now: datetime) -> Cell:
    """What a list says about a case's due time; a closed case in which nothing is due says when it was closed."""
    if row.status is Status.CLOSED and row.next_due_at is None:
        if row.closed_at is None:
            return Cell("closed", Tone.QUIET)
        day, today = row.closed_at.astimezone(now.tzinfo).date(), now.date()
        told = short_day(day, today) if (today - day).days < _YEARS_REACH else f"{day:%b ’%y}"
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
    alarms = {
        "URGENT": row.priority is Priority.URGENT,
        "STILL ANGRY": row.still_angry,
        "MAY LEAVE": row.likely_to_leave,
        "OWNER AWAY": row.owner_away,
    }
    return " ".join([*(alarm for alarm, is_so in alarms.items() if is_so), row.subject])


_SHORT_KIND: dict[str, str] = {
    DueKind.FIRST_RESPONSE: "response",
    DueKind.ACKNOWLEDGEMENT: "receipt",
    DueKind.RETURN_DATE: "date",
    DueKind.PROGRESS: "update",
    DueKind.CONTACT: "contact",
    DueKind.HOLDING: "holding",
    DueKind.FINAL: "final",
}


def due_kind_word(kind: str) -> str:
    """One short word for what is due next."""
    return _SHORT_KIND.get(kind, kind)


@lru_cache(maxsize=2048)
def fit(text: str, width: int) -> str:
    """Text of exactly `width` terminal cells: filled up with blanks, or cut with an ellipsis."""
    if width < 1:
        return ""
    line = cut(text, width)
    if not line.endswith("…"):
        return set_cell_size(line, width)
    # Beside an ellipsis every letter is measured by itself; without it they are counted.
    return line + " " * (width - 1 - cell_len(line[:-1]))


def counts_line(query: QueueQuery, counts: Counts, width: int) -> str:
    """Where the queue looks and how many cases there are; the filter in force stands in brackets."""
    scope = query.scope.label.capitalize()
    if query.text.strip():
        scope = "Found" if query.scope is Scope.OPEN else f"Found in {query.scope.label}"
    if query.owner:
        scope = f"Mine, {scope[0].lower()}{scope[1:]}"
    shown = counts.shown
    parts = [_marked(f"{scope}: {shown(counts.all)}", query.due is DueFilter.ALL and query.owner is None)]
    if counts.chosen is not None:
        parts.append(_marked(f"{query.due.label} {shown(counts.chosen)}", True))
    if query.scope is not Scope.CLOSED:
        parts += [
            _marked(f"overdue {shown(counts.overdue)}", query.due is DueFilter.OVERDUE),
            _marked(f"due today {shown(counts.today)}", query.due is DueFilter.TODAY),
            _marked(f"due in 3 days {shown(counts.soon)}", query.due is DueFilter.SOON),
            _marked(f"unowned {shown(counts.unowned)}", query.owner == ""),
        ]
    line = " · ".join(parts)
    if cell_len(line) > width:
        line = line.replace(" due ", " ").replace("[due ", "[")
    # A filter of its own takes the room of what nobody asked for.
    fits = cell_len(line) <= width or counts.chosen is None or line.endswith("]")
    return line if fits else line.rpartition(" · ")[0]


def no_case_words(key_of: KeyOf) -> str:
    """What the list says while there is no case at all."""
    new, register = key_of(Place.QUEUE, "new_case"), key_of(Place.QUEUE, "import_register")
    return f"No case yet. Press {new} to take the first complaint, or {register} to import a register."


def empty_words(query: QueueQuery, key_of: KeyOf) -> str:
    """What an empty list says: why it is empty and which key leads on."""
    elsewhere = key_of(Place.QUEUE, "cycle_scope")
    if query.text.strip():
        where = "" if query.scope is Scope.ALL else " Add is:all to look among closed cases as well."
        return f"Nothing found.{where}"
    if query.owner == "":
        return f"Every case here has an owner. Press {key_of(Place.QUEUE, 'show_unowned')} for all of them."
    if query.owner:
        return f"No case of yours here. Press {key_of(Place.QUEUE, 'show_mine')} for everybody's."
    if query.due is not DueFilter.ALL:
        return f"Nothing is {query.due.label}. Press {key_of(Place.QUEUE, 'show_all')} for all."
    if query.scope is Scope.OPEN:
        new = key_of(Place.QUEUE, "new_case")
        return f"No open case. Press {new} to take a complaint, {elsewhere} for resolved and closed cases."
    return f"No case here ({query.scope.label}). Press {elsewhere} to look elsewhere."


def _marked(words: str, active: bool) -> str:
    return f"[{words}]" if active else words


def _late(span: timedelta) -> str:
    return say_span(span) if span.days < 1000 else f"{span.days // 365}y"


def short_day(day: date, today: date) -> str:
    """A day in at most 8 cells: `Fri 27` within a week, `27 Nov` within the year's reach, else `Nov 2027`."""
    weekday, number, month, year = plain_day(day).split()
    if 0 <= (day - today).days < 7:
        return f"{weekday} {number}"
    return f"{number} {month}" if abs((day - today).days) < _YEARS_REACH else f"{month} {year}"
