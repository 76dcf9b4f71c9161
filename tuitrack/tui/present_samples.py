"""Samples of closed cases as lines of text: how far each is, and what was found case by case and by question."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import datetime

from tuitrack.domain.samples import Sample, answers_to
from tuitrack.domain.spoken_time import plain_day
from tuitrack.domain.text import counted
from tuitrack.domain.words import Answer, AuditQuestion
from tuitrack.services.samples import AuditLine, SampleFile
from tuitrack.tui.lines import Line, Tone, wrapped
from tuitrack.tui.present_entry import moment

_INDENT = 4
_QUESTION_CELLS = 24


def sample_title(file: SampleFile) -> str:
    """How far it is, and for which review it was drawn."""
    return f"Sample, {file.told} · {file.review}"


def sample_lines(file: SampleFile, width: int) -> list[Line]:
    """A sample on the agenda: for which review, how far, and how it was drawn."""
    told = f"{file.review}, due {plain_day(file.sample.due_on)}: {file.told}"
    return [*wrapped(told, width, indent=_INDENT), *wrapped(_drawn(file.sample), width, Tone.QUIET, indent=_INDENT)]


def found_lines(files: Iterable[SampleFile], width: int) -> list[Line]:
    """What was found in samples, question by question."""
    lines: list[Line] = []
    for file in files:
        lines += [Line(""), *wrapped(sample_title(file), width, Tone.STRONG)]
        lines += wrapped(_drawn(file.sample), width, Tone.QUIET, indent=2)
        for question in AuditQuestion:
            told = f"{question.label:<{_QUESTION_CELLS}}{answers_to(question, file.audits)}"
            lines += wrapped(told, width, indent=2)
    return lines


def audit_blocks(file: SampleFile, now: datetime, width: int) -> list[tuple[Hashable, list[Line]]]:
    """The cases of a sample; the key of each is the id of its audit."""
    return [(line.audit.id, _audit(line, now, width)) for line in file.lines]


def _drawn(sample: Sample) -> str:
    closed = f"{plain_day(sample.since)} to {plain_day(sample.until)}"
    return f"{sample.size} by chance of {counted(sample.population, 'case')} closed {closed}, seed {sample.seed}"


def _audit(line: AuditLine, now: datetime, width: int) -> list[Line]:
    audit = line.audit
    head = f"{line.reference}  {line.subject} · {line.customer}"
    if audit.at is None:
        return [
            *wrapped(head, width, Tone.STRONG),
            *wrapped("Nobody has looked at it yet.", width, Tone.QUIET, indent=_INDENT),
        ]
    asked = ", customer asked" if audit.interviewed else ""
    answers = ", ".join(
        f"{question.label} {Answer(audit.answers[question]).label.upper()}"
        for question in AuditQuestion
        if question in audit.answers
    )
    lines = [*wrapped(head, width), *wrapped(answers, width, indent=_INDENT)]
    lines += wrapped(audit.note, width, indent=_INDENT) if audit.note else []
    return [*lines, *wrapped(f"by {audit.by}, {moment(audit.at, now)}{asked}", width, Tone.QUIET, indent=_INDENT)]
