"""Why everything that is due in a case is due then, as lines: what it is, how it stands, how it was counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tuitrack.domain.deadlines import Deadline
from tuitrack.domain.due_words import headline
from tuitrack.domain.words import DueKind
from tuitrack.services.why_due import Reason
from tuitrack.tui.lines import Line, Tone, wrapped
from tuitrack.tui.present_work import WorkItem, work_key

_INDENT = 2
_OF_WORK = {DueKind.PROMISE: "Promise", DueKind.ACTION: "Action"}


def why_lines(reasons: Sequence[Reason], marked: WorkItem | None, now: datetime, width: int) -> list[Line]:
    """Every reason, that of the marked open item first."""
    if not reasons:
        return [Line("Nothing is due in this case.")]
    first = work_key(marked) if marked else None
    lines: list[Line] = []
    for reason in sorted(reasons, key=lambda reason: _key(reason.deadline) != first):
        lines += wrapped(_head(reason.deadline, now), width, _tone(reason.deadline, now))
        for sentence in reason.sentences:
            lines += wrapped(sentence, width, indent=_INDENT)
        lines.append(Line(""))
    return lines


def _head(due: Deadline, now: datetime) -> str:
    return f"{'! ' if due.late_by(now) else ''}{headline(due, now)}"


def _tone(due: Deadline, now: datetime) -> Tone:
    if due.late_by(now):
        return Tone.ALERT
    return Tone.QUIET if due.met_at else Tone.STRONG


def _key(due: Deadline) -> tuple[str, int | None]:
    """What tells a promise or an action from the other open items."""
    return _OF_WORK.get(due.kind, ""), due.record_id
