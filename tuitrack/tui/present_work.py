"""What is open in a case as lines of text: promises, actions and remedies, each with when it is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from rich.cells import cell_len, set_cell_size

from tuitrack.domain.deadlines import is_overdue
from tuitrack.domain.spoken_time import plain_day, say_span
from tuitrack.domain.timeline import Action, Entry, Promise, Remedy
from tuitrack.domain.words import Approval, EntryKind
from tuitrack.services.casefile import CaseFile
from tuitrack.tui.commands import KeyOf, Place
from tuitrack.tui.lines import Line, Tone, cut
from tuitrack.tui.present_entry import moment

WorkItem = Promise | Action | Remedy
"""What somebody still has to do or to say about a case."""

_TELLS_OF = {Promise: EntryKind.PROMISE, Action: EntryKind.ACTION, Remedy: EntryKind.REMEDY}
_NEVER = datetime.max.replace(tzinfo=UTC)


def work_items(file: CaseFile) -> list[WorkItem]:
    """What is still open: promises and actions by due time, then remedies without an answer or not delivered."""
    promises = [promise for promise in file.promises if promise.is_open]
    actions = [action for action in file.actions if action.is_open]
    remedies = [remedy for remedy in file.remedies if _is_open(remedy)]
    timed: list[Promise | Action] = [*promises, *actions]
    timed.sort(key=lambda item: item.due_at or _NEVER)
    return [*timed, *remedies]


def _is_open(remedy: Remedy) -> bool:
    """Whether somebody still has to answer or deliver it."""
    is_refused = remedy.chosen is False or remedy.approval is Approval.DECLINED
    return not is_refused and remedy.delivered_on is None


def work_title(count: int, key_of: KeyOf) -> str:
    """What stands above the open items, with the keys that settle them, or that add one where nothing is open."""
    if count:
        done, broken = key_of(Place.CASE, "settle_item"), key_of(Place.CASE, "break_item")
        return f"Open: {count} (Tab, then {done} done or kept, {broken} broken, moved or declined)"
    promise, action, remedy = (key_of(Place.CASE, command) for command in ("add_promise", "add_action", "add_remedy"))
    return f"Nothing is open: {promise} promises, {action} asks for an action, {remedy} records a remedy"


def work_key(item: WorkItem) -> tuple[str, int]:
    """What tells an open item from the others of a case."""
    return type(item).__name__, item.id


def work_line(item: WorkItem, now: datetime, width: int) -> Line:
    """An open item on one line, in columns: what it is, when it is due, what exactly and whose."""
    name, due, what, tone = work_texts(item, now)
    columns = set_cell_size(name, 9) + set_cell_size(due, 22)
    return Line(columns + cut(what, width - cell_len(columns)), tone)


def work_texts(item: WorkItem, now: datetime) -> tuple[str, str, str, Tone]:
    """What an open item is, when it is due, what exactly and whose, and how it speaks."""
    match item:
        case Promise():
            name, what = "promise", f"{item.what} ({item.by})"
            due, tone = due_word(item.due_at, now)
        case Action():
            about = item.kind.label if item.is_inquiry else f"for the {item.track.label}"
            whose = f"{item.assignee}; {about}; asked {plain_day(item.requested_on)}"
            name, what = "action", f"{item.what} ({whose})"
            due, tone = due_word(item.due_at, now) if item.due_at else ("no due date", Tone.PLAIN)
        case Remedy():
            name, what = "remedy" if item.option_set is None else "option", item.summary
            due, tone = remedy_state(item), Tone.PLAIN
    return name, due, what, tone


def due_word(due_at: datetime, now: datetime) -> tuple[str, Tone]:
    """When something is due in few words: `! OVERDUE 2h` or `due Fri 27 Nov 17:00`."""
    if is_overdue(due_at, now):
        return f"! OVERDUE {say_span(now - due_at)}", Tone.ALERT
    return f"due {moment(due_at, now)}", Tone.PLAIN


def remedy_state(remedy: Remedy) -> str:
    """Where an offer stands that was not delivered."""
    if remedy.chosen is False:
        return "declined" if remedy.option_set is None else "not chosen"
    if remedy.approval is Approval.DECLINED:
        return "not approved"
    if remedy.waits_for_approval:
        return "! needs approval"
    return "chosen, to deliver" if remedy.chosen else "no answer yet"


def entry_of(item: WorkItem | None, entries: Sequence[Entry]) -> Entry | None:
    """The latest timeline entry that tells of an open item."""
    if item is None:
        return None
    kind = _TELLS_OF[type(item)]
    return next((e for e in reversed(entries) if e.kind is kind and e.record_id == item.id), None)
