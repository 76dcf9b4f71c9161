"""What the import screen lists: how a register was understood, what may be changed about it, and the runs so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import tzinfo
from typing import Any

from tuitrack.domain.keeping import ImportRun
from tuitrack.services.import_words import delimiter_name, run_line, summary_lines
from tuitrack.services.registers import OUR_WORDS, Choices, Plan, Summary
from tuitrack.tui.lines import Line, Tone, wrapped

Key = tuple[str, str]
"""What a block stands for: the name of a choice, or ("column", its name), ("word", field:word),
("run", its number), ("told", "")."""

ENCODINGS = ("utf-8", "cp1250", "cp1252", "cp1251", "cp1256", "iso8859_2", "iso8859_15", "utf-16", "mac_roman")
_TITLE_CELLS = 15


def plan_blocks(plan: Plan, choices: Choices, summary: Summary | None, width: int) -> list[tuple[Key, list[Line]]]:
    """The register's settings and columns, each one changeable, and below them what became of its rows."""
    blocks: list[tuple[Key, list[Line]]] = []
    if summary is not None:
        told = [line for text in summary_lines(summary) for line in wrapped(text, width)]
        blocks.append((("told", ""), told))
    blocks += [
        (("setting", name), wrapped(f"{title:<{_TITLE_CELLS}} {value}", width))
        for name, title, value in _settings(plan, choices)
    ]
    blocks += [(("setting", "date_order"), _date_lines(plan, width))] if plan.dates else []
    names = max(len(use.column) for use in plan.columns)
    for use in plan.columns:
        becomes = use.title or ("kept below the details" if plan.keep_rest else "left out")
        text = f"{use.column:<{min(names, width // 3)}}  {becomes} ({use.reason})"
        blocks.append((("column", use.column), wrapped(text, width)))
    for word in plan.words:
        text = f"{word.field} “{word.word}” is not known: {word.count:,} rows, taken as {word.taken_as}"
        blocks.append((("word", f"{word.field}:{word.word}"), wrapped(text, width)))
    for field, theirs, ours in choices.words:
        text = f"{field} “{theirs}” is taken as {OUR_WORDS[field](ours).label} (chosen)"
        blocks.append((("word", f"{field}:{theirs}"), wrapped(text, width)))
    return blocks


def run_blocks(runs: Sequence[ImportRun], zone: tzinfo, width: int) -> list[tuple[Key, list[Line]]]:
    """The runs so far, newest first."""
    if not runs:
        return [(("told", ""), wrapped("Nothing was imported yet. Type the name of a file above.", width))]
    return [(("run", str(run.id)), wrapped(run_line(run, zone), width)) for run in runs]


def options_of(
    key: Key, plan: Plan, fields: Sequence[tuple[str, str]], profiles: Sequence[str]
) -> list[tuple[str, str]]:
    """What may be chosen for a block: (value, label); empty where nothing can."""
    kind, name = key
    if kind == "column":
        return [("", "no field"), *fields]
    if kind == "word":
        field, _, _ = name.partition(":")
        return [("", "not known"), *((word.value, word.label) for word in OUR_WORDS[field])]
    found = ("", "as it is found")
    known = {
        "encoding": [found, *((name, name) for name in ENCODINGS)],
        "delimiter": [found, *((character, delimiter_name(character)) for character in ",;\t|")],
        "sheet": [found, *((sheet, sheet) for sheet in plan.sheets)],
        "header_row": [found, *((str(row), f"row {row}") for row in range(1, 31))],
        "date_order": [found, ("day-first", "day first"), ("month-first", "month first")],
        "swapped": [found, ("keep", "keep as they stand"), ("swap", "exchange them back")],
        "keep_rest": [("yes", "keep them below the details"), ("", "leave them out")],
        "profile": [("", "none"), *((profile, profile) for profile in profiles)],
    }
    return known.get(name, []) if kind == "setting" else []


def chosen(choices: Choices, key: Key, value: str) -> Choices:
    """The choices with another value for a block."""
    kind, name = key
    if kind == "column":
        others = tuple(pair for pair in choices.columns if pair[0] != name)
        return replace(choices, columns=(*others, (name, value)))
    if kind == "word":
        field, _, theirs = name.partition(":")
        kept = tuple(use for use in choices.words if use[:2] != (field, theirs))
        return replace(choices, words=(*kept, (field, theirs, value)) if value else kept)
    if name == "header_row":
        return replace(choices, header_row=int(value or 0))
    if name == "keep_rest":
        return replace(choices, keep_rest=bool(value))
    text: dict[str, Any] = {name: value}
    return replace(choices, **text)


def value_of(key: Key, plan: Plan, choices: Choices) -> str:
    """What is chosen for a block now."""
    kind, name = key
    if kind == "word":
        return next((ours for field, theirs, ours in choices.words if f"{field}:{theirs}" == name), "")
    return next((use.field for use in plan.columns if key == ("column", use.column)), "")


def _settings(plan: Plan, choices: Choices) -> list[tuple[str, str, str]]:
    settings = []
    if plan.encoding:
        settings = [
            ("encoding", "Encoding", plan.encoding),
            ("delimiter", "Cells end with", delimiter_name(plan.delimiter)),
        ]
    if plan.sheet:
        settings.append(("sheet", "Sheet", plan.sheet))
    settings += [
        ("header_row", "Column names", f"in row {plan.header_row}; {plan.rows:,} rows below"),
        ("keep_rest", "Other columns", "kept below the details" if plan.keep_rest else "left out"),
        ("profile", "Profile", choices.profile or "none"),
    ]
    if plan.dates:
        settings.append(("swapped", "Date cells", choices.swapped or "as it is found"))
    return settings


def _date_lines(plan: Plan, width: int) -> list[Line]:
    lines: list[Line] = []
    for dates in plan.dates:
        tone = Tone.ALERT if dates.open else Tone.PLAIN
        lines += wrapped(f"{'Dates':<{_TITLE_CELLS}} {dates.column}: {dates.reading}", width, tone)
        for sentence in dates.evidence:
            lines += wrapped(sentence, width, Tone.QUIET, indent=2)
    return lines
