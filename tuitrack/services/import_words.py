"""How an import is told to people, line by line, the same on the command line and on the screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import tzinfo

from tuitrack.domain.keeping import ImportRun
from tuitrack.services.importing import Undone
from tuitrack.services.registers import NO_SUCH_FIELD, Plan, Progress, RowOutcome, Summary

WORDS_SHOWN = 8
REASONS_SHOWN = 6
BAR_CELLS = 20

_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


def delimiter_name(delimiter: str) -> str:
    """A delimiter as a person calls it."""
    return _DELIMITERS.get(delimiter, delimiter)


def plan_lines(plan: Plan) -> Iterator[str]:
    """How a register was understood."""
    yield f"{plan.name}: {plan.rows:,} rows below the header in row {plan.header_row}"
    if plan.encoding:
        yield f"  encoding {plan.encoding}, cells separated by {delimiter_name(plan.delimiter)}"
    if plan.sheet:
        others = [sheet for sheet in plan.sheets if sheet != plan.sheet]
        yield f"  sheet {plan.sheet}" + (f" (there are also {', '.join(others)})" if others else "")
    if plan.dates:
        yield "Dates"
    for dates in plan.dates:
        yield f"  {dates.column}: {dates.reading}"
        yield from (f"    {sentence}" for sentence in dates.evidence)
    yield "Columns"
    told = [use for use in plan.columns if use.field or use.reason != NO_SUCH_FIELD]
    width = max((len(use.column) for use in told), default=0)
    for use in told:
        yield f"  {use.column:<{width}}  {use.title or _left_out(plan)}  ({use.reason})"
    if rest := [use.column for use in plan.columns if use not in told]:
        yield f"  {len(rest)} more columns, {_left_out(plan)}: {', '.join(rest)}"
    if plan.words:
        yield "Words that are not known"
    for word in plan.words[:WORDS_SHOWN]:
        yield f"  {word.field} “{word.word}”: {word.count:,} rows, taken as {word.taken_as}"
    if len(plan.words) > WORDS_SHOWN:
        yield f"  and {len(plan.words) - WORDS_SHOWN} more"
    yield from (f"Not possible like this: {problem}" for problem in plan.problems)


def _left_out(plan: Plan) -> str:
    return "kept below the details" if plan.keep_rest else "left out"


def summary_lines(summary: Summary) -> Iterator[str]:
    """What became of the rows, and the commonest reasons."""
    counts = summary.counts
    verb = "would be " if summary.run is None else ""
    rate = f"{summary.rows / summary.seconds:,.0f} a second" if summary.seconds else ""
    yield f"{summary.rows:,} rows in {summary.seconds:.1f} s, {rate}:"
    yield f"  {counts[RowOutcome.TAKEN]:>9,} {verb}taken as they stand"
    yield f"  {counts[RowOutcome.CHANGED]:>9,} {verb}taken with a remark"
    yield from _commonest(summary.remarks)
    yield f"  {counts[RowOutcome.REFUSED]:>9,} {verb}refused"
    yield from _commonest(summary.reasons)
    yield f"  {counts[RowOutcome.ALREADY_THERE]:>9,} already there"
    yield f"Every row with its fate: {summary.report}"


def _commonest(told: Counter[str]) -> Iterator[str]:
    for sentence, count in told.most_common(REASONS_SHOWN):
        yield f"            {count:,} × {sentence}"
    if len(told) > REASONS_SHOWN:
        yield f"            and {len(told) - REASONS_SHOWN} more reasons in the report"


def undo_hint(run: ImportRun) -> str:
    """How a run can be taken back."""
    return f"To take all of it back: tuitrack import --undo {run.id}"


def undone_lines(undone: Undone) -> Iterator[str]:
    """What undoing a run did."""
    yield f"Import {undone.run.id} ({undone.run.file_name}) was undone: {undone.removed:,} cases removed."
    if undone.taken_back:
        yield f"{undone.taken_back:,} survey answers were taken back; they stay in the timelines, marked as undone."
    if undone.kept:
        yield f"{len(undone.kept):,} cases stay because somebody worked on them since: {', '.join(undone.kept)}"


def run_line(run: ImportRun, zone: tzinfo) -> str:
    """One run in a list of runs."""
    began = run.started_at.astimezone(zone)
    counts = f"{run.taken + run.changed:,} taken, {run.refused:,} refused, {run.known:,} already there"
    state = counts if run.finished_at else "did not end; what it stored is there"
    if run.undone_at:
        state = f"undone {run.undone_at.astimezone(zone):%d %b %Y %H:%M}"
    return f"{run.id:<4} {began:%d %b %Y %H:%M}  {run.by}  {run.file_name}: {state}"


def progress_bar(share: float) -> str:
    """How much is done, as a bar and in per cent; plain characters, since some terminals have no others."""
    full = round(share * BAR_CELLS)
    return f"[{'#' * full}{'-' * (BAR_CELLS - full)}] {share:4.0%}"


def progress_line(doing: str, progress: Progress) -> str:
    """One line that tells how far it is."""
    return (
        f"{doing} {progress_bar(progress.share)}  {progress.rows:,} rows, {progress.rows_a_second:,.0f} a second, "
        f"{_time_left(progress.seconds_left)} left"
    )


def _time_left(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60:02} s"
