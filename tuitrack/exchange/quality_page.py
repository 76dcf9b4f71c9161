"""A quality report as one web page with charts, which needs nothing else and can be printed or sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tuitrack.domain.quality.report import NOTE, Number, Report, Row, Table, Topic
from tuitrack.exchange.quality_facts import listing_text
from tuitrack.exchange.quality_text import heading, left_out, rows_told, subtitle, title
from tuitrack.exchange.web_page import shown, web_page

_STYLE = """
body { font: 1em/1.5 system-ui, sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 1.4em; } h2 { font-size: 1.1em; margin-top: 2em; border-bottom: 1px solid; }
table { border-collapse: collapse; width: 100%; } th, td { padding: 0.1em 0.6em; text-align: right; }
th:first-child, td:first-child, td:last-child { text-align: left; }
tr.alert td { font-weight: bold; }
svg { fill: #456; } .chart { width: 100%; height: 10em; }
@media (prefers-color-scheme: dark) { body { background: #111; color: #ddd; } svg { fill: #9bd; } }
@media print { body { margin: 0; max-width: none; } }
"""
_BAR_WIDTH = 120


def report_page(report: Report) -> str:
    """The whole report; the query behind a number is told by whatever points at it."""
    about = "".join(f"<p>{shown(text)}</p>\n" for text in (subtitle(report), NOTE, _MEANING))
    alerts = "".join(f"<li>{shown(line)}</li>" for line in report.alerts)
    about += f"<ul>{alerts}</ul>\n" if alerts else ""
    about = f'<h1 dir="auto">{shown(title(report))}</h1>\n{about}'
    return web_page(title(report), _STYLE, about + "\n".join(map(_section, report.tables)))


_MEANING = "Point at a number to see the query that lists its cases when it is typed into the search line of the queue."


def _section(table: Table) -> str:
    chart = _chart(table.rows) if table.topic is Topic.VOLUME else ""
    columns = "".join(f"<th>{shown(column)}</th>" for column in table.columns)
    rows = "\n".join(_row(row) for row in rows_told(table))
    more = "".join(f"<p>{shown(line)}</p>\n" for line in left_out(table))
    return (
        f"<section>\n<h2>{shown(heading(table))}</h2>\n<p>{shown(table.note)}</p>\n{chart}"
        f"<table>\n<tr><th></th>{columns}<th></th></tr>\n{rows}\n</table>\n{more}</section>"
    )


def _row(row: Row) -> str:
    numbers = "".join(map(_number, row.numbers))
    alert = ' class="alert"' if row.is_alert else ""
    last = f"{_bar(row.bar)}{shown(('! ' if row.is_alert else '') + row.remark)}"
    return f'<tr{alert}><td dir="auto">{shown(row.label)}</td>{numbers}<td>{last}</td></tr>'


def _number(number: Number) -> str:
    told = "" if number.lists is None else f' title="{shown(listing_text(number.lists))}"'
    return f"<td{told}>{shown(number.text)}</td>"


def _bar(share: float | None) -> str:
    if share is None:
        return ""
    size = f'width="{_BAR_WIDTH}" height="10"'
    return f'<svg {size} aria-hidden="true"><rect width="{share * _BAR_WIDTH:.0f}" height="10"/></svg> '


def _chart(rows: Sequence[Row]) -> str:
    """A column for each row, as high as its bar is long."""
    columns = "".join(_columns(rows))
    box = f'viewBox="0 0 {10 * len(rows)} 100" preserveAspectRatio="none"'
    return f'<svg class="chart" {box} role="img" aria-label="cases received">{columns}</svg>\n'


def _columns(rows: Sequence[Row]) -> Iterator[str]:
    for place, row in enumerate(rows):
        height = 100 * (row.bar or 0.0)
        told = shown(f"{row.label}: {row.numbers[0].text}")
        box = f'x="{10 * place + 1}" y="{100 - height:.1f}" width="8" height="{height:.1f}"'
        yield f"<rect {box}><title>{told}</title></rect>"
