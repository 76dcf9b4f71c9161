"""Why something is due when it is, in sentences made of the very steps by which it was counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta, tzinfo

from tuitrack.domain.calendars import Calendar
from tuitrack.domain.clock_rules import Rule, RuleBook
from tuitrack.domain.clocks import Clock, Pause
from tuitrack.domain.counting import SAME_DAY, Counting, Step
from tuitrack.domain.spoken_time import plain_day, plain_when
from tuitrack.domain.text import counted
from tuitrack.domain.timeline import Action, Promise
from tuitrack.domain.words import DueKind

_STARTED_BY = {
    DueKind.PROGRESS: "when the customer was last told how things stand, or when it was received",
    DueKind.CONTACT: "when the customer and we were last in touch, or when it was received",
    DueKind.CONFIRM: "when the company came to consider it resolved",
}


def why_clock(clock: Clock, rule: Rule | None, book: RuleBook, pauses: Sequence[Pause], zone: tzinfo) -> list[str]:
    """The sentences about a clock of a case; `zone` is the office's."""
    due = f"So it is due {plain_when(clock.due_at.astimezone(zone))}."
    if not clock.rule or rule is None:
        return ["The date was set by hand, or came with the case: no rule counts it.", due]
    counting = rule.counting(clock.started_at, pauses, clock.met_at)
    told = [_rule_words(rule, book, zone), *why_counted(counting, _started_by(clock))]
    if counting.due_at != clock.due_at:
        told += [f"The case was another one when it was met, and the time then was another: {due[6:]}"]
    if clock.target_at is not None:
        told.append(f"It should be met by {plain_when(clock.target_at.astimezone(zone))}, the target of the rule.")
    if clock.paused_at is not None:
        since = plain_when(clock.paused_at.astimezone(zone))
        told.append(f"It stands still since {since}; the time until it goes on will be added.")
    if clock.late_because:
        told.append(f"It was late because: {clock.late_because}")
    if clock.first_due_at != clock.due_at:
        told.append(f"Without the pauses it would be due {plain_when(clock.first_due_at.astimezone(zone))}.")
    return told


def why_promise(promise: Promise, zone: tzinfo) -> list[str]:
    """The sentences about a promise."""
    made = plain_when(promise.made_at.astimezone(zone))
    return [
        f"{promise.by} promised it to {promise.to} on {made}.",
        "A promise is due when it was promised for; no calendar changes that.",
        f"So it is due {plain_when(promise.due_at.astimezone(zone))}.",
    ]


def why_action(action: Action, due_at: datetime, zone: tzinfo) -> list[str]:
    """The sentences about an action with a due time."""
    return [
        f"{action.by} asked {action.assignee or 'for it'} on {plain_day(action.requested_on)} and named the time.",
        f"So it is due {plain_when(due_at.astimezone(zone))}.",
    ]


def why_counted(counting: Counting, started_by: str) -> Iterator[str]:
    """Each step of a counting in a sentence, on the clock of its calendar; the last one names the due time."""
    zone, calendar = counting.calendar.zone, counting.calendar
    steps = list(counting.steps())
    begin, last = steps[0], steps[-1]
    yield f"Counted from {_at(counting.started_at, zone)}, {started_by}."
    yield from _beginning(counting, begin.at)
    yield f"Calendar {calendar.words}."
    if counting.span.working:
        yield from _days_left_out(counting, last.at) if counting.span.in_days else _gaps(calendar, begin.at, last.at)
    for step in steps[2:]:
        yield from _stopped(counting, step)
    yield f"So it is due {_at(last.at, zone)}."


def _beginning(counting: Counting, begin: datetime) -> Iterator[str]:
    """From when time runs, where that is not the moment itself."""
    zone = counting.calendar.zone
    if counting.span.in_days and counting.span.text != SAME_DAY:
        yield "That day does not count; the days after it do."
    elif begin > counting.started_at:
        yield f"Nobody works at that time: it counts from the next opening, {_at(begin, zone)}."


def _days_left_out(counting: Counting, until: datetime) -> Iterator[str]:
    zone = counting.calendar.zone
    first, last = counting.started_at.astimezone(zone).date(), until.astimezone(zone).date()
    if counting.span.text != SAME_DAY:
        first += timedelta(days=1)
    for day, reason in counting.calendar.days_off(first, last):
        yield f"Not counted: {plain_day(day)}, {reason}."


def _gaps(calendar: Calendar, since: datetime, until: datetime) -> Iterator[str]:
    """The nights, breaks, weekends and holidays that a span of working time jumps over."""
    for start, end in calendar.gaps(int(since.timestamp()), int(until.timestamp())):
        first, last = calendar.local(start), calendar.local(end)
        off = [f"{plain_day(day)} {reason}" for day, reason in calendar.days_off(first.date(), _last_day(last))]
        kind = "break" if first.date() == last.date() else "night"
        yield f"Not counted: {plain_when(first)} to {plain_when(last)}, {' and '.join([kind, *off])}."


def _last_day(end: datetime) -> date:
    """The last day that a gap lies in; one that ends at midnight ends with the day before."""
    return (end - timedelta(seconds=1)).date()


def _stopped(counting: Counting, step: Step) -> Iterator[str]:
    zone = counting.calendar.zone
    if step.stop is None:
        return
    days = counted(step.added, "day")
    time = days if counting.span.in_days else _hours(step.added)
    yield (
        f"Paused {_at(step.stop.since, zone)} to {_at(step.stop.until, zone)}, {step.stop.reason}: "
        f"{time} more, up to {_at(step.at, zone)}."
    )


def _hours(seconds: int) -> str:
    hours, minutes = divmod(seconds // 60, 60)
    return " ".join([f"{hours}h"] * bool(hours) + [f"{minutes}m"] * bool(minutes or not hours))


def _at(moment: datetime, zone: tzinfo) -> str:
    return plain_when(moment.astimezone(zone))


def _started_by(clock: Clock) -> str:
    if clock.kind in _STARTED_BY:
        return _STARTED_BY[clock.kind]
    return "when the case was opened again" if clock.turn else "when the case was received"


def _rule_words(rule: Rule, book: RuleBook, zone: tzinfo) -> str:
    since = f", in force since {plain_when(book.since.astimezone(zone))}" if book.since else ""
    which = f" for {rule.conditions_words}" if rule.only else ""
    return f"Rule: {rule.words}{which} ({rule.origin}{since})."
