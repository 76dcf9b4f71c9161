"""A quality report to read: lines of text, one number on a line, or Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tuitrack.domain.quality.report import NOTE, Report, Row, Table, Topic, bar_text
from tuitrack.exchange.markdown import markdown_text

ROWS_MOST = 20
"""Rows of a trend that are written out; a table or JSON has them all."""
_CUT = frozenset({Topic.CATEGORY, Topic.PRODUCT, Topic.CAUSE})
_LABEL_CELLS = 31
_NUMBER_CELLS = 9
_BAR_CELLS = 12


def title(report: Report) -> str:
    """What the report is of."""
    return f"Quality report, {report.days.label}"


def subtitle(report: Report) -> str:
    """When it was counted and what it is compared with."""
    return f"Counted {report.as_of:%Y-%m-%d %H:%M}, compared with {report.before.label}."


def heading(table: Table) -> str:
    """What a table is about, as a heading."""
    return table.topic.label[:1].upper() + table.topic.label[1:]


def report_lines(report: Report) -> Iterator[str]:
    """The report as tables of text, for a terminal of 80 cells or more."""
    yield from (title(report), subtitle(report), NOTE, *_alerts(report))
    for table in report.tables:
        columns = table.columns
        yield from ("", heading(table), table.note, _line("", columns, ""))
        for row in rows_told(table):
            yield _line(row.label, [number.text for number in row.numbers], _tail(row))
        yield from left_out(table)


def plain_lines(report: Report) -> Iterator[str]:
    """The same with a sentence for each row, for a screen reader."""
    yield from (title(report), subtitle(report), NOTE, *_alerts(report))
    for table in report.tables:
        yield from ("", f"{heading(table)}. {table.note}")
        for row in rows_told(table):
            numbers = zip(table.columns, row.numbers, strict=True)
            told = [f"{column} {number.text}" for column, number in numbers if number.text]
            yield f"{row.label}: {', '.join([*told, *filter(None, [row.remark])])}."
        yield from left_out(table)


def markdown_lines(report: Report) -> Iterator[str]:
    """The same as Markdown, in which nothing that was typed becomes a link or markup."""
    yield from (f"# {title(report)}", "", subtitle(report), "", NOTE)
    if report.alerts:
        yield from ("", *(f"- {markdown_text(line)}" for line in report.alerts))
    for table in report.tables:
        yield from ("", f"## {heading(table)}", "", table.note, "")
        yield from (_marked(("", *table.columns, "")), f"|---|{'---:|' * len(table.columns)}---|")
        for row in rows_told(table):
            yield _marked((row.label, *(number.text for number in row.numbers), row.remark))
        yield from left_out(table)


def rows_told(table: Table) -> tuple[Row, ...]:
    """The rows that are written out."""
    return table.rows[:ROWS_MOST] if table.topic in _CUT else table.rows


def left_out(table: Table) -> list[str]:
    """Says how many rows are not written out."""
    more = len(table.rows) - len(rows_told(table))
    if not table.rows:
        return ["Nothing."]
    return [f"{more} more with fewer cases; --json and --csv have them all."] if more else []


def _line(label: str, texts: Sequence[str], remark: str) -> str:
    numbers = "".join(text.rjust(_NUMBER_CELLS) for text in texts)
    shown = label if len(label) < _LABEL_CELLS else f"{label[: _LABEL_CELLS - 2]}…"
    return f"{shown.ljust(_LABEL_CELLS)}{numbers}  {remark}".rstrip()


def _tail(row: Row) -> str:
    """The bar of a row and what is to be pointed out."""
    told = f"{'! ' if row.is_alert else ''}{row.remark}"
    return told if row.bar is None else f"{bar_text(row.bar, _BAR_CELLS):<{_BAR_CELLS}} {told}"


def _alerts(report: Report) -> list[str]:
    return [f"! {line}" for line in report.alerts]


def _marked(texts: Sequence[str]) -> str:
    return f"| {' | '.join(map(markdown_text, texts))} |"
