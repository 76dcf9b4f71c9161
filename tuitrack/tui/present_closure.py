"""Closing as lines of text: where one is among the steps, what each step must know, and the review."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tuitrack.domain.closure import Blocker, Step
from tuitrack.domain.spoken_time import plain_day
from tuitrack.domain.text import counted
from tuitrack.domain.timeline import Action
from tuitrack.domain.words import Track
from tuitrack.services.casefile import CaseFile
from tuitrack.tui.closure_steps import STEPS, proving_calls
from tuitrack.tui.commands import KeyOf, Place
from tuitrack.tui.lines import Line, Tone, cut, wrapped
from tuitrack.tui.present_work import due_word, remedy_state

NARROW = 110
"""Below this width only the step one is in is named in full."""

# A look after a public post is no part of solving the case.
_ACTED_FOR = {Track.CUSTOMER: "For this customer", Track.PROCESS: "Against the next one (process)"}


def step_line(now_at: Step, found: Sequence[Blocker], width: int) -> str:
    """The steps with `done` or `!` and how much is missing; the one a person is in stands in brackets."""
    parts = []
    for number, step in enumerate(STEPS, 1):
        missing = sum(blocker.step is step for blocker in found)
        if step is now_at or width >= NARROW:
            part = f"{number} {step.label}: {f'{missing} missing' if missing else _state(step, found)}"
        else:
            part = f"{number} {f'! {missing}' if missing else _state(step, found)}"
        parts.append(f"[{part}]" if step is now_at else part)
    return cut(" | ".join(parts), width)


def _state(step: Step, found: Sequence[Blocker]) -> str:
    """How a step stands in which nothing is missing; the review waits for the others."""
    if step is not Step.REVIEW:
        return "done"
    return "not yet" if found else "ready"


def step_notes(file: CaseFile, step: Step, now: datetime, width: int) -> list[Line]:
    """What a person must have before their eyes while filling in a step."""
    match step:
        case Step.RESOLUTION:
            return remedy_lines(file, width)
        case Step.CAUSE:
            return [line for track in _ACTED_FOR for line in _track_lines(file.actions, track, now, width)]
        case Step.CONFIRMATION:
            return _confirmation_lines(file, width)
        case _:
            return []


def remedy_lines(file: CaseFile, width: int) -> list[Line]:
    """What the customer wanted beside what was offered, chosen and delivered."""
    asked = f" {file.case.amount_asked} {file.case.currency}".rstrip() if file.case.amount_asked is not None else ""
    lines = [Line(cut(f"Remedy wanted: {file.case.remedy_wanted or 'nothing named'}{asked}", width))]
    for remedy in file.remedies:
        stands = f"delivered {plain_day(remedy.delivered_on)}" if remedy.delivered_on else remedy_state(remedy)
        lines.append(Line(cut(f"Remedy given: {remedy.summary}, {stands}", width)))
    return lines if file.remedies else [*lines, Line("Remedy given: none", Tone.QUIET)]


def review_blocks(
    file: CaseFile, found: Sequence[Blocker], now: datetime, width: int, key_of: KeyOf
) -> list[tuple[tuple[str, int], list[Line]]]:
    """Every blocker by name, then what the case says, each known by where it is mended."""
    blocks = []
    for number, blocker in enumerate(found):
        text = f"{STEPS.index(blocker.step) + 1} {blocker.sentence}"
        blocks.append((("blocker", number), wrapped(f"! {text}", width, Tone.ALERT)))
    if not found:
        told = f"Nothing blocks closing. {key_of(Place.CLOSURE, 'finish_step')} closes."
        blocks.append((("fact", STEPS.index(Step.REVIEW)), [Line(told, Tone.STRONG)]))
    blocks += [(("fact", STEPS.index(step)), _fact_lines(file, step, now, width)) for step in STEPS[:-1]]
    return blocks


def _fact_lines(file: CaseFile, step: Step, now: datetime, width: int) -> list[Line]:
    """What is stored of a step, for the review."""
    case = file.case
    texts: list[str] = []
    match step:
        case Step.RESOLUTION:
            day = plain_day(case.company_resolved_on) if case.company_resolved_on else "no date"
            texts = [f"Company resolved on {day}: {case.resolution or 'nothing written'}"]
            texts += [line.text for line in remedy_lines(file, width)]
        case Step.DECISION:
            answer = case.justified.label if case.justified else "not answered"
            texts = [f"Justified: {answer}. {case.justified_because}", f"Explained: {case.explanation or 'nothing'}"]
            texts += _early_remedies(file)
        case Step.CAUSE:
            texts = [f"Root cause: {case.cause or 'not named'}"]
            texts += [line.text for track in _ACTED_FOR for line in _track_lines(file.actions, track, now, width)]
            if case.no_process_action_because:
                texts.append(f"No process action, because {case.no_process_action_because}")
        case Step.CONFIRMATION:
            texts = [line.text for line in _confirmation_lines(file, width)]
    lines = [Line(cut(text, width)) for text in texts]
    return [Line(f"{STEPS.index(step) + 1} {step.label}", Tone.STRONG), *lines]


def _early_remedies(file: CaseFile) -> list[str]:
    """What was delivered before the customer was told the decision, in words."""
    told_on = file.case.customer_told_on
    told = f"only told {plain_day(told_on)}" if told_on else "not told yet"
    return [
        f"! Delivered {plain_day(remedy.delivered_on)}, customer {told}: {remedy.summary}"
        for remedy in file.remedies
        if remedy.delivered_on is not None and (told_on is None or remedy.delivered_on < told_on)
    ]


def _track_lines(actions: Sequence[Action], track: Track, now: datetime, width: int) -> list[Line]:
    found = [action for action in actions if action.track is track]
    title = _ACTED_FOR[track]
    if not found:
        return [Line(f"{title}: no action", Tone.QUIET)]
    lines = [Line(f"{title}:")]
    for action in found:
        asked = f"asked {plain_day(action.requested_on)}"
        if action.done_on is not None and (days := action.slippage_days) is not None:
            after = f"{counted(days, 'day')} later"
            lines.append(Line(cut(f"  {asked}, done {plain_day(action.done_on)}, {after}  {action.what}", width)))
        else:
            due, tone = due_word(action.due_at, now) if action.due_at else ("open, no due date", Tone.PLAIN)
            lines.append(Line(cut(f"  {due}, {asked}  {action.what} ({action.assignee})", width), tone))
    return lines


def _confirmation_lines(file: CaseFile, width: int) -> list[Line]:
    case, facts = file.case, file.closing_facts
    company = plain_day(case.company_resolved_on) if case.company_resolved_on else "not yet"
    customer = plain_day(case.customer_confirmed_on) if case.customer_confirmed_on else "not yet"
    mood = f", {case.mood.label}" if case.mood else ""
    lines = [
        Line(f"Company resolved on: {company}. Customer confirmed on: {customer}{mood}"),
        Line(f"Attempts to reach the customer since then: {facts.attempts} of {facts.attempts_needed}"),
    ]
    if case.unconfirmed_because:
        lines.append(Line(cut(f"No confirmation, because {case.unconfirmed_because}", width)))
    if not proving_calls(file):
        lines.append(Line("No call reached the customer yet: log the one that proves it", Tone.QUIET))
    return lines
