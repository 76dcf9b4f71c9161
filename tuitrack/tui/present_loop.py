"""The loop of a case as lines of text, and what is fed back to whoever can correct a cause."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import datetime

from tuitrack.domain.case import Case
from tuitrack.domain.feedback import CaseReading, Feedback
from tuitrack.domain.loop import LoopFacts, was_contacted
from tuitrack.domain.spoken_time import plain_day
from tuitrack.domain.text import counted
from tuitrack.domain.words import Goal, Loop, Mood
from tuitrack.services.casefile import CaseFile
from tuitrack.services.feedback import FeedbackLine
from tuitrack.tui.commands import KeyOf, Place
from tuitrack.tui.lines import Line, Tone, wrapped
from tuitrack.tui.present_case import recurred_text
from tuitrack.tui.present_entry import moment

Blocks = list[tuple[Hashable, list[Line]]]

LOOP = "loop"
"""The key of the block that tells how far the loop is."""
_STAGES = (Loop.COLLECTED, Loop.ANALYSED, Loop.FED_BACK, Loop.CORRECTED)
_INDENT = 4


def unread_line(count: int, key: str) -> str:
    """`2 items of feedback for you to read (F)`; empty where there is none."""
    return f"{counted(count, 'item')} of feedback for you to read ({key})" if count else ""


def loop_blocks(file: CaseFile, now: datetime, width: int, key_of: KeyOf) -> Blocks:
    """How far the loop is with its two goals, then what was fed back, then who has read the case."""
    blocks: Blocks = [(LOOP, [*_stages(file, now, width, key_of), *_goals(file, now, width)])]
    blocks += [(f"feedback {one.id}", feedback_lines(one, "", now, width)) for one in file.feedback]
    if file.readings:
        blocks.append(("readings", [line for one in file.readings for line in _reading(one, now, width)]))
    return blocks


def feedback_blocks(lines: Sequence[FeedbackLine], now: datetime, width: int) -> Blocks:
    """What is addressed to somebody, each with the case it came out of; the key is its id."""
    return [
        (line.feedback.id, feedback_lines(line.feedback, f"{line.reference}  {line.subject}", now, width))
        for line in lines
    ]


def feedback_lines(feedback: Feedback, case: str, now: datetime, width: int) -> list[Line]:
    """Something fed back: how it stands, of which case where that is told, the text and the answer."""
    head = f"{_state(feedback, now)} · to {feedback.whom}, from {feedback.by}, {moment(feedback.at, now)}"
    lines = wrapped(head, width, Tone.ALERT if feedback.read_at is None else Tone.STRONG)
    lines += wrapped(case, width, indent=_INDENT) if case else []
    lines += wrapped(feedback.text, width, indent=_INDENT)
    return lines + (wrapped(f"Answer: {feedback.answer}", width, indent=_INDENT) if feedback.answer else [])


def _state(feedback: Feedback, now: datetime) -> str:
    if feedback.answered_at is not None:
        return f"ANSWERED by {feedback.answered_by} {moment(feedback.answered_at, now)}"
    if feedback.read_at is not None:
        return f"READ by {feedback.read_by} {moment(feedback.read_at, now)}, no answer yet"
    return "! NOT READ YET"


def _stages(file: CaseFile, now: datetime, width: int, key_of: KeyOf) -> list[Line]:
    loop = file.loop
    stands = loop.stands
    if stands is Loop.NEEDLESS:
        return wrapped(f"Loop: {_needless(file.case)}", width, Tone.STRONG)
    reached = _STAGES.index(stands)
    lines = wrapped(f"Loop: {stands.label}{_next(loop, key_of)}", width, Tone.STRONG)
    for number, stage in enumerate(_STAGES):
        mark = "[x]" if number <= reached else "[ ]"
        told = f"{mark} {number + 1} {stage.label:<11}{_told(stage, file, now)}"
        lines += wrapped(told, width, Tone.PLAIN if number <= reached else Tone.QUIET)
    return lines


def _needless(case: Case) -> str:
    because = case.no_process_action_because
    return f"{Loop.NEEDLESS.label}{f', because {because}' if because else ''}"


def _next(loop: LoopFacts, key_of: KeyOf) -> str:
    match loop.stands:
        case Loop.COLLECTED:
            return f"; next: the root cause ({key_of(Place.CASE, 'close_case')} in the case, step 3)"
        case Loop.ANALYSED:
            return f"; next: feedback to whoever can correct it ({key_of(Place.LOOP, 'send_feedback')})"
        case Loop.FED_BACK:
            missing = "an action against the next such case" if not loop.process else "the process actions"
            return f"; next: {missing}"
        case _:
            return ""


def _told(stage: Loop, file: CaseFile, now: datetime) -> str:
    """What is known of a stage, whether or not it is reached."""
    case, process = file.case, file.loop.process
    match stage:
        case Loop.COLLECTED:
            return f"received {moment(case.received_at, now)} by {case.received_by}"
        case Loop.ANALYSED:
            return f"cause: {case.cause}" if case.cause else "cause not known yet"
        case Loop.FED_BACK:
            answered = sum(not one.is_open for one in file.feedback)
            return f"{counted(len(file.feedback), 'item')} sent, {answered} answered" if file.feedback else "to nobody"
        case _:
            if not process:
                return "no process action yet"
            done = [action for action in process if action.done_on is not None]
            last = max((action.done_on for action in done if action.done_on), default=None)
            since = f", last on {plain_day(last)}" if last else ""
            return f"{len(done)} of {counted(len(process), 'process action')} done{since}"


def _goals(file: CaseFile, now: datetime, width: int) -> list[Line]:
    loop, case = file.loop, file.case
    lines = wrapped(f"Short-term goal, this customer satisfied: {_short_term(file)}", width)
    lines += wrapped(f"Long-term goal, others do not meet the cause: {_goal(loop.long_term)}", width)
    if file.corrected is not None:
        lines += wrapped(recurred_text(file.corrected), width, Tone.ALERT)
    if case.contact_wanted:
        never = not was_contacted(file.calls, file.entries)
        told = "! WANTS TO BE CONTACTED, never contacted yet" if never else "Wanted to be contacted, and was"
        lines += wrapped(told, width, Tone.ALERT if never else Tone.PLAIN)
    return lines


def _goal(goal: Goal) -> str:
    return goal.label.upper() if goal in (Goal.REACHED, Goal.MISSED) else goal.label


def _short_term(file: CaseFile) -> str:
    """Where the goal stands, and by what that is known."""
    case, goal = file.case, file.loop.short_term
    asked = case.mood.label if case.mood and case.mood is not Mood.NOT_REACHED else ""
    day = f" on {plain_day(case.customer_confirmed_on)}" if case.customer_confirmed_on else ""
    known = f"{asked}{day}" if asked else "the customer did not say so" if goal is Goal.MISSED else ""
    return f"{_goal(goal)}{f' ({known})' if known else ''}"


def _reading(reading: CaseReading, now: datetime, width: int) -> list[Line]:
    return wrapped(f"Read for its quality by {reading.by}, {moment(reading.at, now)}", width, Tone.QUIET)
