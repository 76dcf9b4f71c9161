"""The agenda of reviews as lines of text: what is planned, what is open, what came again, and what came of it all."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import date, datetime

from tuitrack.domain.query.printing import quoted
from tuitrack.domain.recurrence import Recurrence
from tuitrack.domain.reviews import Review
from tuitrack.domain.spoken_time import plain_day
from tuitrack.domain.text import counted
from tuitrack.domain.words import ReviewPart
from tuitrack.services.review_words import plan_status, review_status
from tuitrack.services.reviews import COUNT_CAP, Agenda, LoopCount, PlanLine
from tuitrack.services.samples import SampleFile
from tuitrack.tui.commands import KeyOf, Place
from tuitrack.tui.lines import Line, Tone, wrapped
from tuitrack.tui.present_entry import moment
from tuitrack.tui.present_samples import found_lines, sample_lines

Blocks = list[tuple[Hashable, list[Line]]]

_INDENT = 4


def agenda_title(agenda: Agenda, today: date) -> str:
    """How many reviews are missed and due, and how many results nobody has checked."""
    missed = sum(line.missed for line in agenda.plans)
    due = sum(line.plan.active and line.plan.next_due == today for line in agenda.plans)
    unchecked = sum(review.checked_by is None for review in agenda.results)
    return f"Reviews: {missed} missed, {due} due today, {unchecked} to check"


def agenda_blocks(agenda: Agenda, today: date, width: int, key_of: KeyOf) -> Blocks:
    """The whole agenda; the keys are told apart by what they begin with."""
    blocks: Blocks = [("heading plans", _heading("Planned", width))]
    blocks += [(f"plan {line.plan.id}", _plan(line, today, width)) for line in agenda.plans]
    if not agenda.plans:
        key = key_of(Place.REVIEWS, "plan_review")
        blocks.append(("none", wrapped(f"No review is planned yet. {key} plans the first one.", width, indent=_INDENT)))
    blocks.append(("heading loops", _heading("Open loops by age", width)))
    blocks += [(f"list {loop.query}", [_loop(loop, width)]) for loop in agenda.loops]
    if agenda.recurrences:
        blocks.append(("heading again", _heading("! Causes that came again after they were corrected", width)))
        blocks += [(f"list {recurred_query(one)}", _again(one, width)) for one in agenda.recurrences]
    if agenda.read:
        read = ", ".join(f"{by} {cases}" for by, cases in sorted(agenda.read.items()))
        blocks.append(("read", wrapped(f"Cases read in the last 30 days: {read}", width)))
    if agenda.samples:
        blocks.append(("heading samples", _heading("Samples of closed cases", width)))
        blocks += [(f"sample {file.sample.id}", sample_lines(file, width)) for file in agenda.samples]
    if agenda.results:
        blocks.append(("heading results", _heading("Results", width)))
        blocks += [(f"result {review.id}", _result(review, width)) for review in agenda.results]
    return blocks


def recurred_query(one: Recurrence) -> str:
    """The query that lists the cases of a cause that came again."""
    category = f"category={quoted(one.category)}" if one.category else "no:category"
    return f"is:recurred is:all cause={quoted(one.cause)} {category}"


def review_lines(review: Review, samples: Iterable[SampleFile], now: datetime, width: int) -> list[Line]:
    """Everything that came of a review, with what was found in the samples that were drawn for it."""
    lines = wrapped(f"Due {plain_day(review.due_on)}: {review_status(review)}", width, Tone.STRONG)
    lines += wrapped(f"Entered {moment(review.entered_at, now)} by {review.by}", width, Tone.QUIET)
    if review.because:
        lines += wrapped(f"Not held because {review.because}", width)
    for part in ReviewPart:
        if text := review.results.get(part):
            title = part.label.capitalize()
            lines += [Line(""), *wrapped(title, width, Tone.STRONG), *wrapped(text, width, indent=2)]
    lines += found_lines(samples, width)
    if review.checked_by and review.checked_at:
        note = f": {review.check_note}" if review.check_note else ""
        told = f"Checked by {review.checked_by} {moment(review.checked_at, now)}{note}"
        lines += [Line(""), *wrapped(told, width)]
    return lines


def _heading(text: str, width: int) -> list[Line]:
    return wrapped(text, width, Tone.STRONG)


def _plan(line: PlanLine, today: date, width: int) -> list[Line]:
    plan = line.plan
    tone = Tone.ALERT if line.missed else Tone.STRONG if line.is_due else Tone.PLAIN
    told = f"{plan.every.label}, owner {plan.owner}, deputy {plan.deputy}"
    parts = f"passes on {', '.join(part.label for part in plan.parts)}"
    return [
        *wrapped(f"{plan.name}: {plan_status(line, today)}", width, tone, indent=_INDENT),
        *wrapped(f"{told}; {parts}", width, Tone.QUIET, indent=_INDENT),
    ]


def _loop(loop: LoopCount, width: int) -> Line:
    cases = f"{loop.cases}+" if loop.cases >= COUNT_CAP else str(loop.cases)
    return Line(f"{' ' * _INDENT}{loop.age:<18}{cases:>6}"[:width])


def _again(one: Recurrence, width: int) -> list[Line]:
    what = f"{one.cause} · {one.category or 'no category'}"
    since = f"{counted(one.cases, 'case')}, corrected {plain_day(one.corrected_on)}"
    return wrapped(f"{what}: {since}", width, Tone.ALERT, indent=_INDENT)


def _result(review: Review, width: int) -> list[Line]:
    told = f"{plain_day(review.due_on)}  {review.name}: {review_status(review)}"
    return wrapped(told, width, Tone.PLAIN if review.checked_by else Tone.STRONG, indent=_INDENT)
